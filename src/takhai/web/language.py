"""Which language a page speaks: asked for in the address, else remembered, else Thai."""

from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse

from takhai.reporting import words
from takhai.reporting.words import Language, Speech

COOKIE: Final = "lang"
OWN: Final = Path(__file__).with_name("words.toml")
_YEAR: Final = 365 * 24 * 3600


def of(request: HttpRequest) -> Language:
    """The language to answer in; anything unknown is Thai."""
    wanted = request.GET.get(COOKIE) or request.COOKIES.get(COOKIE, "")
    return Language.EN if wanted == Language.EN else Language.TH


def speech(language: Language) -> Speech:
    """The words of a round and those of the pages."""
    return Speech(language=language, words=words.load(words.OWN, OWN))


def mark(response: HttpResponse, *, request: HttpRequest, language: Language) -> HttpResponse:
    """Say the language in the headers, and remember it when it was asked for."""
    response.headers["Content-Language"] = language.value
    response.headers["Vary"] = "Cookie"
    if COOKIE in request.GET:
        response.set_cookie(COOKIE, language.value, max_age=_YEAR, httponly=True, samesite="Lax")
    return response
