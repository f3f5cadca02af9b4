"""Many hands post at once: each reference moves once, and the books are right whoever came first."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from takhai.ledger import queries
from takhai.ledger.services import verify
from takhai.ledger.types import Account, Kind
from takhai.platform.ids import uuid7s
from takhai.platform.problems import Refusal
from takhai.platform.sets import fetch
from tests.ledger.books import book, carry_over, entitle, held, row

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 5


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each work gave, each in a transaction of its own."""
    gate, gave = threading.Barrier(len(works)), [None] * len(works)

    def hand(at: int, work: Callable[[], Any]) -> None:
        try:
            gate.wait(30)
            with transaction.atomic():
                gave[at] = work()
        except Exception as error:  # noqa: BLE001 - judged by the test in its own thread
            gave[at] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=hand, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return gave


def test_the_same_set_posted_by_many_hands_stands_once() -> None:
    references = uuid7s(20)
    gave = at_once(*[lambda: entitle(*references)] * HANDS)
    assert sorted((each.done, each.same) for each in gave) == [(0, 20)] * (HANDS - 1) + [(20, 0)]
    assert held(Account.OWED) == 20 * 100_000


def test_sets_that_overlap_are_posted_without_a_deadlock_in_whatever_order_they_come() -> None:
    references = uuid7s(30)
    sets = [references[at : at + 15] for at in (0, 5, 10, 15)]
    gave = at_once(*[lambda part=part: entitle(*reversed(part)) for part in sets])
    assert [each for each in gave if isinstance(each, Exception)] == []
    assert sum(each.done for each in gave) == 30
    assert held(Account.OWED) == 30 * 100_000


def test_of_two_amounts_for_one_reference_one_stands_and_the_other_is_refused() -> None:
    (reference,) = uuid7s(1)
    gave = at_once(lambda: entitle(reference, satang=1), lambda: entitle(reference, satang=2))
    assert sum(isinstance(each, Refusal) for each in gave) == 1
    assert held(Account.OWED) in (1, 2)


def test_accounts_nobody_had_opened_are_opened_once() -> None:
    at_once(*[lambda one=one: entitle(one) for one in uuid7s(HANDS)])
    assert fetch("SELECT count(*) FROM account") == [(8,)]
    assert held(Account.OWED) == HANDS * 100_000


def test_money_carried_by_many_hands_is_carried_once() -> None:
    (reference,) = uuid7s(1)
    entitle(reference)
    gave = at_once(*[lambda: carry_over(reference)] * HANDS)
    assert sum(each.done for each in gave) == 1
    assert held(Account.OWED) == 0


def test_readers_see_books_that_balance_while_others_write() -> None:
    references = uuid7s(40)
    entitle(*references)
    stop = threading.Event()
    seen: list[int] = []

    def read() -> None:
        while not stop.is_set():
            seen.append(sum(each.satang for each in queries.accounts()))
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    for each in references:
        book(Kind.ORDER, [row(each, Account.OWED, Account.SENT_SCHOOL)])
    stop.set()
    reader.join(30)
    assert set(seen) == {0}
    assert verify.run() == []
