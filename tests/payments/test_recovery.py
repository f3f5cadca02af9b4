"""The step recover: receipts, the clock, what falls due."""

from datetime import date

import pytest

from takhai.benefits import queries as benefits
from takhai.ledger.services import verify
from takhai.payments import queries as payments
from takhai.platform.flow import Flow
from takhai.platform.sets import fetch
from takhai.platform.types import Outcome
from tests.benefits.town import ROUND, one
from tests.payments.till import CLOSED, Till, balances, lines, troubles

pytestmark = pytest.mark.django_db


def test_promptpay_passes_straight_through(till: Till) -> None:
    till.by_promptpay(2)
    till.deliver()
    assert till.close() == Flow(in_=2, out=2, satang_in=200_000, satang_out=200_000)
    assert balances() == {"budget": -200_000, "paid": 200_000}


def test_a_receipt_inside_the_window_pays(till: Till) -> None:
    people = till.by_school(2)
    till.deliver()
    assert till.take_receipts(*map(till.receipt, people)) == Outcome(done=2)
    assert till.close() == Flow(in_=2, out=2, satang_in=200_000, satang_out=200_000)
    assert (lines(), lines("reason")) == (["paid"] * 2, [None] * 2)


@pytest.mark.parametrize("day", [date(2021, 1, 18), CLOSED])
def test_both_ends_of_the_window_are_inside(till: Till, day: date) -> None:
    (person,) = till.by_school()
    till.deliver()
    till.take_receipts(till.receipt(person, on=day))
    assert till.close().out == 1


def test_without_a_receipt_the_money_falls_due(till: Till) -> None:
    till.by_school(2)
    till.deliver()
    flow = till.close()
    assert flow == Flow(
        in_=2,
        dropped={"cash_not_fetched": 2},
        satang_in=200_000,
        satang_dropped={"cash_not_fetched": 200_000},
    )
    assert fetch("SELECT DISTINCT state, live, closed_on FROM order_line") == [("due_back", True, CLOSED)]
    assert balances() == {"budget": -200_000, "due_back": 200_000}


@pytest.mark.parametrize("status", ["moved", "left", "died"])
@pytest.mark.parametrize("day", [date(2021, 1, 20), None])
def test_the_roll_says_what_became_of_a_pupil(till: Till, status: str, day: date | None) -> None:
    (person,) = till.by_school()
    till.deliver()
    till.take_receipts(till.receipt(person, status=status, on=day))
    assert till.close().dropped == {status: 1}
    assert fetch("SELECT step, kind, reason, satang FROM fate") == [("recover", "dropped", status, 100_000)]


@pytest.mark.parametrize("more", [-10_000, 1, -1, 100_000])
def test_a_receipt_of_another_amount_pays_nobody(till: Till, more: int) -> None:
    (person,) = till.by_school()
    till.deliver()
    assert till.take_receipts(till.receipt(person, more=more)) == Outcome(
        done=0, refused={"receipt_differs": 1}
    )
    assert till.close().dropped == {"cash_not_fetched": 1}
    assert troubles() == {"receipt_differs": 1}


def test_a_second_receipt_for_a_line_needs_a_person_and_the_first_stands(till: Till) -> None:
    (person,) = till.by_school()
    till.deliver()
    rows = [till.receipt(person), till.receipt(person, on=date(2021, 1, 26))]
    assert till.take_receipts(*rows) == Outcome(done=1, refused={"receipt_repeated": 1})
    assert till.close().out == 1
    assert troubles() == {"receipt_repeated": 1}


def test_the_same_receipt_twice_in_one_file_is_a_repetition(till: Till) -> None:
    (person,) = till.by_school()
    till.deliver()
    row = till.receipt(person)
    assert till.take_receipts(row, row) == Outcome(done=1, refused={"receipt_repeated": 1})
    assert till.take_receipts(row, row).done == 0
    assert troubles() == {"receipt_repeated": 1}


def test_a_file_sent_again_with_more_rows_adds_only_those(till: Till) -> None:
    one_, two = till.by_school(2)
    till.deliver()
    till.take_receipts(till.receipt(one_))
    assert till.take_receipts(till.receipt(one_), till.receipt(two), name="again") == Outcome(done=1, same=1)
    assert till.close().out == 2
    assert troubles() == {}


@pytest.mark.parametrize("reference", ["STRAY-1", "00000000-0000-7000-8000-000000000000", "25632OLD81010001"])
def test_a_receipt_for_no_line_needs_a_person(till: Till, reference: str) -> None:
    till.by_school()
    till.deliver()
    row = [reference, "received", "1000.00", "2021-01-20", "", ""]
    assert till.take_receipts(row).refused == {"receipt_unknown_line": 1}
    assert till.close().dropped == {"cash_not_fetched": 1}


def test_a_promptpay_line_is_on_no_cash_roll(till: Till) -> None:
    (person,) = till.by_promptpay()
    till.deliver()
    ((line,),) = fetch("SELECT id FROM order_line WHERE person_id = %(p)s", p=person)
    row = [line, "received", "1000.00", "2021-01-20", "", ""]
    assert till.take_receipts(row).refused == {"receipt_unknown_line": 1}


def test_a_line_that_is_held_is_on_no_cash_roll(till: Till) -> None:
    (person,) = till.list()
    till.order()
    ((line,),) = fetch("SELECT id FROM order_line WHERE person_id = %(p)s", p=person)
    assert till.take_receipts([line, "received", "1000.00", "2021-01-20", "", ""]).refused == {
        "receipt_unknown_line": 1
    }


def test_a_receipt_before_the_window_without_a_reason_pays_nobody(till: Till) -> None:
    (person,) = till.by_school()
    till.deliver()
    till.take_receipts(till.receipt(person, on=date(2021, 1, 17)))
    assert till.close().dropped == {"cash_not_fetched": 1}
    assert troubles() == {"late_receipt_without_reason": 1}


def test_a_receipt_after_the_window_without_a_reason_pays_nobody(till: Till) -> None:
    (person,) = till.by_school()
    till.deliver()
    till.take_receipts(till.receipt(person, on=date(2021, 2, 19)))
    till.close()
    till.settle()
    assert lines() == ["due_back"]
    assert troubles() == {"late_receipt_without_reason": 1}


def test_it_may_be_sent_again_with_its_reason(till: Till) -> None:
    (person,) = till.by_school()
    till.deliver()
    till.take_receipts(till.receipt(person, on=date(2021, 2, 19)))
    till.close()
    assert (
        till.take_receipts(till.receipt(person, on=date(2021, 2, 19), reason="น้ำท่วม"), name="again").done == 1
    )
    till.settle()
    assert lines() == ["paid"]


def test_lines_of_one_school_have_fates_of_their_own(till: Till) -> None:
    paid, absent, moved = till.by_school(3)
    till.deliver()
    till.take_receipts(till.receipt(paid), till.receipt(moved, status="moved"))
    flow = till.close()
    assert (flow.out, flow.dropped) == (1, {"cash_not_fetched": 1, "moved": 1})
    assert flow.broken() == ()
    assert fetch("SELECT state FROM order_line WHERE person_id = %(p)s", p=absent) == [("due_back",)]


def test_what_the_bank_held_does_not_come_in(till: Till) -> None:
    till.by_school(1)
    till.by_promptpay(2)
    till.order()
    till.take_results(till.answered()[1:])
    till.match()
    assert till.close().in_ == 2


def test_a_second_close_changes_nothing_and_tells_the_same(till: Till) -> None:
    people = till.by_school(3)
    till.deliver()
    till.take_receipts(till.receipt(people[0]))
    first = till.close()
    before = fetch("SELECT * FROM order_line ORDER BY id"), balances(), one("SELECT count(*) FROM fate")
    assert till.close() == first
    assert (
        fetch("SELECT * FROM order_line ORDER BY id"),
        balances(),
        one("SELECT count(*) FROM fate"),
    ) == before


def test_after_the_close_nothing_is_at_school_and_rows_and_books_agree(till: Till) -> None:
    people = till.by_school(4)
    till.by_promptpay(2)
    till.deliver()
    till.take_receipts(till.receipt(people[0]), till.receipt(people[1], status="died"))
    till.close()
    claim = payments.claim(round=ROUND, group="old", entitled=600_000)
    assert (claim.recovered, claim.dropped, claim.late) == (300_000, 300_000, 0)
    assert verify.run(claims=[claim], expected=[benefits.movements(), payments.movements()]) == []


def test_who_signed_and_why_is_not_kept(till: Till) -> None:
    (person,) = till.by_school()
    till.deliver()
    till.take_receipts(till.receipt(person, reason="ป้าสมศรีป่วย"))
    kept = str(fetch("SELECT * FROM receipt"))
    assert "ผู้ปกครอง" not in kept
    assert "สมศรี" not in kept
    assert fetch("SELECT reasoned FROM receipt") == [(True,)]


def test_a_unit_closes_only_its_own_province(till: Till) -> None:
    till.by_school(1, school="81010001")
    till.by_school(2, school="92010001")
    till.entitle(province="92")
    till.sign()
    till.issue(province="81")
    till.issue(province="92")
    till.take_results(till.answered())
    till.match(province="81")
    till.match(province="92")
    assert till.close(province="81").in_ == 1
    assert sorted(map(str, lines())) == ["accepted", "accepted", "due_back"]
