"""Two groups of one round: what waits in the old one is paid by the new one, with its money, and once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from takhai.benefits import queries as benefits
from takhai.ledger import queries as ledger
from takhai.ledger.services import verify
from takhai.payments import queries as payments
from takhai.payments.types import LineState
from takhai.platform.flow import Flow
from takhai.platform.sets import fetch
from tests.benefits.town import LATER, ROUND, SCOPE
from tests.payments.till import Till

pytestmark = pytest.mark.django_db

WITH_ACCOUNT, WITHOUT = "81010001", "81010002"
ENTITLED, ORDERED, BOOKED, MATCHED = (
    date(2021, 2, 12),
    date(2021, 2, 22),
    date(2021, 2, 24),
    date(2021, 2, 26),
)
RECEIVED = date(2021, 3, 10)


@dataclass
class Old:
    """The old group after its recover, and the pupils whose money did not reach them."""

    lifted: UUID
    still_held: UUID
    refused: UUID
    differs: UUID
    waiting: list[UUID]
    flows: tuple[Flow, ...]


def bank(till: Till, told: dict[UUID, tuple[str, str, int]], *, group: str, on: date) -> None:
    """Everything is accepted, but for whom something else is told: status, code, satang too little."""
    numbers = {till.numbers[person]: said for person, said in told.items()}
    rows: list[Sequence[object]] = []
    for reference, payee, satang, _ in till.sent(group=group):
        status, code, less = numbers.get(payee, ("accepted", "", 0))
        rows.append([reference, payee, satang - less, status, code, on])
    till.take_results(rows, group=group)


@pytest.fixture
def old(till: Till) -> Old:
    _, refused, differs = till.by_promptpay(3)
    fetched, _ = till.by_school(2, school=WITH_ACCOUNT)
    waiting = till.list(count=2, school=WITHOUT, level="kindergarten")
    lifted, still_held = till.by_school(2, school=WITH_ACCOUNT)
    till.find(lifted, "name_differs")
    till.find(still_held, "two_schools")
    entitled = till.entitle()
    till.approve()
    ordered = till.issue()
    told = {refused: ("refused", "proxy_not_registered", 0), differs: ("accepted", "", 1)}
    bank(till, told, group="old", on=date(2021, 1, 8))
    matched = till.match()
    till.take_receipts(till.receipt(fetched))
    closed = till.close()
    till.lift(lifted)
    till.clear()
    return Old(lifted, still_held, refused, differs, waiting, (entitled, ordered, matched, closed))


def order_new(till: Till) -> tuple[Flow, Flow]:
    entitled = till.entitle(group="new", as_of=ENTITLED)
    till.approve(group="new")
    return entitled, till.issue(group="new", as_of=ORDERED)


def proved(*groups: str) -> bool:
    lists = {
        row[0]: int(str(row[1]))
        for row in fetch("SELECT \"group\", satang FROM frozen_list WHERE round = '2563-2'")
    }
    claims = [payments.claim(round=ROUND, group=group, entitled=lists[group]) for group in groups]
    return verify.run(claims=claims, expected=[benefits.movements(), payments.movements()]) == []


def booked(group: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in ledger.accounts():
        if each.round == str(ROUND) and each.group == group and each.satang:
            found[each.account.value] = found.get(each.account.value, 0) + each.satang
    return found


def test_what_waits_in_the_old_group_joins_the_new_one_at_its_two_doors(till: Till, old: Old) -> None:
    till.by_promptpay(1)
    till.account(WITHOUT)
    entitled, ordered = order_new(till)
    assert entitled == Flow(in_=1, joined=1, out=2, satang_joined=200_000, satang_out=200_000)
    assert ordered == Flow(
        in_=2, joined=3, out=5, satang_in=200_000, satang_joined=400_000, satang_out=600_000
    )
    assert (entitled.broken(), ordered.broken()) == ((), ())
    rows = fetch(
        "SELECT person_id, carried_from IS NOT NULL, state, satang FROM order_line WHERE \"group\" = 'new'"
        " AND entitlement_round = '2563-2'"
    )
    found = {row[0]: row[1:] for row in rows}
    assert found[old.lifted] == (False, "ordered", 100_000)
    assert found[old.refused] == (True, "ordered", 100_000)
    assert [found[person] for person in old.waiting] == [(True, "ordered", 150_000)] * 2
    assert old.differs not in found
    assert old.still_held not in found


def test_joined_money_stands_in_the_books_of_the_new_group(till: Till, old: Old) -> None:
    before = booked("old")
    assert before == {
        "budget": -800_000,
        "owed": 400_000,
        "sent.promptpay": 100_000,
        "paid": 200_000,
        "due_back": 100_000,
    }
    till.account(WITHOUT)
    order_new(till)
    assert booked("old") == {name: satang for name, satang in before.items() if name != "owed"}
    assert booked("new") == {"budget": -100_000, "sent.promptpay": 100_000, "sent.school": 400_000}
    assert proved("old")


def test_own_and_joined_lines_of_one_school_are_one_transfer(till: Till, old: Old) -> None:
    till.by_school(2, school=WITHOUT)
    order_new(till)
    assert fetch(
        "SELECT t.lines, t.satang FROM transfer t JOIN school s ON s.place_id = t.school_id"
        " WHERE t.\"group\" = 'new' AND s.code = %(code)s",
        code=WITHOUT,
    ) == [(4, 500_000)]


def test_both_groups_walk_to_the_end_and_the_books_are_proved(till: Till, old: Old) -> None:
    own, missing = till.by_school(2, school=WITHOUT)
    (phone,) = till.by_promptpay(1)
    order_new(till)
    bank(till, {}, group="new", on=BOOKED)
    matched = till.match(group="new", as_of=MATCHED)
    assert (matched.in_, matched.out, matched.held) == (7, 7, {})
    came = [*old.waiting, own, old.lifted]
    till.take_receipts(*(till.receipt(each, group="new", on=RECEIVED) for each in came), group="new")
    closed = till.close(group="new")
    assert (closed.in_, closed.out, closed.dropped) == (7, 6, {"cash_not_fetched": 1})
    assert booked("new") == {"budget": -400_000, "paid": 700_000, "due_back": 100_000}
    assert proved("old", "new")
    assert old.flows[0].broken() == matched.broken() == closed.broken() == ()
    stands = {person: found[-1] for person, found in payments.lines(round=ROUND, scope=SCOPE).items()}
    assert {person for person, line in stands.items() if line.state is LineState.DUE_BACK} >= {missing}
    assert {stands[person].group for person in (old.lifted, old.refused, phone, *old.waiting)} == {"new"}
    assert stands[old.differs].state is LineState.HELD


def test_a_group_that_is_asked_again_tells_what_it_told(till: Till, old: Old) -> None:
    till.account(WITHOUT)
    _, ordered = order_new(till)
    assert till.issue(group="new", as_of=ORDERED) == ordered
    assert (till.issue(), till.match(), till.close()) == old.flows[1:]


def test_what_is_held_again_in_the_new_group_goes_on_to_the_next_round(till: Till, old: Old) -> None:
    _, ordered = order_new(till)
    assert (ordered.joined, ordered.held) == (3, {"no_account": 2})
    bank(till, {old.refused: ("refused", "account_closed", 0)}, group="new", on=BOOKED)
    assert till.match(group="new", as_of=MATCHED).held == {"account_closed": 1}
    till.close(group="new")
    assert booked("new") == {"budget": -100_000, "owed": 400_000, "due_back": 100_000}
    assert proved("old", "new")
    till.account(WITHOUT)
    till.lift(old.still_held)
    assert till.entitle(round=LATER, as_of=date(2021, 7, 1)).joined == 1
    till.approve(round=LATER)
    later = till.issue(round=LATER, as_of=date(2021, 7, 20))
    assert (later.in_, later.joined, later.out, later.satang_joined) == (1, 3, 4, 400_000)
    assert booked("new") == {"budget": -100_000, "due_back": 100_000}
    assert proved("old", "new")


def test_nobody_has_two_live_payments_of_one_entitlement(till: Till, old: Old) -> None:
    till.account(WITHOUT)
    order_new(till)
    till.clear()
    till.sign(round=LATER)
    till.issue(round=LATER)
    live = fetch(
        "SELECT entitlement_round, person_id, count(*) FROM order_line WHERE live GROUP BY 1, 2 HAVING count(*) > 1"
    )
    assert live == []
    assert fetch("SELECT count(*) FROM order_line WHERE round = '2564-1'") == [(0,)]
