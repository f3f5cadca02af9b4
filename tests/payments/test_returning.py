"""After the close: returns to the satang and once, late receipts with a reason, both in the order of their days."""

from datetime import date
from uuid import UUID

import pytest

from takhai.benefits import queries as benefits
from takhai.ledger import queries as ledger
from takhai.ledger.services import verify
from takhai.ledger.types import Kind
from takhai.payments import queries as payments
from takhai.platform.sets import fetch
from takhai.platform.types import Outcome
from tests.benefits.town import ROUND
from tests.payments.till import Till, balances, lines, troubles

pytestmark = pytest.mark.django_db
LATE, BACK = date(2021, 2, 22), date(2021, 3, 1)


@pytest.fixture
def closed(till: Till) -> list[UUID]:
    """Three pupils of one school, none of whom came for his money."""
    people = till.by_school(3)
    till.deliver()
    till.close()
    return people


def holds(entitled: int = 300_000) -> bool:
    claim = payments.claim(round=ROUND, group="old", entitled=entitled)
    return verify.run(claims=[claim], expected=[benefits.movements(), payments.movements()]) == []


def test_a_return_of_the_whole_bill_gives_all_its_lines_back(till: Till, closed: list[UUID]) -> None:
    assert till.take_returns(till.give_back(300_000, on=BACK)) == Outcome(done=1)
    till.settle()
    assert lines() == ["returned"] * 3
    assert balances() == {"budget": -300_000, "returned": 300_000}
    assert payments.after_close(round=ROUND) == {"returned": 300_000, "late_receipt": 0}
    assert fetch("SELECT returned_on, satang FROM return_bill") == [(BACK, 300_000)]
    assert holds()


@pytest.mark.parametrize("satang", [299_999, 300_001, 100_000, 600_000])
def test_a_return_of_another_amount_needs_a_person(till: Till, closed: list[UUID], satang: int) -> None:
    till.take_returns(till.give_back(satang, on=BACK))
    assert till.settle().refused == {"return_differs": 1}
    assert lines() == ["due_back"] * 3
    assert troubles() == {"return_differs": 1}
    assert holds()


def test_a_bill_may_still_be_paid_after_a_return_that_differed(till: Till, closed: list[UUID]) -> None:
    till.take_returns(till.give_back(290_000, on=BACK), till.give_back(300_000, on=date(2021, 3, 2)))
    till.settle()
    assert lines() == ["returned"] * 3
    assert troubles() == {"return_differs": 1}


def test_a_bill_is_paid_once(till: Till, closed: list[UUID]) -> None:
    till.take_returns(till.give_back(300_000, on=BACK), till.give_back(300_000, on=date(2021, 3, 2)))
    till.settle()
    assert troubles() == {"return_repeated": 1}
    assert balances() == {"budget": -300_000, "returned": 300_000}


def test_a_bill_that_was_paid_before_is_paid_once_as_well(till: Till, closed: list[UUID]) -> None:
    till.take_returns(till.give_back(300_000, on=BACK))
    till.settle()
    till.take_returns(till.give_back(300_000, on=date(2021, 3, 9)), name="later")
    assert till.settle().refused == {"return_repeated": 1}
    assert payments.after_close(round=ROUND)["returned"] == 300_000


def test_the_same_return_twice_in_one_file_is_a_repetition(till: Till, closed: list[UUID]) -> None:
    row = till.give_back(300_000, on=BACK)
    till.take_returns(row, row)
    till.settle()
    assert troubles() == {"return_repeated": 1}


def test_the_same_file_again_changes_nothing(till: Till, closed: list[UUID]) -> None:
    row = till.give_back(300_000, on=BACK)
    till.take_returns(row)
    till.settle()
    assert till.take_returns(row) == Outcome(done=0, same=1)
    assert till.settle() == Outcome(done=0)
    assert troubles() == {}


@pytest.mark.parametrize(
    ("reference", "code"),
    [("STRAY-1", "81010001"), ("R25632OLD81010001", "81010002"), ("25632OLD81010001", "81010001")],
)
def test_a_return_that_names_no_bill_of_its_school_needs_a_person(
    till: Till, closed: list[UUID], reference: str, code: str
) -> None:
    row = till.give_back(300_000, on=BACK, reference=reference, code=code)
    assert till.take_returns(row) == Outcome(done=0, refused={"return_without_bill": 1})
    till.settle()
    assert lines() == ["due_back"] * 3


def test_a_school_that_owes_nothing_cannot_pay_back(till: Till) -> None:
    (person,) = till.by_school()
    till.deliver()
    till.take_receipts(till.receipt(person))
    till.close()
    till.take_returns(till.give_back(100_000, on=BACK))
    till.settle()
    assert troubles() == {"return_differs": 1}
    assert balances() == {"budget": -100_000, "paid": 100_000}


def test_a_late_receipt_with_a_reason_is_paid_on_its_day(till: Till, closed: list[UUID]) -> None:
    till.take_receipts(till.receipt(closed[0], on=LATE, reason="น้ำท่วม"))
    till.settle()
    assert fetch("SELECT state, reason, closed_on, late_on FROM order_line WHERE late_on IS NOT NULL") == [
        ("paid", "cash_not_fetched", date(2021, 2, 18), LATE)
    ]
    assert fetch("SELECT booked_on FROM movement WHERE kind = 'receive_late'") == [(LATE,)]
    assert payments.after_close(round=ROUND) == {"returned": 0, "late_receipt": 100_000}
    assert holds()


def test_a_receipt_of_inside_entered_late_counts_from_the_close(till: Till, closed: list[UUID]) -> None:
    till.take_receipts(till.receipt(closed[0], on=date(2021, 1, 25), reason="ส่งเอกสารช้า"))
    till.settle()
    assert fetch("SELECT late_on FROM order_line WHERE late_on IS NOT NULL") == [(date(2021, 2, 18),)]


def test_a_receipt_entered_late_needs_a_reason(till: Till, closed: list[UUID]) -> None:
    outcome = till.take_receipts(till.receipt(closed[0], on=date(2021, 1, 25)))
    assert outcome.refused == {"late_receipt_without_reason": 1}
    till.settle()
    assert lines() == ["due_back"] * 3


def test_a_late_receipt_in_the_file_of_the_window_waits_for_the_close(till: Till) -> None:
    (person,) = till.by_school()
    till.deliver()
    till.take_receipts(till.receipt(person, on=LATE, reason="น้ำท่วม"))
    assert till.close().dropped == {"cash_not_fetched": 1}
    assert lines() == ["due_back"]
    till.settle()
    assert lines() == ["paid"]
    assert troubles() == {}


def test_the_flow_of_the_step_stays_as_it_was_closed(till: Till, closed: list[UUID]) -> None:
    before = till.close()
    till.take_receipts(till.receipt(closed[0], on=LATE, reason="น้ำท่วม"))
    till.take_returns(till.give_back(200_000, on=BACK))
    till.settle()
    assert till.close() == before


def test_a_bill_is_what_is_due_less_what_was_received_late_by_that_day(
    till: Till, closed: list[UUID]
) -> None:
    till.take_receipts(till.receipt(closed[0], on=LATE, reason="น้ำท่วม"))
    till.take_returns(till.give_back(200_000, on=BACK))
    till.settle()
    assert sorted(map(str, lines())) == ["paid", "returned", "returned"]
    assert payments.after_close(round=ROUND) == {"returned": 200_000, "late_receipt": 100_000}
    assert holds()


def test_a_receipt_on_the_day_of_the_return_comes_first(till: Till, closed: list[UUID]) -> None:
    till.take_receipts(till.receipt(closed[0], on=BACK, reason="น้ำท่วม"))
    till.take_returns(till.give_back(200_000, on=BACK))
    till.settle()
    assert troubles() == {}
    assert sorted(map(str, lines())) == ["paid", "returned", "returned"]


def test_a_receipt_dated_after_the_return_needs_a_person(till: Till, closed: list[UUID]) -> None:
    till.take_receipts(till.receipt(closed[0], on=date(2021, 3, 2), reason="น้ำท่วม"))
    till.take_returns(till.give_back(300_000, on=BACK))
    till.settle()
    assert lines() == ["returned"] * 3
    assert troubles() == {"receipt_differs": 1}
    assert holds()


def test_a_receipt_that_comes_when_the_money_is_back_needs_a_person(till: Till, closed: list[UUID]) -> None:
    till.take_returns(till.give_back(300_000, on=BACK))
    till.settle()
    row = till.receipt(closed[0], on=LATE, reason="น้ำท่วม")
    assert till.take_receipts(row).refused == {"receipt_differs": 1}
    assert till.settle() == Outcome(done=0)
    assert ledger.moved(round=ROUND, kind=Kind.RECEIVE_LATE) == 0


def test_a_return_that_does_not_know_of_a_late_receipt_differs(till: Till, closed: list[UUID]) -> None:
    till.take_receipts(till.receipt(closed[0], on=LATE, reason="น้ำท่วม"))
    till.take_returns(till.give_back(300_000, on=BACK))
    till.settle()
    assert troubles() == {"return_differs": 1}
    assert sorted(map(str, lines())) == ["due_back", "due_back", "paid"]


def test_nothing_is_settled_before_its_day(till: Till, closed: list[UUID]) -> None:
    till.take_receipts(till.receipt(closed[0], on=LATE, reason="น้ำท่วม"))
    till.take_returns(till.give_back(200_000, on=BACK))
    assert till.settle(until=date(2021, 2, 21)) == Outcome(done=0)
    assert till.settle(until=date(2021, 2, 28)) == Outcome(done=1)
    assert till.settle(until=BACK) == Outcome(done=2)
    assert holds()


def test_a_return_before_the_clock_ran_out_waits_for_it(till: Till) -> None:
    till.by_school(2)
    till.deliver()
    till.take_returns(till.give_back(200_000, on=date(2021, 2, 1)))
    assert till.settle() == Outcome(done=0)
    till.close()
    assert till.settle() == Outcome(done=2)


def test_one_schools_return_does_not_touch_anothers_lines(till: Till) -> None:
    till.by_school(2, school="81010001")
    till.by_school(1, school="81010002")
    till.deliver()
    till.close()
    till.take_returns(till.give_back(200_000, on=BACK))
    till.settle()
    assert sorted(map(str, lines())) == ["due_back", "returned", "returned"]
    assert balances() == {"budget": -300_000, "due_back": 100_000, "returned": 200_000}


def test_lines_received_inside_the_window_are_not_on_the_bill(till: Till) -> None:
    paid, _ = till.by_school(2)
    till.deliver()
    till.take_receipts(till.receipt(paid))
    till.close()
    till.take_returns(till.give_back(100_000, on=BACK))
    till.settle()
    assert sorted(map(str, lines())) == ["paid", "returned"]
    assert holds(200_000)


def test_a_late_receipt_moves_money_once(till: Till, closed: list[UUID]) -> None:
    row = till.receipt(closed[0], on=LATE, reason="น้ำท่วม")
    till.take_receipts(row)
    till.settle()
    assert till.take_receipts(row, name="again") == Outcome(done=0, same=1)
    till.settle()
    assert ledger.moved(round=ROUND, kind=Kind.RECEIVE_LATE) == 100_000


def test_returned_money_is_no_live_payment_and_late_money_is(till: Till, closed: list[UUID]) -> None:
    till.take_receipts(till.receipt(closed[0], on=LATE, reason="น้ำท่วม"))
    till.take_returns(till.give_back(200_000, on=BACK))
    till.settle()
    assert fetch("SELECT state, live FROM order_line ORDER BY state") == [
        ("paid", True),
        ("returned", False),
        ("returned", False),
    ]
