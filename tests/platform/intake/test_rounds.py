"""A file of another round is told by its stamp's day or by the prefix of its name."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.platform.intake.rounds import term_of_name, term_of_stamp, told_otherwise, window
from takhai.thai.calendar import Term

ROUND = Term.parse("2563-2")
TERMS = st.builds(Term, st.integers(2540, 2600), st.sampled_from((1, 2)))


def test_the_window_of_2563_2_is_november_to_the_middle_of_may() -> None:
    assert window(term=ROUND) == (date(2020, 11, 1), date(2021, 5, 16))


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2020, 10, 31), "2563-1"),
        (date(2020, 11, 1), "2563-2"),
        (date(2020, 12, 31), "2563-2"),
        (date(2021, 1, 1), "2563-2"),
        (date(2021, 5, 15), "2563-2"),
        (date(2021, 5, 16), "2564-1"),
        (date(2026, 5, 2), "2568-2"),
    ],
)
def test_the_semester_of_a_stamp(day: date, term: str) -> None:
    assert str(term_of_stamp(day=day)) == term


@given(TERMS, st.integers(0, 400))
def test_a_day_belongs_to_the_one_semester_whose_window_holds_it(term: Term, days: int) -> None:
    opens, until = window(term=term)
    day = opens + timedelta(days=days)
    assert (term_of_stamp(day=day) == term) == (opens <= day < until)


@given(TERMS)
def test_windows_follow_each_other_without_a_gap(term: Term) -> None:
    assert window(term=term)[1] == window(term=term.next())[0]


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("2568-2-student.xlsx", "2568-2"),
        ("2568-2.csv", "2568-2"),
        ("2568-2_r.csv", "2568-2"),
        ("2568-3-student.xlsx", None),
        ("2568-22-student.xlsx", None),
        ("student-2568-2-.xlsx", None),
        ("2020-1-15.csv", None),
        ("12568-2-.csv", None),
        ("obec-81.csv", None),
        ("", None),
    ],
)
def test_the_semester_of_a_name(name: str, term: str | None) -> None:
    found = term_of_name(name=name)
    assert (str(found) if found else None) == term


@pytest.mark.parametrize(
    ("name", "stamp", "told"),
    [
        ("r.csv", None, None),
        ("2563-2-r.csv", None, None),
        ("r.csv", date(2020, 12, 2), None),
        ("2563-2-r.csv", date(2020, 12, 2), None),
        ("2568-2-r.csv", None, "2568-2"),
        ("2568-2-r.csv", date(2020, 12, 2), "2568-2"),
        ("2563-2-r.csv", date(2026, 5, 2), "2568-2"),
        ("r.csv", date(2020, 7, 1), "2563-1"),
        ("r.csv", date(2563, 12, 2), "2563"),
    ],
)
def test_either_sign_of_another_round_is_enough(name: str, stamp: date | None, told: str | None) -> None:
    assert told_otherwise(term=ROUND, name=name, stamp=stamp) == told
