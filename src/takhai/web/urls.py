"""The addresses of the site."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.urls import URLPattern, path

from takhai.thai.calendar import Term
from takhai.web.views import Pages


def urlpatterns(
    *,
    rounds: Callable[[], list[Term]],
    summary: Callable[[Term], Mapping[str, Any]],
    report_path: Callable[[Term], Path | None],
) -> list[URLPattern]:
    """Every address of the site.

    ``rounds`` lists the rounds that have begun, ``summary`` gives the JSON of the command line for one of
    them (with ``today`` when TAKHAI_TODAY is set), ``report_path`` its published report or None.
    """
    pages = Pages(rounds=rounds, summary=summary, report_path=report_path)
    return [
        path("", pages.latest, name="home"),
        path("rounds/<str:term>/", pages.round, name="round"),
        path("rounds/<str:term>/report/", pages.report, name="report"),
        path("rounds/<str:term>/report.xlsx", pages.workbook, name="workbook"),
    ]
