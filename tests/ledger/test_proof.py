"""The identities of a closed group: what must be equal, and that each of them can fail alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.ledger.rules.proof import differences, wrong_sign
from takhai.ledger.types import Account, Claim

CLAIM = Claim(
    round="2563-2",
    group="old",
    entitled=1_000,
    waiting=50,
    refused=30,
    carried=20,
    unsettled=70,
    recovered=600,
    dropped=250,
    late=40,
)
BOOKS = {
    Account.BUDGET: -1_000,
    Account.OWED: 60,
    Account.SENT_PROMPTPAY: 50,
    Account.SENT_SCHOOL: 20,
    Account.AT_SCHOOL: 0,
    Account.PAID: 640,
    Account.DUE_BACK: 110,
    Account.RETURNED: 100,
}


def test_books_that_agree_with_the_steps_show_no_difference() -> None:
    assert differences(claim=CLAIM, balances=BOOKS) == ()


def test_an_account_that_was_never_opened_counts_as_zero() -> None:
    empty = Claim(
        round="2563-2",
        group="new",
        entitled=0,
        waiting=0,
        refused=0,
        carried=0,
        unsettled=0,
        recovered=0,
        dropped=0,
        late=0,
    )
    assert differences(claim=empty, balances={}) == ()


@pytest.mark.parametrize(
    ("account", "identity"),
    [
        (Account.BUDGET, "-budget = entitled"),
        (Account.OWED, "owed = waiting + refused - carried"),
        (Account.SENT_PROMPTPAY, "sent = unsettled"),
        (Account.SENT_SCHOOL, "sent = unsettled"),
        (Account.AT_SCHOOL, "at_school = 0"),
        (Account.PAID, "paid = recovered + late"),
        (Account.DUE_BACK, "due_back + returned = dropped - late"),
        (Account.RETURNED, "due_back + returned = dropped - late"),
    ],
)
def test_one_satang_too_many_in_an_account_breaks_exactly_its_identity(
    account: Account, identity: str
) -> None:
    found = differences(claim=CLAIM, balances=BOOKS | {account: BOOKS[account] + 1})
    assert [each.identity for each in found] == [identity]
    assert abs(found[0].booked - found[0].claimed) == 1


@pytest.mark.parametrize(
    ("field", "broken"),
    [
        ("entitled", 1),
        ("waiting", 1),
        ("refused", 1),
        ("carried", 1),
        ("unsettled", 1),
        ("recovered", 1),
        ("dropped", 1),
        ("late", 2),
    ],
)
def test_one_satang_wrong_in_a_claim_is_seen(field: str, broken: int) -> None:
    wrong = replace(CLAIM, **{field: getattr(CLAIM, field) + 1})
    assert len(differences(claim=wrong, balances=BOOKS)) == broken


def test_a_return_moves_money_inside_its_identity() -> None:
    moved = BOOKS | {Account.DUE_BACK: 0, Account.RETURNED: 210}
    assert differences(claim=CLAIM, balances=moved) == ()


@given(st.sampled_from(list(Account)), st.integers(-10, 10))
def test_a_budget_is_never_above_zero_and_nothing_else_below(account: Account, satang: int) -> None:
    allowed = satang <= 0 if account is Account.BUDGET else satang >= 0
    assert wrong_sign(account=account, satang=satang) is not allowed
