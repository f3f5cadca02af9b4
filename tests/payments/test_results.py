"""The step reconcile: which results stand, what they post, what needs a person."""

from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, transaction

from takhai.benefits import queries as benefits
from takhai.ledger.services import verify
from takhai.payments import queries as payments
from takhai.platform.flow import Flow
from takhai.platform.sets import execute, fetch
from takhai.platform.types import Outcome
from tests.benefits.town import ROUND, one
from tests.payments.till import Till, balances, lines, troubles

pytestmark = pytest.mark.django_db
DAY = "2021-01-08"


def ordered(till: Till, *, promptpay: int = 0, school: int = 0) -> None:
    if promptpay:
        till.by_promptpay(promptpay)
    if school:
        till.by_school(school)
    till.order()


def test_accepted_promptpay_is_paid(till: Till) -> None:
    ordered(till, promptpay=2)
    assert till.take_results(till.answered()) == Outcome(done=2)
    assert till.match() == Flow(in_=2, out=2, satang_in=200_000, satang_out=200_000)
    assert lines() == ["paid", "paid"]
    assert balances() == {"budget": -200_000, "paid": 200_000}


def test_an_accepted_school_transfer_is_at_the_school_line_by_line(till: Till) -> None:
    ordered(till, school=3)
    till.take_results(till.answered())
    assert till.match().out == 3
    assert lines() == ["accepted"] * 3
    assert balances() == {"budget": -300_000, "at_school": 300_000}


def test_an_accepted_school_transfer_opens_one_bill(till: Till) -> None:
    ordered(till, school=3)
    till.take_results(till.answered())
    till.match()
    assert fetch("SELECT reference, school_code, returned_on FROM return_bill") == [
        ("R25632OLD81010001", "81010001", None)
    ]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("proxy_not_registered", "proxy_not_registered"),
        ("account_closed", "account_closed"),
        ("account_name_differs", "account_name_differs"),
        ("E99", "bank_other"),
        ("", "bank_other"),
    ],
)
def test_a_refusal_holds_with_the_banks_reason_and_the_money_is_owed_again(
    till: Till, code: str, reason: str
) -> None:
    ordered(till, promptpay=1)
    ((reference, payee, satang, _),) = till.sent()
    till.take_results([[reference, payee, satang, "refused", code, DAY]])
    flow = till.match()
    assert (flow.held, flow.satang_held, flow.out) == ({reason: 1}, {reason: 100_000}, 0)
    assert fetch("SELECT state, reason, live, channel FROM order_line") == [
        ("refused", reason, False, "promptpay")
    ]
    assert balances() == {"budget": -100_000, "owed": 100_000}


@pytest.mark.parametrize("more", [1, -1, 100_000, -99_999])
def test_another_amount_holds_and_the_money_stays_sent(till: Till, more: int) -> None:
    ordered(till, promptpay=1)
    ((reference, payee, satang, _),) = till.sent()
    till.take_results([[reference, payee, satang + more, "accepted", "", DAY]])
    assert till.match().held == {"result_differs": 1}
    assert balances() == {"budget": -100_000, "sent.promptpay": 100_000}


@pytest.mark.parametrize("status", ["accepted", "refused"])
def test_another_payee_holds_and_the_money_stays_sent(till: Till, status: str) -> None:
    ordered(till, promptpay=1)
    ((reference, payee, satang, _),) = till.sent()
    other = f"{payee[:11]}{(int(payee[11]) + 1) % 10}{payee[12:]}"
    till.take_results([[reference, other, satang, status, "account_closed", DAY]])
    assert till.match().held == {"result_differs": 1}
    assert lines("live") == [True]


def test_a_school_transfer_of_another_amount_holds_all_its_lines(till: Till) -> None:
    ordered(till, school=3)
    ((reference, payee, satang, _),) = till.sent()
    till.take_results([[reference, payee, satang - 10_000, "accepted", "", DAY]])
    flow = till.match()
    assert (flow.held, flow.satang_held) == ({"result_differs": 3}, {"result_differs": 300_000})
    assert one("SELECT count(*) FROM return_bill") == 0


def test_a_pupils_number_is_no_schools_account(till: Till) -> None:
    ordered(till, promptpay=1, school=1)
    swapped = {channel: payee for _, payee, _, channel in till.sent()}
    rows = [
        [ref, swapped["" if code else "81010001"], satang, "accepted", "", DAY]
        for ref, _, satang, code in till.sent()
    ]
    till.take_results(rows)
    assert till.match().held == {"result_differs": 2}


def test_silence_holds_and_the_money_stays_sent(till: Till) -> None:
    ordered(till, promptpay=1, school=2)
    flow = till.match()
    assert (flow.held, flow.satang_held) == ({"no_result": 3}, {"no_result": 300_000})
    assert balances() == {"budget": -300_000, "sent.promptpay": 100_000, "sent.school": 200_000}


def test_a_result_after_the_window_is_silence_and_needs_a_person(till: Till) -> None:
    ordered(till, promptpay=1)
    till.take_results(till.answered(on=date(2021, 1, 15)))
    assert till.match().held == {"no_result": 1}
    assert troubles() == {"result_late": 1}


def test_a_result_of_the_last_day_of_the_window_is_in_time(till: Till) -> None:
    ordered(till, promptpay=1)
    till.take_results(till.answered(on=date(2021, 1, 11)))
    assert till.match().out == 1


def test_the_same_row_again_changes_nothing(till: Till) -> None:
    ordered(till, promptpay=2)
    rows = till.answered()
    assert till.take_results([*rows, rows[0], rows[0]]) == Outcome(done=2, same=2)
    assert till.take_results(rows) == Outcome(done=0, same=2)
    till.match()
    assert till.take_results(rows) == Outcome(done=0, same=2)
    assert troubles() == {}
    assert balances() == {"budget": -200_000, "paid": 200_000}


def test_a_contradicting_row_needs_a_person_and_the_first_stands(till: Till) -> None:
    ordered(till, promptpay=1)
    ((reference, payee, satang, _),) = till.sent()
    rows = [
        [reference, payee, satang, "accepted", "", DAY],
        [reference, payee, satang, "refused", "account_closed", DAY],
    ]
    assert till.take_results(rows) == Outcome(done=1, refused={"result_contradicts": 1})
    assert till.match().out == 1
    assert troubles() == {"result_contradicts": 1}


@pytest.mark.parametrize(
    ("column", "value"), [(1, "1810000000999"), (2, 100_001), (3, "refused"), (4, "E01"), (5, "2021-01-09")]
)
def test_a_row_that_differs_in_anything_contradicts(till: Till, column: int, value: object) -> None:
    ordered(till, promptpay=1)
    (first,) = till.answered()
    second = [*first]
    second[column] = value
    till.take_results([first])
    assert till.take_results([second]).refused == {"result_contradicts": 1}
    assert till.match().out == 1


def test_the_same_contradiction_sent_again_is_one_exception(till: Till) -> None:
    ordered(till, promptpay=1)
    ((reference, payee, satang, _),) = till.sent()
    rows = [[reference, payee, satang, "accepted", "", DAY], [reference, payee, satang, "refused", "x", DAY]]
    till.take_results(rows)
    till.take_results([*rows, rows[0]])
    assert troubles() == {"result_contradicts": 1}


def test_a_result_for_no_transfer_needs_a_person(till: Till) -> None:
    ordered(till, promptpay=1)
    rows = [*till.answered(), ["STRAY-1", "9819999000", 100_000, "accepted", "", DAY]]
    assert till.take_results(rows) == Outcome(done=1, refused={"result_without_order": 1})
    assert troubles() == {"result_without_order": 1}
    assert till.match().out == 1


def test_a_result_of_another_groups_transfer_is_one_without_order(till: Till) -> None:
    ordered(till, promptpay=1)
    assert till.take_results(till.answered(), group="new").refused == {"result_without_order": 1}
    assert till.match().held == {"no_result": 1}


def test_a_result_after_the_step_was_done_posts_nothing(till: Till) -> None:
    ordered(till, promptpay=1)
    till.match()
    assert till.take_results(till.answered()) == Outcome(done=0, refused={"result_late": 1})
    assert till.match().held == {"no_result": 1}
    assert balances() == {"budget": -100_000, "sent.promptpay": 100_000}


def test_a_second_match_changes_nothing_and_tells_the_same(till: Till) -> None:
    ordered(till, promptpay=3, school=2)
    till.take_results(till.answered()[1:])
    first = till.match()
    before = fetch("SELECT * FROM order_line ORDER BY id"), balances(), one("SELECT count(*) FROM fate")
    assert till.match() == first
    assert (
        fetch("SELECT * FROM order_line ORDER BY id"),
        balances(),
        one("SELECT count(*) FROM fate"),
    ) == before


def test_a_unit_matches_only_its_own_province(till: Till) -> None:
    till.by_school(1, school="81010001")
    till.by_school(2, school="92010001")
    till.entitle(province="92")
    till.sign()
    till.issue(province="81")
    till.issue(province="92")
    till.take_results(till.answered())
    assert till.match(province="81").out == 1
    assert till.match(province="92").out == 2


def test_who_is_held_is_written_down_with_reason_and_money(till: Till) -> None:
    ordered(till, school=2)
    ((reference, payee, satang, _),) = till.sent()
    till.take_results([[reference, payee, satang, "refused", "account_closed", DAY]])
    till.match()
    assert (
        fetch("SELECT step, kind, reason, satang FROM fate")
        == [("reconcile", "held", "account_closed", 100_000)] * 2
    )


def test_the_law_holds_and_rows_and_books_agree_whatever_the_bank_says(till: Till) -> None:
    ordered(till, promptpay=6, school=4)
    rows = till.answered()
    rows[0][2] = 1
    rows[1][3:5] = ["refused", "account_closed"]
    rows[2][5] = date(2021, 2, 1)
    flow = till.take_results(rows[:-1]) and till.match()
    assert flow.broken() == ()
    assert verify.run(expected=[benefits.movements(), payments.movements()]) == []


def test_no_payee_is_kept_in_clear(till: Till) -> None:
    ordered(till, promptpay=1, school=1)
    till.take_results([*till.answered(), ["STRAY-1", "1810000000109", 100_000, "accepted", "", DAY]])
    till.match()
    kept = "".join(
        str(fetch(f"SELECT * FROM {table}"))
        for table in (
            "transfer",
            "transfer_event",
            "bank_result",
            "payment_exception",
            "order_line",
            "movement",
        )
    )
    assert not any(payee in kept for _, payee, _, _ in till.sent())
    assert "1810000000109" not in kept


def test_a_match_keeps_the_rows_it_changed(till: Till) -> None:
    ordered(till, promptpay=1)
    till.take_results(till.answered())
    till.match()
    assert fetch("SELECT state FROM order_line_event") == [("ordered",)]
    assert fetch("SELECT state FROM transfer_event") == [("sent",)]


@pytest.mark.parametrize("change", ["UPDATE bank_result SET satang = 0", "DELETE FROM bank_result"])
def test_a_result_is_for_good(till: Till, owner_link: psycopg.Connection[object], change: str) -> None:
    ordered(till, promptpay=1)
    till.take_results(till.answered())
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        execute(change)
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_link.execute(change)  # type: ignore[arg-type]


def test_every_reason_is_counted_with_its_zero() -> None:
    counts = payments.exceptions(round=ROUND)
    assert len(counts) == 10
    assert set(counts.values()) == {0}
