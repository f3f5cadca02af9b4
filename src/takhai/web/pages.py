"""Renders a template of the site in the language of the request."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from takhai.reporting.words import Speech
from takhai.web import language


def render(
    request: HttpRequest,
    template: str,
    *,
    speech: Speech,
    sections: tuple[str, ...] = (),
    values: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; templates ask for words as ``{{ w.section.key }}`` of the sections named and of the shell."""
    context = {
        "w": {name: speech.section(name) for name in ("shell", *sections)},
        "lang": speech.language.value,
        "other": speech.language.other.value,
        "path": request.path,
        **(values or {}),
    }
    response = HttpResponse(render_to_string(template, context), status=status)
    return language.mark(response, request=request, language=speech.language)
