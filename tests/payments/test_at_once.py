"""Two hands at the same work in the same moment: the second finds it done, and nothing is done twice."""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from takhai.benefits import queries as benefits
from takhai.ledger.services import verify
from takhai.payments import queries as payments
from takhai.platform import secrets
from takhai.platform.flow import Flow
from takhai.platform.sets import fetch
from takhai.platform.types import Outcome
from tests.benefits.town import ROUND, one
from tests.payments.till import Till, balances, troubles

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 4


@pytest.fixture
def till(transactional_db: None, tmp_path: Path) -> Iterator[Till]:
    secrets.establish(allow_create=True, by="test")
    yield Till(root=tmp_path)
    connection.close()


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each work gave, all begun together, each on a connection and in a transaction of its own."""
    gate, gave = threading.Barrier(len(works)), [None] * len(works)

    def hand(at: int, work: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
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


def holds() -> bool:
    return verify.run(expected=[benefits.movements(), payments.movements()]) == []


def test_the_same_results_file_taken_by_many_hands_stands_once(till: Till) -> None:
    with transaction.atomic():
        till.by_promptpay(6)
        till.order()
        rows = till.answered()
        files = [till.root / f"hand-{at}" for at in range(HANDS)]
    for folder in files:
        folder.mkdir()
    hands = [Till(root=folder) for folder in files]
    gave = at_once(*(lambda hand=hand: hand.take_results(rows) for hand in hands))
    assert sorted(each.done for each in gave) == [0] * (HANDS - 1) + [6]
    assert sum(each.same for each in gave) == 6 * (HANDS - 1)
    assert troubles() == {}


def test_contradicting_results_in_two_files_at_once_leave_one_and_one_exception_each(till: Till) -> None:
    with transaction.atomic():
        till.by_promptpay(6)
        till.order()
        said = till.answered()
    denied = [[*row[:3], "refused", "account_closed", row[5]] for row in said]
    (till.root / "a").mkdir()
    (till.root / "b").mkdir()
    one_, two = Till(root=till.root / "a"), Till(root=till.root / "b")
    gave = at_once(lambda: one_.take_results(said), lambda: two.take_results(denied))
    assert sorted(each.done for each in gave) == [0, 6]
    assert troubles() == {"result_contradicts": 6}
    assert one("SELECT count(*) FROM bank_result") == 6


def test_a_match_by_many_hands_posts_once_and_tells_all_the_same(till: Till) -> None:
    with transaction.atomic():
        till.by_promptpay(4)
        till.by_school(4)
        till.order()
        till.take_results(till.answered())
    gave = at_once(*[till.match] * HANDS)
    assert gave == [Flow(in_=8, out=8, satang_in=800_000, satang_out=800_000)] * HANDS
    assert balances() == {"budget": -800_000, "paid": 400_000, "at_school": 400_000}
    assert holds()


def test_a_close_by_many_hands_posts_once_and_tells_all_the_same(till: Till) -> None:
    with transaction.atomic():
        people = till.by_school(6)
        till.deliver()
        till.take_receipts(*map(till.receipt, people[:4]))
    gave = at_once(*[till.close] * HANDS)
    assert [(each.out, each.dropped) for each in gave] == [(4, {"cash_not_fetched": 2})] * HANDS
    assert one("SELECT count(*) FROM fate") == 2
    assert balances() == {"budget": -600_000, "paid": 400_000, "due_back": 200_000}
    assert holds()


def test_a_settlement_by_many_hands_posts_once(till: Till) -> None:
    with transaction.atomic():
        people = till.by_school(4)
        till.deliver()
        till.close()
        till.take_receipts(till.receipt(people[0], on=date(2021, 2, 22), reason="น้ำท่วม"))
        till.take_returns(till.give_back(300_000, on=date(2021, 3, 1)))
    gave = at_once(*[till.settle] * HANDS)
    assert sorted(each.done for each in gave) == [0] * (HANDS - 1) + [4]
    assert payments.after_close(round=ROUND) == {"returned": 300_000, "late_receipt": 100_000}
    assert troubles() == {}
    assert holds()


def test_a_return_taken_by_many_hands_pays_once(till: Till) -> None:
    with transaction.atomic():
        till.by_school(2)
        till.deliver()
        till.close()
        row = till.give_back(200_000, on=date(2021, 3, 1))
    for at in range(HANDS):
        (till.root / str(at)).mkdir()
    hands = [Till(root=till.root / str(at)) for at in range(HANDS)]
    gave = at_once(*(lambda hand=hand: (hand.take_returns(row), hand.settle())[0] for hand in hands))
    assert sorted(each.done for each in gave) == [0] * (HANDS - 1) + [1]
    assert balances() == {"budget": -200_000, "returned": 200_000}
    assert troubles() == {}


def test_an_approval_by_many_hands_is_one(till: Till) -> None:
    with transaction.atomic():
        till.by_school(2)
        till.entitle()
        till.freeze()
    gave = at_once(*[till.approve] * HANDS)
    assert gave.count(Outcome(done=1)) == 1
    assert gave.count(Outcome(done=0, same=1)) == HANDS - 1


def test_two_provinces_of_one_group_are_ordered_at_once(till: Till) -> None:
    with transaction.atomic():
        till.by_school(3, school="81010001")
        till.by_school(5, school="92010001")
        till.entitle(province="92")
        till.sign()
    gave = at_once(lambda: till.issue(province="81"), lambda: till.issue(province="92"))
    assert [each.out for each in gave] == [3, 5]
    assert balances() == {"budget": -800_000, "sent.school": 800_000}
    assert holds()


def test_two_provinces_are_entitled_at_once_into_accounts_nobody_had_opened(till: Till) -> None:
    with transaction.atomic():
        till.list(count=3, school="81010001")
        till.list(count=5, school="92010001")
    gave = at_once(lambda: till.entitle(province="81"), lambda: till.entitle(province="92"))
    assert [each.out for each in gave] == [3, 5]
    assert fetch("SELECT count(*) FROM account") == [(8,)]
    assert balances() == {"budget": -800_000, "owed": 800_000}


def test_an_entitlement_decided_by_two_hands_is_decided_once(till: Till) -> None:
    """The second is refused by the key of the pupil and round; the work unit lets nobody get that far."""
    with transaction.atomic():
        till.list(count=5)
    gave = at_once(till.entitle, till.entitle)
    assert sum(isinstance(each, Flow) for each in gave) >= 1
    assert one("SELECT count(*) FROM entitlement") == 5
    assert balances() == {"budget": -500_000, "owed": 500_000}
    assert holds()
