"""Days in school: which refusal comes first, and that days never exceed what was open."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhai.classroom.rules.days import (
    Attendance,
    SchoolDays,
    decide_attendance,
    decide_school_days,
    months,
)
from takhai.classroom.types import REFUSALS, Kind
from takhai.thai.calendar import Term

GOOD = Attendance(
    broken=None,
    pupil=True,
    school=True,
    month=True,
    inside=True,
    present=18,
    sick=1,
    personal=1,
    enrolled=True,
    open=20,
)
OPEN = SchoolDays(broken=None, school=True, month=True, inside=True, open=20, month_days=30)
# One fault each, in the order that counts.
FAULTS: list[tuple[str, dict[str, object]]] = [
    ("row_malformed", {"broken": "row_malformed"}),
    ("text_unclean", {"broken": "text_unclean"}),
    ("pupil_unknown", {"pupil": False}),
    ("school_unknown", {"school": False}),
    ("month_unreadable", {"month": False}),
    ("month_outside_term", {"inside": False}),
    ("days_unreadable", {"sick": None}),
    ("not_enrolled", {"enrolled": False}),
    ("school_days_missing", {"open": None}),
    ("days_over_open", {"present": 21}),
]
CLOSED: list[tuple[str, dict[str, object]]] = [
    ("row_malformed", {"broken": "row_malformed"}),
    ("text_unclean", {"broken": "text_unclean"}),
    ("school_unknown", {"school": False}),
    ("month_unreadable", {"month": False}),
    ("month_outside_term", {"inside": False}),
    ("days_unreadable", {"open": 31}),
]
few = st.integers(0, 31)
maybe = st.none() | few
attendances = st.builds(
    Attendance,
    broken=st.sampled_from([None, None, "row_malformed", "text_unclean"]),
    pupil=st.booleans(),
    school=st.booleans(),
    month=st.booleans(),
    inside=st.booleans(),
    present=maybe,
    sick=maybe,
    personal=maybe,
    enrolled=st.booleans(),
    open=maybe,
)


def test_a_good_row_has_no_reason() -> None:
    assert decide_attendance(GOOD).reason is None
    assert decide_school_days(OPEN).reason is None


@pytest.mark.parametrize(("reason", "fault"), FAULTS)
def test_each_fault_of_attendance_alone_is_the_reason(reason: str, fault: dict[str, object]) -> None:
    assert decide_attendance(replace(GOOD, **fault)).reason == reason  # type: ignore[arg-type]


@pytest.mark.parametrize(("reason", "fault"), CLOSED)
def test_each_fault_of_school_days_alone_is_the_reason(reason: str, fault: dict[str, object]) -> None:
    assert decide_school_days(replace(OPEN, **fault)).reason == reason  # type: ignore[arg-type]


@pytest.mark.parametrize("at", range(1, len(FAULTS)))
def test_of_several_faults_the_first_in_the_order_counts(at: int) -> None:
    together = {name: value for _, fault in reversed(FAULTS[at:]) for name, value in fault.items()}
    assert decide_attendance(replace(GOOD, **together)).reason == FAULTS[at][0]  # type: ignore[arg-type]


@pytest.mark.parametrize("at", range(1, len(CLOSED)))
def test_of_several_faults_of_school_days_the_first_counts(at: int) -> None:
    together = {name: value for _, fault in CLOSED[at:] for name, value in fault.items()}
    assert decide_school_days(replace(OPEN, **together)).reason == CLOSED[at][0]  # type: ignore[arg-type]


def test_the_cases_walk_through_all_reasons_of_the_kinds_but_repetition() -> None:
    assert [reason for reason, _ in FAULTS] == [each.value for each in REFUSALS[Kind.ATTENDANCE][:-1]]
    assert [reason for reason, _ in CLOSED] == [each.value for each in REFUSALS[Kind.SCHOOL_DAYS][:-1]]


@settings(max_examples=60)
@given(attendances)
def test_whatever_is_good_accounts_for_no_more_days_than_the_school_was_open(facts: Attendance) -> None:
    if decide_attendance(facts).reason is None:
        assert None not in (facts.present, facts.sick, facts.personal, facts.open)
        assert facts.pupil
        assert facts.enrolled
        assert (facts.present or 0) + (facts.sick or 0) + (facts.personal or 0) <= (facts.open or 0)


@settings(max_examples=60)
@given(present=few, sick=few, personal=few, opened=few)
def test_a_row_is_over_exactly_when_its_days_are(present: int, sick: int, personal: int, opened: int) -> None:
    facts = replace(GOOD, present=present, sick=sick, personal=personal, open=opened)
    over = present + sick + personal > opened
    assert (decide_attendance(facts).reason == "days_over_open") is over


@settings(max_examples=60)
@given(opened=st.integers(0, 99), month_days=st.integers(28, 31))
def test_a_school_is_open_on_no_more_days_than_the_month_has(opened: int, month_days: int) -> None:
    facts = replace(OPEN, open=opened, month_days=month_days)
    assert (decide_school_days(facts).reason is None) is (opened <= month_days)


@pytest.mark.parametrize("term", [Term(2563, 1), Term(2563, 2), Term(2564, 1)])
def test_the_months_of_a_term_end_where_the_next_begin(term: Term) -> None:
    spans = [
        months(first_day=each.first_day, next_first_day=each.next().first_day) for each in (term, term.next())
    ]
    assert all(one[1] == other[0] for one, other in pairwise(spans))
    assert spans[0][0] <= term.first_day < spans[0][0] + timedelta(days=31)


def test_the_second_semester_of_2563_is_november_to_april() -> None:
    term = Term(2563, 2)
    span = months(first_day=term.first_day, next_first_day=term.next().first_day)
    assert span == (date(2020, 11, 1), date(2021, 5, 1))
