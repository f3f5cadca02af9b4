"""The pages of the site: parse, one call, render."""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from takhai.policy import rounds as policy
from takhai.reporting import summary as summaries
from takhai.thai.calendar import BadTerm, Term
from takhai.web import language, pages
from takhai.web.round import page

_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_SECTIONS: Final = ("page", "wait", "law", "screening", "forms", "money", "exceptions", "after", "sheet")


@dataclass(frozen=True, slots=True)
class Pages:
    """The views, with the three questions that only a room above can answer."""

    rounds: Callable[[], list[Term]]
    summary: Callable[[Term], Mapping[str, Any]]
    report_path: Callable[[Term], Path | None]

    @method_decorator(gzip_page)
    @method_decorator(require_safe)
    def latest(self, request: HttpRequest) -> HttpResponse:
        """The first page: the latest round, or how to start one."""
        known = self.rounds()
        if not known:
            speech = language.speech(language.of(request))
            return pages.render(request, "web/empty.html", speech=speech, sections=("empty",))
        return self._round(request, max(known), known)

    @method_decorator(gzip_page)
    @method_decorator(require_safe)
    def round(self, request: HttpRequest, term: str) -> HttpResponse:
        """One round."""
        known = self.rounds()
        return self._round(request, _known(term, known), known)

    @method_decorator(gzip_page)
    @method_decorator(require_safe)
    def report(self, request: HttpRequest, term: str) -> HttpResponse:
        """The published report of a round, as it lies on disk."""
        path = self.report_path(_known(term, self.rounds()))
        if path is None:
            raise Http404
        text = path.read_text("utf-8")
        response = HttpResponse(text)
        # The report carries its own style and type, so it may also be mailed; only exactly these pass.
        hashes = " ".join(f"'sha256-{_digest(style)}'" for style in _STYLE.findall(text))
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; style-src {hashes}; font-src data:; img-src data:; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        return response

    @method_decorator(require_safe)
    def workbook(self, request: HttpRequest, term: str) -> HttpResponse:
        """The workbook that was published beside the report, to keep."""
        round = _known(term, self.rounds())
        path = self.report_path(round)
        book = path.with_suffix(".xlsx") if path else None
        if book is None or not book.is_file():
            raise Http404
        response = HttpResponse(book.read_bytes(), content_type=_WORKBOOK)
        response.headers["Content-Disposition"] = f'attachment; filename="takhai-{round}.xlsx"'
        return response

    def _round(self, request: HttpRequest, term: Term, known: list[Term]) -> HttpResponse:
        speech = language.speech(language.of(request))
        shown = page.build(
            summaries.read(self.summary(term)),
            speech=speech,
            windows=policy.for_round(term).windows,
            rounds=known,
            has_report=self.report_path(term) is not None,
        )
        return pages.render(
            request, "web/round.html", speech=speech, sections=_SECTIONS, values={"page": shown}
        )


def _known(text: str, known: list[Term]) -> Term:
    try:
        term = Term.parse(text)
    except BadTerm as error:
        raise Http404 from error
    if term not in known:
        raise Http404
    return term


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
