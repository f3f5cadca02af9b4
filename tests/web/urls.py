"""The site with a made-up round behind it; ``world`` is what a test sets."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from takhai.thai.calendar import Term
from takhai.web import urls
from tests.reporting import samples


class World:
    """What the room above would answer."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """One complete round without a report."""
        self.summaries: dict[str, Mapping[str, Any]] = {"2563-2": samples.summary()}
        self.reports: dict[str, Path] = {}

    def rounds(self) -> list[Term]:
        """Rounds that have begun."""
        return [Term.parse(text) for text in self.summaries]

    def summary(self, term: Term) -> Mapping[str, Any]:
        """The JSON of one."""
        return self.summaries[str(term)]

    def report_path(self, term: Term) -> Path | None:
        """Its report."""
        return self.reports.get(str(term))


world = World()
urlpatterns = urls.urlpatterns(
    rounds=world.rounds,
    summary=world.summary,
    report_path=world.report_path,
)
handler404 = "takhai.web.errors.not_found"
handler500 = "takhai.web.errors.broken"
