"""The order in which a pupil is asked, case by case and for any facts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.benefits.rules.entitlement import Facts, Verdict, decide
from takhai.benefits.types import DEAD, FINDINGS, NO_RATE, NOT_COMPLIANT, Standing

GOOD = Facts(satang=100_000, finding=None, compliant=True, failing_holds=True)
FACTS = st.builds(
    Facts,
    satang=st.none() | st.integers(1, 500_000),
    finding=st.none() | st.sampled_from(FINDINGS),
    compliant=st.none() | st.booleans(),
    failing_holds=st.booleans(),
)


def test_a_pupil_with_a_rate_and_nothing_against_him_is_granted() -> None:
    assert decide(GOOD) == Verdict(Standing.GRANTED, None, 100_000)


def test_without_a_rate_nothing_else_is_asked() -> None:
    for finding in (None, *FINDINGS):
        facts = Facts(satang=None, finding=finding, compliant=False, failing_holds=True)
        assert decide(facts) == Verdict(Standing.DROPPED, NO_RATE, 0)


def test_the_dead_drop_with_their_amount() -> None:
    assert decide(replace(GOOD, finding=DEAD)) == Verdict(Standing.DROPPED, DEAD, 100_000)


@pytest.mark.parametrize("finding", FINDINGS[1:])
def test_every_other_finding_holds(finding: str) -> None:
    assert decide(replace(GOOD, finding=finding)) == Verdict(Standing.HELD, finding, 100_000)


def test_failed_conditions_hold_where_the_policy_says_so() -> None:
    assert decide(replace(GOOD, compliant=False)) == Verdict(Standing.HELD, NOT_COMPLIANT, 100_000)


def test_failed_conditions_hold_nobody_where_the_policy_only_warns() -> None:
    assert decide(replace(GOOD, compliant=False, failing_holds=False)).standing is Standing.GRANTED


def test_conditions_nobody_judged_hold_nobody() -> None:
    assert decide(replace(GOOD, compliant=None)).standing is Standing.GRANTED


def test_identity_is_asked_before_the_conditions() -> None:
    assert decide(replace(GOOD, finding="two_schools", compliant=False)).reason == "two_schools"


@given(FACTS)
def test_who_is_granted_has_no_reason_and_who_is_not_has_one(facts: Facts) -> None:
    verdict = decide(facts)
    assert (verdict.reason is None) is (verdict.standing is Standing.GRANTED)


@given(FACTS)
def test_money_is_never_made_or_lost(facts: Facts) -> None:
    assert decide(facts).amount == (facts.satang or 0)


@given(FACTS)
def test_only_no_rate_and_death_drop(facts: Facts) -> None:
    verdict = decide(facts)
    assert (verdict.standing is Standing.DROPPED) is (verdict.reason in (NO_RATE, DEAD))


@given(FACTS)
def test_lifting_everything_grants_whoever_has_a_rate(facts: Facts) -> None:
    lifted = replace(facts, finding=None, compliant=True)
    assert decide(lifted).standing is (Standing.GRANTED if facts.satang else Standing.DROPPED)
