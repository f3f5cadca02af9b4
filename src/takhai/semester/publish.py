"""The term report of a round: the summary, its money cut by level, agency, channel and area, and its forms."""

from datetime import date
from pathlib import Path
from typing import Any

from takhai.access import queries as access
from takhai.access.types import PlaceKind
from takhai.payments import queries as payments
from takhai.platform import home
from takhai.platform.sets import fetch
from takhai.policy import for_round
from takhai.reporting.services import term as reports
from takhai.reporting.types import Breakdown, BreakdownRow, Population, ScreeningFacts, Standing
from takhai.screening.queries.profile import Profile, profile
from takhai.thai.calendar import Term


def publish(*, term: Term, told: dict[str, Any], on: date) -> Path:
    """Writes the report as it stands on the day ``on``; the file."""
    areas = {
        str(code): str(name)
        for code, name in fetch("SELECT code, name_th FROM places", access.places(kind=PlaceKind.AREA_OFFICE))
    }
    rows = tuple(
        BreakdownRow(
            group=cell.group,
            level=cell.level,
            agency=cell.agency,
            channel=cell.channel,
            area=areas.get(cell.area_code, cell.area_code),
            standing=Standing(cell.standing),
            persons=cell.persons,
            satang=cell.satang,
        )
        for cell in payments.breakdown(round=term)
    )
    breakdown = Breakdown(as_of=min(on, for_round(term).as_of("report")), extracted_on=on, rows=rows)
    return reports.publish(summary=told, breakdown=breakdown, screening=_facts(term), out_dir=folder())


def _facts(term: Term) -> ScreeningFacts:
    found = {name: _population(each) for name, each in profile(round=term).items()}
    return ScreeningFacts(**found)


def _population(each: Profile) -> Population:
    return Population(
        pupils=each.pupils,
        per_head=each.per_head,
        members=each.members,
        unemployed=each.unemployed,
        welfare_card=each.welfare_card,
        sources=each.sources,
    )


def folder() -> Path:
    """Where the reports lie."""
    return home.folder("reports")


def published(*, term: Term) -> Path | None:
    """The report of a round, None before it was written."""
    path = folder() / f"report-{term}.html"
    return path if path.is_file() else None
