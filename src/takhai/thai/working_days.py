"""Working days as a named policy, with holidays as they were known on a given day.

Holidays come from the `holidays` library (public and government lists) under an override table,
`data/holidays.toml`. Regional holidays are not counted.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

import holidays

_DAY = timedelta(days=1)
_SUBSTITUTE = "ชดเชย"


class DayPolicy(StrEnum):
    """Which days count as working days."""

    WEEKDAY = "weekday"
    GOVERNMENT_HOLIDAYS = "government_holidays"


class NoHolidayTable(LookupError):
    """The holiday table says nothing about that year."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no holiday table for {year}")
        self.year = year


@dataclass(frozen=True, slots=True)
class Override:
    """What was decided about one day, when, and where that stands."""

    day: date
    holiday: bool
    known_on: date
    source: str


@dataclass(frozen=True, slots=True)
class _Table:
    first_year: int
    last_year: int
    never: frozenset[str]
    overrides: dict[date, tuple[Override, ...]]


def count(first: date, last: date, policy: str, known_on: date | None = None) -> int:
    """Working days from first to last, both included; 0 when last lies before first.

    `known_on` counts with the holidays known on that day; None with all that are known now.
    ValueError for an unknown policy, NoHolidayTable for a year outside the table.
    """
    rule = DayPolicy(policy)
    total = (last - first).days + 1
    return sum(is_working(first + n * _DAY, rule, known_on) for n in range(total))


def end_day(
    start: date,
    days: int,
    policy: str,
    known_on: date | None = None,
    explicit_end: date | None = None,
) -> date:
    """The last of `days` working days counted from start (included); an explicit end wins.

    ValueError when days < 1.
    """
    if days < 1:
        raise ValueError("a period has at least one working day")
    if explicit_end is not None:
        return explicit_end
    rule = DayPolicy(policy)
    day = start - _DAY
    while days:
        day += _DAY
        days -= is_working(day, rule, known_on)
    return day


def is_working(day: date, policy: str, known_on: date | None = None) -> bool:
    """Whether one day counts under the policy."""
    if day.weekday() >= 5:
        return False
    if DayPolicy(policy) is DayPolicy.WEEKDAY:
        return True
    return not is_holiday(day, known_on)


def is_holiday(day: date, known_on: date | None = None) -> bool:
    """Whether offices of the government are closed for a holiday, as known on a day."""
    table = _table()
    if not table.first_year <= day.year <= table.last_year:
        raise NoHolidayTable(day.year)
    decided = table.overrides.get(day)
    if decided is None:
        return day in _library(day.year)
    known = [o for o in decided if known_on is None or o.known_on <= known_on]
    if known:
        return known[-1].holiday
    # Before the decision the day was the opposite of what was decided.
    return not decided[0].holiday


@cache
def _table() -> _Table:
    text = files("takhai.thai").joinpath("data/holidays.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    overrides: dict[date, tuple[Override, ...]] = {}
    for row in sorted(data["day"], key=lambda r: r["known_on"]):
        source = data["sources"][row["source"]]
        day = Override(row["date"], row["holiday"], row["known_on"], source)
        overrides[day.day] = (*overrides.get(day.day, ()), day)
    return _Table(data["first_year"], data["last_year"], frozenset(data["never"]), overrides)


@cache
def _library(year: int) -> frozenset[date]:
    never = _table().never
    listed = holidays.country_holidays("TH", years=year, categories=("public", "government"), language="th")
    return frozenset(
        day
        for day in listed
        if any(name.removeprefix(_SUBSTITUTE) not in never for name in listed.get_list(day))
    )
