"""Money held at order or refused by the bank joins the next group's order, with its amount, once."""

from datetime import date

import pytest

from takhai.benefits import queries as benefits
from takhai.ledger.services import verify
from takhai.payments import queries as payments
from takhai.platform.flow import Flow
from takhai.platform.sets import fetch
from tests.benefits.town import LATER, ROUND
from tests.payments.till import Till, balances, lines, troubles

pytestmark = pytest.mark.django_db


def refused(till: Till, code: str = "account_closed") -> list[list[object]]:
    return [[ref, payee, satang, "refused", code, "2021-01-08"] for ref, payee, satang, _ in till.sent()]


def ready(till: Till, *, round: object = ROUND, group: str = "new") -> Flow:
    """The next group with an empty list of its own."""
    till.clear()
    till.sign(round=round, group=group)  # type: ignore[arg-type]
    return till.issue(round=round, group=group)  # type: ignore[arg-type]


def holds(entitled: int) -> bool:
    claims = [payments.claim(round=ROUND, group="old", entitled=entitled)]
    return verify.run(claims=claims, expected=[benefits.movements(), payments.movements()]) == []


def test_who_waited_for_an_account_is_ordered_when_the_school_has_one(till: Till) -> None:
    till.list(count=2)
    till.order()
    till.account()
    assert ready(till) == Flow(joined=2, out=2, satang_joined=200_000, satang_out=200_000)
    assert balances() == {"budget": -200_000, "sent.school": 200_000}


def test_who_was_refused_by_the_bank_is_ordered_again(till: Till) -> None:
    till.by_promptpay(2)
    till.order()
    till.take_results(refused(till))
    assert till.match().held == {"account_closed": 2}
    assert ready(till).joined == 2
    assert balances() == {"budget": -200_000, "sent.promptpay": 200_000}
    assert holds(200_000)


def test_all_pupils_of_a_refused_school_transfer_join(till: Till) -> None:
    till.by_school(3)
    till.order()
    till.take_results(refused(till, "account_name_differs"))
    till.match()
    assert ready(till).satang_joined == 300_000
    assert fetch('SELECT "group", lines, state FROM transfer ORDER BY 1') == [
        ("new", 3, "sent"),
        ("old", 3, "refused"),
    ]


def test_who_still_has_no_account_joins_and_is_held_again(till: Till) -> None:
    till.list()
    till.order()
    flow = ready(till)
    assert flow == Flow(
        joined=1, held={"no_account": 1}, satang_joined=100_000, satang_held={"no_account": 100_000}
    )
    assert balances() == {"budget": -100_000, "owed": 100_000}
    assert holds(100_000)


def test_the_channel_is_asked_anew_when_money_joins(till: Till) -> None:
    (person,) = till.by_promptpay()
    till.order()
    till.take_results(refused(till, "proxy_not_registered"))
    till.match()
    till.account()
    till.choose(person, channel="school", round=LATER)
    assert ready(till, round=LATER, group="old").out == 1
    assert fetch("SELECT channel FROM order_line ORDER BY round") == [("promptpay",), ("school",)]


def test_money_joins_the_next_round_when_no_group_is_left(till: Till) -> None:
    till.list()
    till.order()
    till.account()
    flow = ready(till, round=LATER, group="old")
    assert flow.joined == 1
    assert (balances(), balances(round=LATER)) == ({"budget": -100_000}, {"sent.school": 100_000})
    assert fetch("SELECT round, entitlement_round FROM order_line ORDER BY round") == [
        ("2563-2", "2563-2"),
        ("2564-1", "2563-2"),
    ]
    assert holds(100_000)


def test_money_joins_once(till: Till) -> None:
    till.list()
    till.order()
    till.account()
    assert ready(till).joined == 1
    assert payments.provinces_to_rejoin(round=LATER, group="old") == []
    assert ready(till, round=LATER, group="old") == Flow()


def test_money_goes_on_from_group_to_group_until_it_is_paid(till: Till) -> None:
    till.list()
    till.order()
    ready(till)
    till.account()
    assert ready(till, round=LATER, group="old").out == 1
    assert (lines("state"), lines("live")) == (["held", "held", "ordered"], [False, False, True])
    assert balances() == {"budget": -100_000}


def test_a_second_run_of_a_group_that_took_money_in_adds_nothing(till: Till) -> None:
    till.list()
    till.order()
    till.account()
    first = ready(till)
    assert till.issue(group="new") == first
    assert len(lines()) == 2


def test_money_under_way_joins_nothing(till: Till) -> None:
    till.by_promptpay(2)
    till.order()
    (one, _) = till.sent()
    till.take_results([[one[0], one[1], one[2] - 1, "accepted", "", "2021-01-08"]])
    flow = till.match()
    assert flow.held == {"no_result": 1, "result_differs": 1}
    assert payments.provinces_to_rejoin(round=ROUND, group="new") == []
    assert ready(till) == Flow()
    assert lines("live") == [True, True]


def test_paid_due_and_returned_money_joins_nothing(till: Till) -> None:
    till.by_promptpay(1)
    till.by_school(2)
    till.deliver()
    till.close()
    till.take_returns(till.give_back(200_000, on=date(2021, 3, 1)))
    till.settle()
    assert sorted(map(str, lines())) == ["paid", "returned", "returned"]
    assert ready(till) == Flow()


def test_money_of_a_later_round_does_not_join_an_earlier_one(till: Till) -> None:
    till.list()
    till.order(round=LATER)
    till.account()
    assert ready(till) == Flow()


def test_a_unit_takes_in_only_money_of_its_province(till: Till) -> None:
    till.list(school="92010001")
    till.entitle(province="92")
    till.sign()
    till.issue(province="92")
    till.clear()
    till.account("92010001")
    till.sign(group="new")
    assert payments.provinces_to_rejoin(round=ROUND, group="new") == ["92"]
    assert till.issue(group="new", province="81") == Flow()
    assert till.issue(group="new", province="92").joined == 1


def test_a_pupil_may_have_money_of_two_rounds_in_one_group(till: Till) -> None:
    (person,) = till.list()
    till.order()
    till.account()
    till.sign(round=LATER)
    flow = till.issue(round=LATER)
    assert (flow.in_, flow.joined, flow.out, flow.satang_out) == (1, 1, 2, 250_000)
    assert flow.broken() == ()
    assert fetch("SELECT lines, satang FROM transfer WHERE round = '2564-1'") == [(2, 250_000)]
    assert fetch("SELECT DISTINCT person_id FROM order_line") == [(person,)]


def test_what_is_held_is_told_by_the_lists_of_exceptions_never(till: Till) -> None:
    till.list()
    till.order()
    assert troubles() == {}


def test_a_lifted_hold_of_identity_is_ordered_with_its_new_list(till: Till) -> None:
    (person,) = till.by_school()
    till.find(person, "name_differs")
    till.order()
    till.lift(person)
    flow = ready(till)
    assert (flow.in_, flow.joined, flow.out) == (1, 0, 1)
    assert fetch('SELECT "group", carried_from FROM order_line') == [("new", None)]
