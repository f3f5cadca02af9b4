"""What the cash clock makes of a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.payments.rules.recovery import Facts, Verdict, decide
from takhai.payments.types import ABSENT, NOT_FETCHED, RECEIVED, LineState

FACTS = st.builds(Facts, status=st.sampled_from([None, RECEIVED, *ABSENT]), inside=st.booleans())


def test_received_inside_the_window_is_paid() -> None:
    assert decide(Facts(status=RECEIVED, inside=True)) == Verdict(LineState.PAID, None)


def test_received_outside_the_window_falls_due() -> None:
    assert decide(Facts(status=RECEIVED, inside=False)) == Verdict(LineState.DUE_BACK, NOT_FETCHED)


def test_without_a_receipt_the_money_falls_due() -> None:
    assert decide(Facts(status=None, inside=False)) == Verdict(LineState.DUE_BACK, NOT_FETCHED)


@pytest.mark.parametrize("status", ABSENT)
@pytest.mark.parametrize("inside", [True, False])
def test_the_roll_says_why_a_pupil_did_not_come(status: str, inside: bool) -> None:
    assert decide(Facts(status=status, inside=inside)) == Verdict(LineState.DUE_BACK, status)


@given(FACTS)
def test_a_line_is_paid_or_due_and_only_what_is_due_has_a_reason(facts: Facts) -> None:
    verdict = decide(facts)
    assert verdict.state in (LineState.PAID, LineState.DUE_BACK)
    assert (verdict.reason is None) is (verdict.state is LineState.PAID)
