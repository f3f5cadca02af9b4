"""Whatever becomes of each pupil, every satang is where a few plain lines of arithmetic say it must be."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takhai.benefits import queries as benefits
from takhai.ledger.services import verify
from takhai.payments import queries as payments
from takhai.platform.flow import Flow
from takhai.platform.sets import fetch
from tests.benefits.town import ROUND
from tests.payments.till import Till, balances

AMOUNT = 100_000
# What may happen to a pupil -> the account his money must end in.
PROMPTPAY = {
    "accepted": "paid",
    "refused": "owed",
    "differs": "sent.promptpay",
    "silent": "sent.promptpay",
    "late": "sent.promptpay",
}
CASH = {
    "received": "paid",
    "absent": "due_back",
    "moved": "due_back",
    "short": "due_back",
    "late_reasoned": "paid",
    "late": "due_back",
}
STORIES = st.tuples(
    st.lists(st.sampled_from(sorted(PROMPTPAY)), max_size=5),
    st.lists(st.sampled_from(sorted(CASH)), max_size=6),
    st.integers(0, 2),
    st.booleans(),
)


def bank(till: Till, told: list[str]) -> None:
    fates = iter(told)
    rows: list[list[object]] = []
    for reference, payee, satang, school in till.sent():
        fate = "accepted" if school else next(fates)
        if fate == "silent":
            continue
        amount = satang - 1 if fate == "differs" else satang
        status = "refused" if fate == "refused" else "accepted"
        day = date(2021, 1, 20) if fate == "late" else date(2021, 1, 8)
        rows.append([reference, payee, amount, status, "account_closed" if fate == "refused" else "", day])
    # A bank that says nothing sends no file: one without a row is refused.
    if rows:
        till.take_results(rows)


def schools(till: Till, people: list[object], told: list[str]) -> None:
    rows = []
    for person, fate in zip(people, told, strict=True):
        late = {"on": date(2021, 2, 20), "reason": "น้ำท่วม" if fate == "late_reasoned" else ""}
        said = {"moved": {"status": "moved"}, "short": {"more": -1}, "late": late, "late_reasoned": late}
        if fate != "absent":
            rows.append(till.receipt(person, **said.get(fate, {})))  # type: ignore[arg-type]
    till.take_receipts(*rows)


def walk(till: Till, story: tuple[list[str], list[str], int, bool]) -> list[Flow]:
    by_bank, in_cash, waiting, pays_back = story
    if by_bank:
        till.by_promptpay(len(by_bank))
    people = till.by_school(len(in_cash)) if in_cash else []
    if waiting:
        till.list(count=waiting, school="81010009")
    flows = [till.entitle()]
    till.approve()
    flows.append(till.issue())
    bank(till, by_bank)
    flows.append(till.match())
    schools(till, list(people), in_cash)
    flows.append(till.close())
    due = sum(AMOUNT for fate in in_cash if CASH[fate] == "due_back")
    if pays_back and due:
        till.take_returns(till.give_back(due, on=date(2021, 3, 1)))
    till.settle()
    return flows


def expected(story: tuple[list[str], list[str], int, bool]) -> dict[str, int]:
    by_bank, in_cash, waiting, pays_back = story
    ends = Counter(PROMPTPAY[fate] for fate in by_bank) + Counter(CASH[fate] for fate in in_cash)
    ends["owed"] += waiting
    if pays_back:
        ends["returned"] = ends.pop("due_back", 0)
    total = len(by_bank) + len(in_cash) + waiting
    books = {account: count * AMOUNT for account, count in ends.items() if count}
    return books | ({"budget": -total * AMOUNT} if total else {})


@pytest.mark.django_db
def test_every_satang_ends_where_its_pupils_story_says(till: Till) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STORIES)
    def tell(story: tuple[list[str], list[str], int, bool]) -> None:
        point = transaction.savepoint()
        fresh = Till(root=till.root)
        flows = walk(fresh, story)
        assert [flow.broken() for flow in flows] == [()] * 4
        for before, after in pairwise(flows):
            assert (after.in_, after.satang_in) == (before.out, before.satang_out)
        assert balances() == expected(story)
        claim = payments.claim(round=ROUND, group="old", entitled=flows[0].satang_out)
        assert verify.run(claims=[claim], expected=[benefits.movements(), payments.movements()]) == []
        assert max((int(str(n)) for (n,) in fetch(LIVE)), default=0) <= 1
        transaction.savepoint_rollback(point)

    tell()


LIVE = "SELECT count(*) FILTER (WHERE live) FROM order_line GROUP BY entitlement_round, person_id"
