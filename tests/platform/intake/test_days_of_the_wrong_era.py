"""A Gregorian column with Buddhist years in it is told from one with days that lie a little ahead."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.platform.intake.checks import FARTHEST, Context
from takhai.platform.intake.judging import judge
from takhai.platform.intake.layout import Column
from takhai.platform.intake.types import Flawed
from takhai.thai.calendar import BE, Term

ROUND = Term.parse("2563-2")
DAY = Column(
    field="day", position=1, header=("day",), meaning_th="วัน", meaning_en="day", check="day",
    problem="value_not_a_date", absent="refuse", required=True, empty=None, settings={},
)  # fmt: skip


def read(cell: str | date, dates: str = "iso") -> object:
    """The day, or the problem of the cell."""
    found = judge(cell=cell, column=DAY, at=0, context=Context(term=ROUND, dates=dates))
    return found.notes[0].problem if isinstance(found, Flawed) else found


@given(st.dates(date(1900, 1, 1), date(2120, 12, 31)))
def test_a_gregorian_day_is_itself_and_its_buddhist_year_is_refused(day: date) -> None:
    assert read(day.isoformat()) == day
    assert read(f"{day.year + BE}-{day:%m-%d}") == "value_not_a_date"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2120-12-31", date(2120, 12, 31)),
        ("2121-01-01", "value_not_a_date"),
        ("9999-12-31", "value_not_a_date"),
    ],
)
def test_a_century_after_the_round_is_the_farthest(text: str, found: object) -> None:
    assert ROUND.year - BE + FARTHEST == 2120
    assert read(text) == found


def test_thai_digits_change_nothing() -> None:
    assert read("๒๐๒๑-๐๑-๐๘") == date(2021, 1, 8)
    assert read("๒๕๖๔-๐๑-๐๘") == "value_not_a_date"


def test_a_column_of_buddhist_days_is_not_held_to_it() -> None:
    assert read("08/01/2564", "buddhist") == date(2021, 1, 8)


def test_a_real_date_cell_is_what_it_is() -> None:
    assert read(date(2021, 1, 8)) == date(2021, 1, 8)
