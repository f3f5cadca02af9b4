"""Where the money of each pupil is: one line for each entitlement, with the days that matter."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from takhai.access.types import Scope
from takhai.payments import queries as payments
from takhai.payments.queries import Line
from takhai.payments.types import Channel, LineState
from tests.benefits.town import LATER, ROUND, SCOPE
from tests.payments.till import CLOSED, PAID_ON, RECEIVED_ON, Till

pytestmark = pytest.mark.django_db
BACK = date(2021, 3, 1)


def of(person: UUID) -> Line:
    (line,) = payments.lines(round=ROUND, scope=SCOPE, person=person)[person]
    return line


def test_before_the_order_there_is_no_line(till: Till) -> None:
    till.by_school(1)
    till.sign()
    assert payments.lines(round=ROUND, scope=SCOPE) == {}


def test_an_order_is_sent_and_has_no_day_yet(till: Till) -> None:
    (person,) = till.by_promptpay()
    till.order()
    line = of(person)
    assert (line.state, line.channel, line.sent, line.reason) == (
        LineState.ORDERED,
        Channel.PROMPTPAY,
        True,
        None,
    )
    assert (line.booked_on, line.received_on, line.closed_on, line.returned_on) == (None,) * 4


def test_a_school_without_an_account_leaves_the_money_with_us(till: Till) -> None:
    (person,) = till.list()
    till.order()
    line = of(person)
    assert (line.state, line.sent, line.reason, line.satang) == (LineState.HELD, False, "no_account", 100_000)


def test_promptpay_is_paid_on_the_banks_day(till: Till) -> None:
    (person,) = till.by_promptpay()
    till.deliver()
    assert (of(person).state, of(person).booked_on) == (LineState.PAID, PAID_ON)


def test_a_refusal_says_why(till: Till) -> None:
    (person,) = till.by_promptpay()
    till.order()
    ((reference, payee, satang, _),) = till.sent()
    till.take_results([(reference, payee, satang, "refused", "account_closed", PAID_ON)])
    till.match()
    assert (of(person).state, of(person).reason) == (LineState.REFUSED, "account_closed")


def test_cash_waits_at_the_school_and_is_paid_on_the_receipts_day(till: Till) -> None:
    came, stayed = till.by_school(2)
    till.deliver()
    assert {of(came).state, of(stayed).state} == {LineState.ACCEPTED}
    till.take_receipts(till.receipt(came))
    till.close()
    assert (of(came).state, of(came).received_on, of(came).closed_on) == (LineState.PAID, RECEIVED_ON, None)
    assert (of(stayed).state, of(stayed).reason, of(stayed).closed_on) == (
        LineState.DUE_BACK,
        "cash_not_fetched",
        CLOSED,
    )


def test_what_went_back_says_on_which_day(till: Till) -> None:
    (person,) = till.by_school()
    till.deliver()
    till.close()
    till.take_returns(till.give_back(100_000, on=BACK))
    till.settle()
    assert (of(person).state, of(person).returned_on) == (LineState.RETURNED, BACK)


def test_a_line_that_came_late_is_paid_and_says_so(till: Till) -> None:
    (person,) = till.by_school()
    till.deliver()
    till.close()
    late = date(2021, 2, 22)
    till.take_receipts(till.receipt(person, on=late, reason="ป่วย"), name="late")
    till.settle()
    assert (of(person).state, of(person).received_on, of(person).late_on) == (LineState.PAID, late, late)


def test_money_that_went_on_to_another_group_is_told_by_that_groups_line_alone(till: Till) -> None:
    (person,) = till.list()
    till.order()
    till.account()
    till.clear()
    till.order(group="new")
    line = of(person)
    assert (line.round, line.group, line.state, line.entitlement_round) == (
        str(ROUND),
        "new",
        LineState.ORDERED,
        str(ROUND),
    )


def test_money_that_went_on_to_the_next_round_is_told_in_both(till: Till) -> None:
    (person,) = till.list()
    till.order()
    till.account()
    till.clear()
    till.order(round=LATER)
    first = payments.lines(round=ROUND, scope=SCOPE)[person]
    second = payments.lines(round=LATER, scope=SCOPE)[person]
    assert first == second
    assert (first[0].round, first[0].entitlement_round) == (str(LATER), str(ROUND))


def test_the_latest_entitlement_comes_first(till: Till) -> None:
    (person,) = till.list()
    till.order()
    till.account()
    till.order(round=LATER)
    entitled = [line.entitlement_round for line in payments.lines(round=LATER, scope=SCOPE)[person]]
    assert entitled == [str(LATER), str(ROUND)]


def test_a_scope_sees_the_lines_of_its_schools(till: Till) -> None:
    (here,) = till.by_school()
    (there,) = till.by_school(school="81010002")
    till.order()
    nobody = Scope(by="nobody")
    assert set(payments.lines(round=ROUND, scope=SCOPE)) == {here, there}
    assert payments.lines(round=ROUND, scope=nobody) == {}


def test_one_query_whether_for_one_or_for_all(till: Till) -> None:
    till.by_school(5)
    till.order()
    with CaptureQueriesContext(connection) as asked:
        assert len(payments.lines(round=ROUND, scope=SCOPE)) == 5
    assert len(asked) == 1
