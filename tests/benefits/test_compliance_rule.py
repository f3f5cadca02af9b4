"""The conditions of a round, asked in order: was it reported, did he come, was he measured."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhai.benefits.rules.compliance import Facts, Verdict, days_that_count, decide
from takhai.benefits.types import ComplianceReason

GOOD = Facts(
    days_present=80,
    sick_leave=5,
    personal_leave=5,
    open_reported=100,
    open_term=120,
    weight_g=28_500,
    height_mm=1_305,
    percent=80,
    above=False,
    whole_term=False,
    leave_excused=False,
    growth_required=False,
)
SILENT = replace(
    GOOD, days_present=None, sick_leave=None, personal_leave=None, open_reported=None, open_term=None
)
UNMEASURED = [(None, None), (0, 1_305), (28_500, 0), (None, 1_305), (28_500, None), (0, 0)]
DAYS = st.none() | st.integers(0, 130)
FACTS = st.builds(
    Facts,
    days_present=DAYS,
    sick_leave=DAYS,
    personal_leave=DAYS,
    open_reported=DAYS,
    open_term=DAYS,
    weight_g=st.none() | st.integers(0, 200_000),
    height_mm=st.none() | st.integers(0, 2_200),
    percent=st.integers(1, 100),
    above=st.booleans(),
    whole_term=st.booleans(),
    leave_excused=st.booleans(),
    growth_required=st.booleans(),
)


def reason(facts: Facts) -> ComplianceReason:
    return decide(facts).reason


def test_who_came_on_just_eighty_of_a_hundred_days_has_kept_it() -> None:
    assert decide(GOOD) == Verdict(True, ComplianceReason.COMPLIANT)


def test_one_day_less_is_too_few() -> None:
    assert decide(replace(GOOD, days_present=79)) == Verdict(False, ComplianceReason.ATTENDANCE_LOW)


def test_where_more_than_the_percentage_is_asked_just_the_percentage_is_too_few() -> None:
    above = replace(GOOD, above=True)
    assert reason(above) is ComplianceReason.ATTENDANCE_LOW
    assert reason(replace(above, days_present=81)) is ComplianceReason.COMPLIANT


@pytest.mark.parametrize(
    ("present", "open_days", "kept"),
    [(4, 5, True), (3, 4, False), (17, 21, True), (16, 21, False), (67, 83, True), (66, 83, False)],
)
def test_days_are_multiplied_and_never_divided(present: int, open_days: int, kept: bool) -> None:
    assert decide(replace(GOOD, days_present=present, open_reported=open_days)).compliant is kept


def test_of_the_whole_term_a_month_nobody_reported_counts_as_absent() -> None:
    term = replace(GOOD, whole_term=True)
    assert (days_that_count(GOOD), days_that_count(term)) == (100, 120)
    assert reason(term) is ComplianceReason.ATTENDANCE_LOW
    assert reason(replace(term, days_present=96)) is ComplianceReason.COMPLIANT


def test_leave_is_absence_unless_the_policy_excuses_it() -> None:
    away = replace(GOOD, days_present=72)
    assert reason(away) is ComplianceReason.ATTENDANCE_LOW
    assert days_that_count(replace(away, leave_excused=True)) == 90
    assert reason(replace(away, leave_excused=True)) is ComplianceReason.COMPLIANT
    assert reason(replace(away, leave_excused=True, days_present=71)) is ComplianceReason.ATTENDANCE_LOW


@pytest.mark.parametrize("kind", ["sick_leave", "personal_leave"])
def test_both_kinds_of_leave_are_excused_alike(kind: str) -> None:
    excused = replace(GOOD, leave_excused=True, sick_leave=0, personal_leave=0)
    assert days_that_count(replace(excused, **{kind: 10})) == 90  # type: ignore[arg-type]


def test_who_was_never_reported_is_not_judged() -> None:
    assert decide(SILENT) == Verdict(None, ComplianceReason.NOT_REPORTED)
    assert decide(replace(SILENT, growth_required=True, weight_g=None)).compliant is None


@pytest.mark.parametrize(
    "changed",
    [
        {"open_reported": 0, "days_present": 0},
        {"open_reported": None},
        {"open_term": None, "whole_term": True},
        {"open_reported": 10, "days_present": 0, "leave_excused": True},
        {"open_reported": 9, "days_present": 0, "leave_excused": True},
    ],
)
def test_where_no_school_day_counts_there_is_nothing_to_judge_by(changed: dict[str, int | None]) -> None:
    assert decide(replace(GOOD, **changed)) == Verdict(None, ComplianceReason.NOT_REPORTED)  # type: ignore[arg-type]


def test_who_was_reported_and_never_came_has_not_kept_it() -> None:
    assert reason(replace(GOOD, days_present=0)) is ComplianceReason.ATTENDANCE_LOW


@pytest.mark.parametrize(("weight", "height"), UNMEASURED)
def test_weight_and_height_are_followed_up_and_fail_nobody(weight: int | None, height: int | None) -> None:
    assert decide(replace(GOOD, weight_g=weight, height_mm=height)).compliant


@pytest.mark.parametrize(("weight", "height"), UNMEASURED)
def test_where_they_are_a_condition_who_lacks_one_has_not_kept_it(
    weight: int | None, height: int | None
) -> None:
    facts = replace(GOOD, weight_g=weight, height_mm=height, growth_required=True)
    assert decide(facts) == Verdict(False, ComplianceReason.NOT_MEASURED)


def test_attendance_is_asked_before_growth() -> None:
    facts = replace(GOOD, days_present=0, weight_g=None, growth_required=True)
    assert reason(facts) is ComplianceReason.ATTENDANCE_LOW


@settings(max_examples=60)
@given(FACTS)
def test_a_verdict_is_its_reason(facts: Facts) -> None:
    verdict = decide(facts)
    assert (
        verdict.compliant
        is {
            ComplianceReason.NOT_REPORTED: None,
            ComplianceReason.ATTENDANCE_LOW: False,
            ComplianceReason.NOT_MEASURED: False,
            ComplianceReason.COMPLIANT: True,
        }[verdict.reason]
    )


@settings(max_examples=60)
@given(FACTS, st.integers(1, 30))
def test_who_came_more_often_never_fares_worse(facts: Facts, more: int) -> None:
    verdict = decide(facts)
    better = decide(replace(facts, days_present=(facts.days_present or 0) + more))
    if verdict.compliant:
        assert better == verdict
    if facts.days_present is not None and verdict.reason is ComplianceReason.NOT_REPORTED:
        assert better == verdict


@settings(max_examples=60)
@given(FACTS)
def test_asking_for_more_than_the_percentage_is_stricter_only_at_the_line(facts: Facts) -> None:
    least, above = decide(replace(facts, above=False)), decide(replace(facts, above=True))
    at_the_line = (facts.days_present or 0) * 100 == facts.percent * days_that_count(facts)
    assert (least == above) or (at_the_line and above.reason is ComplianceReason.ATTENDANCE_LOW)


@settings(max_examples=60)
@given(FACTS)
def test_growth_that_is_only_followed_up_changes_no_verdict(facts: Facts) -> None:
    follow_up = replace(facts, growth_required=False)
    assert decide(follow_up) == decide(replace(follow_up, weight_g=None, height_mm=0))


@settings(max_examples=60)
@given(FACTS)
def test_what_the_policy_does_not_read_changes_nothing(facts: Facts) -> None:
    ignored = "open_reported" if facts.whole_term else "open_term"
    assert decide(replace(facts, **{ignored: 7})) == decide(facts)  # type: ignore[arg-type]
    if not facts.leave_excused:
        assert decide(replace(facts, sick_leave=None, personal_leave=99)) == decide(facts)
