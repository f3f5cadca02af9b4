"""Who is old, who is new (ROUND §2)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.programmes.rules.groups import Facts, Verdict, decide
from takhai.programmes.types import Group, GroupReason

LISTED = Facts(
    on_last_list=True,
    has_row=True,
    same_school=True,
    first_subsidy_year=2562,
    limit_year=2560,
    applies=False,
    screened_level=True,
    failed_before=False,
)
STRANGER = replace(LISTED, on_last_list=False, same_school=False, first_subsidy_year=2561)

facts = st.builds(
    Facts,
    on_last_list=st.booleans(),
    has_row=st.booleans(),
    same_school=st.booleans(),
    first_subsidy_year=st.integers(2555, 2566),
    limit_year=st.integers(2555, 2566),
    applies=st.booleans(),
    screened_level=st.booleans(),
    failed_before=st.booleans(),
)


@pytest.mark.parametrize(
    ("case", "verdict"),
    [
        (LISTED, Verdict(Group.OLD, GroupReason.ON_LAST_LIST)),
        (replace(LISTED, has_row=False, same_school=False), Verdict(Group.NONE, GroupReason.NOT_IN_REGISTER)),
        (replace(LISTED, same_school=False), Verdict(Group.NEW, GroupReason.MOVED)),
        (replace(LISTED, first_subsidy_year=2560), Verdict(Group.NEW, GroupReason.THREE_YEARS)),
        (replace(LISTED, first_subsidy_year=2561), Verdict(Group.OLD, GroupReason.ON_LAST_LIST)),
        (replace(LISTED, same_school=False, first_subsidy_year=2559), Verdict(Group.NEW, GroupReason.MOVED)),
        (replace(STRANGER, applies=True), Verdict(Group.NEW, GroupReason.NEVER_APPLIED)),
        (replace(STRANGER, applies=True, failed_before=True), Verdict(Group.NEW, GroupReason.FAILED_BEFORE)),
        (replace(STRANGER, failed_before=True), Verdict(Group.NONE, GroupReason.NOT_APPLICANT)),
        (
            replace(STRANGER, applies=True, screened_level=False),
            Verdict(Group.NONE, GroupReason.NOT_APPLICANT),
        ),
        (STRANGER, Verdict(Group.NONE, GroupReason.NOT_APPLICANT)),
    ],
)
def test_the_first_reason_that_holds_decides(case: Facts, verdict: Verdict) -> None:
    assert decide(case) == verdict


@given(facts, st.booleans(), st.booleans())
def test_on_the_last_list_it_does_not_matter_whether_the_row_says_poor(
    case: Facts, poor: bool, level: bool
) -> None:
    listed = replace(case, on_last_list=True)
    assert decide(listed) == decide(replace(listed, applies=poor, screened_level=level))


@given(facts)
def test_nobody_is_old_who_was_not_on_the_last_list_at_the_same_school(case: Facts) -> None:
    if decide(case).group is Group.OLD:
        assert case.on_last_list
        assert case.has_row
        assert case.same_school


@given(facts)
def test_after_three_years_nobody_is_old(case: Facts) -> None:
    assert decide(replace(case, first_subsidy_year=case.limit_year)).group is not Group.OLD


@given(facts)
def test_who_has_no_group_has_a_reason_to_drop_and_the_other_way_round(case: Facts) -> None:
    verdict = decide(case)
    drops = verdict.reason in {GroupReason.NOT_IN_REGISTER, GroupReason.NOT_APPLICANT}
    assert drops == (verdict.group is Group.NONE)


@given(facts)
def test_who_failed_before_is_told_apart_and_treated_alike(case: Facts) -> None:
    failed, never = decide(replace(case, failed_before=True)), decide(replace(case, failed_before=False))
    assert failed.group is never.group
    assert (failed.reason is GroupReason.FAILED_BEFORE) == (never.reason is GroupReason.NEVER_APPLIED)
