"""Every page of the site belongs to web; what only a room above it knows is handed in here."""

from typing import Any

from takhai.platform import clock
from takhai.semester.publish import published
from takhai.semester.summary import begun, expected, summary
from takhai.thai.calendar import Term
from takhai.web.urls import urlpatterns as pages


def told(term: Term) -> dict[str, Any]:
    """The summary, with the day that was set for tests and demonstrations."""
    day = clock.told_day()
    return {**summary(term=term, waits=expected(term=term)), "today": day.isoformat() if day else None}


urlpatterns = pages(rounds=begun, summary=told, report_path=lambda term: published(term=term))
handler404 = "takhai.web.errors.not_found"
handler500 = "takhai.web.errors.broken"
