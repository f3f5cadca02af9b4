"""Whoever orders the same money at the same time, each entitlement is paid once.

Money that came back to us may join any later group's order; here all of them reach for it in the same moment,
several hands for each group, every hand with a connection of its own. Nothing here asks the database how it is
made: it counts what was paid.
"""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection, transaction

from takhai.benefits import queries as benefits
from takhai.ledger.services import verify
from takhai.payments import queries as payments
from takhai.platform import secrets
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term
from tests.benefits.town import LATER, ROUND
from tests.payments.till import Till, balances

pytestmark = pytest.mark.django_db(transaction=True)

Place = tuple[Term, str]
REACHING: tuple[Place, ...] = ((ROUND, "new"), (LATER, "old"), (LATER, "new"))
HANDS_EACH = 3
TURNS = 3
PUPILS = 24
# A hand has more to do in its transaction than to order: meanwhile the others reach for the same money.
STAYS_OPEN = 0.15


@dataclass
class Race:
    """What happened while all hands reached at once; times of one clock."""

    began: list[float] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)

    @property
    def was_one(self) -> bool:
        """Whether every hand had begun before the first was through."""
        return max(self.began) < min(self.ended)


@pytest.fixture
def till(transactional_db: None, tmp_path: Path) -> Iterator[Till]:
    secrets.establish(allow_create=True, by="test")
    yield Till(root=tmp_path)
    connection.close()


def money_came_back(till: Till) -> None:
    """Half of the pupils wait for their school's account, half were refused by the bank."""
    with transaction.atomic():
        till.list(count=PUPILS // 2, school="81010009")
        refused = till.by_promptpay(PUPILS // 2)
        till.order()
        till.take_results([[*sent[:3], "refused", "account_closed", "2021-01-08"] for sent in till.sent()])
        till.match()
        till.account("81010009")
        assert len(refused) == PUPILS // 2
        till.clear()
        for round, group in REACHING:
            till.sign(round=round, group=group)


def reach(till: Till, place: Place, gate: threading.Barrier, race: Race) -> None:
    """One hand: orders for its group whatever money it finds."""
    round, group = place
    try:
        connection.ensure_connection()
        gate.wait(30)
        race.began.append(time.monotonic())
        with transaction.atomic():
            till.issue(round=round, group=group)
            time.sleep(STAYS_OPEN)
            race.ended.append(time.monotonic())
    except BaseException as error:  # noqa: BLE001 - shown by the test in its own thread
        race.errors.append(error)
    finally:
        connection.close()


def all_reach_at_once(till: Till, places: tuple[Place, ...]) -> Race:
    race = Race()
    hands = [place for place in places for _ in range(HANDS_EACH)]
    gate = threading.Barrier(len(hands))
    threads = [threading.Thread(target=reach, args=(till, place, gate, race)) for place in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return race


def live_payments() -> dict[int, int]:
    """How many entitlements have how many live payments."""
    rows = fetch(
        "SELECT paid, count(*) FROM (SELECT count(*) FILTER (WHERE live) AS paid FROM order_line"
        " GROUP BY entitlement_round, person_id) entitlements GROUP BY paid ORDER BY paid"
    )
    return {int(str(paid)): int(str(count)) for paid, count in rows}


@pytest.mark.parametrize("turn", range(TURNS))
def test_no_entitlement_has_two_live_payments_when_all_groups_reach_for_it_at_once(
    till: Till, turn: int
) -> None:
    money_came_back(till)
    first = turn % len(REACHING)
    race = all_reach_at_once(till, REACHING[first:] + REACHING[:first])
    assert live_payments() == {1: PUPILS}
    assert race.errors == []
    assert race.was_one
    assert sum(balances().values()) + sum(balances(round=LATER).values()) == 0
    assert balances().get("owed", 0) + balances(round=LATER).get("owed", 0) == 0
    assert verify.run(expected=[benefits.movements(), payments.movements()]) == []


def test_a_list_is_ordered_once_by_however_many_hands(till: Till) -> None:
    with transaction.atomic():
        till.by_promptpay(PUPILS // 2)
        till.by_school(PUPILS // 2)
        till.sign()
    race = all_reach_at_once(till, ((ROUND, "old"), (ROUND, "old")))
    assert live_payments() == {1: PUPILS}
    assert race.errors == []
    assert race.was_one
    assert balances() == {
        "budget": -100_000 * PUPILS,
        "sent.promptpay": 50_000 * PUPILS,
        "sent.school": 50_000 * PUPILS,
    }
    assert verify.run(expected=[benefits.movements(), payments.movements()]) == []


def test_money_that_waits_again_waits_in_one_place(till: Till) -> None:
    """The school still has no account: the money joins one later group and is held there, once."""
    with transaction.atomic():
        till.list(count=PUPILS, school="81010009")
        till.order()
        till.clear()
        for round, group in REACHING:
            till.sign(round=round, group=group)
    race = all_reach_at_once(till, REACHING)
    ((carried,),) = fetch(
        "SELECT count(DISTINCT carried_from) FROM order_line WHERE carried_from IS NOT NULL"
    )
    assert race.errors == []
    assert carried == PUPILS
    assert live_payments() == {0: PUPILS}
    assert balances().get("owed", 0) + balances(round=LATER).get("owed", 0) == 100_000 * PUPILS
    assert verify.run(expected=[benefits.movements(), payments.movements()]) == []
