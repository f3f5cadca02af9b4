"""Cells of the three files as they are staged: numbers as keyed indexes, months as their first days."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from takhai.platform import secrets
from takhai.platform.intake.types import Value
from takhai.registry.sealed import NUMBER

# A pupil comes once a month: so many numbers are remembered under their index.
_REMEMBERED = 131_072


def indexed() -> Callable[[Value], bytes | None]:
    """How a number becomes its keyed index; holds the keys of the transaction it was made in."""
    secrets.hold()

    @lru_cache(maxsize=_REMEMBERED)
    def index(number: str) -> bytes:
        return secrets.index(number, NUMBER)

    return lambda number: None if number is None else index(str(number))


def month_of(value: Value) -> date | None:
    """The first day of a month written YYYY-MM."""
    return None if value is None else _first_day(str(value))


@lru_cache(maxsize=1_000)
def _first_day(text: str) -> date:
    year, month = text.split("-")
    return date(int(year), int(month), 1)
