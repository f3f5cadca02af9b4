"""Which row of an answer stands, which changes nothing, which needs a person."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.payments.rules import arriving_receipt, arriving_result, returning
from takhai.payments.types import ABSENT, RECEIVED, LineState, Trouble

RESULT = arriving_result.Facts(known=True, first=True, same=True, awaited=True)
RECEIPT = arriving_receipt.Facts(
    state=LineState.ACCEPTED, same=False, first=True, status=RECEIVED, equal=True, reasoned=False
)
AT_SCHOOL = ("accepted", "paid", "due_back", "returned")
RECEIPTS = st.builds(
    arriving_receipt.Facts,
    state=st.none() | st.sampled_from(AT_SCHOOL),
    status=st.sampled_from([RECEIVED, *ABSENT]),
)


def result(**said: bool) -> tuple[bool, str | None]:
    verdict = arriving_result.decide(replace(RESULT, **said))
    return verdict.stands, verdict.trouble


def receipt(**said: object) -> tuple[bool, str | None]:
    verdict = arriving_receipt.decide(replace(RECEIPT, **said))  # type: ignore[arg-type]
    return verdict.stands, verdict.trouble


def test_the_first_result_of_a_transfer_stands() -> None:
    assert result() == (True, None)


def test_a_result_for_no_transfer_needs_a_person() -> None:
    assert result(known=False, awaited=False) == (False, Trouble.RESULT_WITHOUT_ORDER)


def test_the_same_result_again_changes_nothing() -> None:
    assert result(first=False) == (False, None)
    assert result(first=False, awaited=False) == (False, None)


def test_a_contradicting_result_never_posts() -> None:
    assert result(first=False, same=False) == (False, Trouble.RESULT_CONTRADICTS)


def test_a_result_for_a_transfer_that_no_longer_waits_is_late() -> None:
    assert result(awaited=False) == (False, Trouble.RESULT_LATE)


@given(st.builds(arriving_result.Facts))
def test_a_result_stands_or_has_a_trouble_or_is_a_repetition(facts: arriving_result.Facts) -> None:
    verdict = arriving_result.decide(facts)
    repeated = facts.known and not facts.first and facts.same
    assert (verdict.stands + (verdict.trouble is not None) + repeated) == 1


def test_the_first_receipt_of_a_line_stands() -> None:
    assert receipt() == (True, None)


def test_a_receipt_for_no_line_of_a_cash_roll_needs_a_person() -> None:
    assert receipt(state=None) == (False, Trouble.RECEIPT_UNKNOWN_LINE)


def test_the_same_receipt_again_changes_nothing() -> None:
    assert receipt(same=True, first=False) == (False, None)


def test_a_second_receipt_needs_a_person() -> None:
    assert receipt(first=False) == (False, Trouble.RECEIPT_REPEATED)


def test_a_receipt_of_another_amount_never_stands() -> None:
    assert receipt(equal=False) == (False, Trouble.RECEIPT_DIFFERS)


@pytest.mark.parametrize("status", ABSENT)
def test_who_did_not_come_has_no_amount_to_compare(status: str) -> None:
    assert receipt(status=status, equal=False) == (True, None)


def test_a_receipt_after_the_close_needs_a_reason() -> None:
    assert receipt(state="due_back") == (False, Trouble.LATE_RECEIPT_WITHOUT_REASON)
    assert receipt(state="due_back", reasoned=True) == (True, None)


def test_a_receipt_does_not_undo_a_return() -> None:
    assert receipt(state="returned", reasoned=True) == (False, Trouble.RECEIPT_DIFFERS)


@given(RECEIPTS)
def test_a_receipt_stands_or_has_a_trouble_or_is_a_repetition(facts: arriving_receipt.Facts) -> None:
    verdict = arriving_receipt.decide(facts)
    repeated = facts.state is not None and facts.same
    assert (verdict.stands + (verdict.trouble is not None) + repeated) == 1


@given(RECEIPTS)
def test_no_receipt_of_another_amount_ever_stands(facts: arriving_receipt.Facts) -> None:
    if arriving_receipt.decide(facts).stands and facts.status == RECEIVED:
        assert facts.equal


@pytest.mark.parametrize(
    ("paid_before", "satang", "due", "trouble"),
    [
        (False, 100, 100, None),
        (False, 99, 100, Trouble.RETURN_DIFFERS),
        (False, 101, 100, Trouble.RETURN_DIFFERS),
        (False, 100, 0, Trouble.RETURN_DIFFERS),
        (True, 100, 100, Trouble.RETURN_REPEATED),
        (True, 1, 100, Trouble.RETURN_REPEATED),
    ],
)
def test_a_return_pays_its_bill_to_the_satang_and_once(
    paid_before: bool, satang: int, due: int, trouble: str | None
) -> None:
    facts = returning.Facts(paid_before=paid_before, satang=satang, due=due)
    assert returning.decide(facts).trouble == trouble
