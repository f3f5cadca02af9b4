"""What a result makes of its transfer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.payments.rules.result import Facts, Verdict, decide
from takhai.payments.types import BANK_CODES, BANK_OTHER, NO_RESULT, RESULT_DIFFERS, TransferState

GOOD = Facts(answered=True, late=False, payee_equal=True, satang_equal=True, accepted=True, code=None)
FACTS = st.builds(Facts, code=st.none() | st.sampled_from(["", "E99", *BANK_CODES]))
ACCEPTED = Verdict(TransferState.ACCEPTED, None)


def test_a_result_equal_in_reference_payee_and_satang_is_accepted() -> None:
    assert decide(GOOD) == ACCEPTED


@pytest.mark.parametrize("wrong", ["payee_equal", "satang_equal"])
@pytest.mark.parametrize("accepted", [True, False])
def test_another_payee_or_amount_holds_whatever_the_bank_says_of_it(wrong: str, accepted: bool) -> None:
    facts = replace(GOOD, accepted=accepted, code="account_closed", **{wrong: False})
    assert decide(facts) == Verdict(TransferState.HELD, RESULT_DIFFERS)


def test_silence_holds() -> None:
    assert decide(replace(GOOD, answered=False)) == Verdict(TransferState.HELD, NO_RESULT)


def test_an_answer_after_the_window_is_silence() -> None:
    assert decide(replace(GOOD, late=True)) == Verdict(TransferState.HELD, NO_RESULT)


@pytest.mark.parametrize("code", BANK_CODES)
def test_a_refusal_keeps_the_banks_reason(code: str) -> None:
    assert decide(replace(GOOD, accepted=False, code=code)) == Verdict(TransferState.REFUSED, code)


@pytest.mark.parametrize("code", [None, "", "E99", "accepted", "ACCOUNT_CLOSED"])
def test_a_code_we_do_not_know_is_another_reason(code: str | None) -> None:
    assert decide(replace(GOOD, accepted=False, code=code)) == Verdict(TransferState.REFUSED, BANK_OTHER)


@given(FACTS)
def test_nothing_but_a_timely_equal_acceptance_posts(facts: Facts) -> None:
    equal = facts.answered and not facts.late and facts.payee_equal and facts.satang_equal and facts.accepted
    assert (decide(facts) == ACCEPTED) is equal


@given(FACTS)
def test_money_goes_back_only_when_the_very_transfer_was_refused(facts: Facts) -> None:
    if decide(facts).state is TransferState.REFUSED:
        assert facts.payee_equal
        assert facts.satang_equal
        assert not facts.accepted
