"""The step order: who gets which line, which transfers the bank gets, what is posted."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from takhai.access.scope import NoScope
from takhai.benefits import queries as benefits
from takhai.ledger.services import verify
from takhai.payments import queries as payments
from takhai.payments.models import OrderLine
from takhai.platform.flow import Flow
from takhai.platform.problems import Refusal
from takhai.platform.sets import execute, fetch
from tests.benefits.town import LATER, ROUND, SCOPE, one
from tests.payments.till import ORDERED, Till, balances, citizen, lines

pytestmark = pytest.mark.django_db


def test_a_pupil_with_number_and_choice_gets_a_transfer_of_his_own(till: Till) -> None:
    till.by_promptpay(2)
    flow = till.order()
    assert flow == Flow(in_=2, out=2, satang_in=200_000, satang_out=200_000)
    assert (
        fetch("SELECT channel, satang, lines, state FROM transfer") == [("promptpay", 100_000, 1, "sent")] * 2
    )


def test_all_lines_of_a_school_are_one_transfer(till: Till) -> None:
    till.by_school(3)
    till.by_school(2, school="81010002", level="kindergarten")
    till.order()
    rows = fetch("SELECT channel, satang, lines, reference FROM transfer ORDER BY satang, lines DESC")
    assert rows == [
        ("school", 300_000, 3, "25632OLD81010001"),
        ("school", 300_000, 2, "25632OLD81010002"),
    ]


def test_the_payee_is_kept_as_the_keyed_index_of_number_or_account(till: Till) -> None:
    till.by_promptpay(1)
    till.by_school(1)
    till.order()
    rows = fetch(
        "SELECT t.payee_idx = coalesce(s.account_idx, i.idx), octet_length(t.payee_idx) FROM transfer t"
        " LEFT JOIN school s ON s.place_id = t.school_id"
        " LEFT JOIN order_line l ON l.transfer = t.id AND t.channel = 'promptpay'"
        " LEFT JOIN identifier i ON i.person_id = l.person_id"
    )
    assert rows == [(True, 16), (True, 16)]


@pytest.mark.parametrize(("first", "form"), [(1, "citizen"), (0, "zero")])
def test_a_person_whose_number_begins_with_0_has_promptpay_too(till: Till, first: int, form: str) -> None:
    (person,) = till.list()
    till.number(person, citizen(7, first=first), form=form)
    till.choose(person)
    till.order()
    assert lines("channel") == ["promptpay"]


def test_a_gcode_goes_through_the_school_whatever_was_chosen(till: Till) -> None:
    (person,) = till.by_school()
    till.number(person, "G638100000007", form="gcode")
    till.choose(person)
    till.order()
    assert lines("channel") == ["school"]


def test_a_number_without_a_choice_goes_through_the_school(till: Till) -> None:
    (person,) = till.by_school()
    till.number(person, citizen(7))
    till.order()
    assert lines("channel") == ["school"]


def test_the_latest_choice_holds(till: Till) -> None:
    (person,) = till.by_school()
    till.number(person, citizen(7))
    till.choose(person, channel="promptpay", round=ROUND.previous())
    till.choose(person, channel="school", round=ROUND)
    till.choose(person, channel="promptpay", round=LATER)
    till.order()
    assert lines("channel") == ["school"]


def test_an_earlier_choice_holds_until_there_is_another(till: Till) -> None:
    (person,) = till.by_school()
    till.number(person, citizen(7))
    till.choose(person, channel="promptpay", round=ROUND.previous())
    till.order()
    assert lines("channel") == ["promptpay"]


def test_a_school_without_an_account_holds_its_pupils_with_their_money(till: Till) -> None:
    till.list(count=2)
    flow = till.order()
    assert flow == Flow(in_=2, held={"no_account": 2}, satang_in=200_000, satang_held={"no_account": 200_000})
    assert (lines("state"), lines("live"), lines("transfer")) == (["held"] * 2, [False] * 2, [None] * 2)
    assert balances() == {"budget": -200_000, "owed": 200_000}
    assert (
        fetch("SELECT kind, reason, satang, step FROM fate") == [("held", "no_account", 100_000, "order")] * 2
    )


def test_promptpay_needs_no_account_of_the_school(till: Till) -> None:
    till.by_promptpay()
    assert till.order().out == 1


def test_ordered_money_leaves_owed_by_its_channel(till: Till) -> None:
    till.by_promptpay(2)
    till.by_school(3)
    till.order()
    assert balances() == {"budget": -500_000, "sent.promptpay": 200_000, "sent.school": 300_000}


def test_every_line_and_movement_belong_together(till: Till) -> None:
    till.by_promptpay(2)
    till.by_school(3)
    till.list(count=2, school="81010009")
    till.order()
    assert verify.run(expected=[benefits.movements(), payments.movements()]) == []


def test_nothing_is_ordered_without_the_second_signature(till: Till) -> None:
    till.by_school()
    till.entitle()
    till.freeze()
    with pytest.raises(Refusal) as refused:
        till.issue()
    assert refused.value.name == "list_not_approved"
    assert one("SELECT count(*) FROM order_line") == 0


def test_a_second_run_adds_nothing_and_tells_the_same(till: Till) -> None:
    till.by_promptpay(2)
    till.by_school(3)
    till.list(count=1, school="81010009")
    first = till.order()
    before = (
        fetch("SELECT * FROM order_line ORDER BY id"),
        fetch("SELECT * FROM transfer ORDER BY id"),
        balances(),
    )
    assert till.issue() == first
    assert (
        fetch("SELECT * FROM order_line ORDER BY id"),
        fetch("SELECT * FROM transfer ORDER BY id"),
        balances(),
    ) == before


def test_a_unit_orders_only_its_own_province(till: Till) -> None:
    till.by_school(2, school="81010001")
    till.by_school(3, school="92010001")
    till.entitle(province="92")
    till.sign()
    assert till.issue(province="81").out == 2
    assert till.issue(province="92").out == 3
    assert payments.provinces(round=ROUND, group="old") == ["81", "92"]


def test_only_granted_pupils_get_a_line(till: Till) -> None:
    held, paid = till.by_school(2)
    till.find(held, "name_differs")
    till.order()
    assert fetch("SELECT person_id FROM order_line") == [(paid,)]


def test_an_empty_list_orders_nothing(till: Till) -> None:
    till.sign()
    assert till.issue() == Flow()


def test_references_are_new_for_every_transfer_and_name_nobody(till: Till) -> None:
    people = till.by_promptpay(20)
    till.order()
    references = [str(row[0]) for row in fetch("SELECT reference FROM transfer")]
    assert len(set(references)) == 20
    numbers = {till.numbers[person] for person in people}
    assert not any(number in reference for number in numbers for reference in references)


def test_lines_of_a_set_rise_with_their_persons(till: Till) -> None:
    till.by_school(30)
    till.order()
    ids = [str(each) for each in lines("id")]
    assert ids == sorted(ids)
    assert {each[14] for each in ids} == {"7"}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE order_line SET live = false",
        "UPDATE order_line SET state = 'held', reason = 'no_account'",
        "UPDATE order_line SET state = 'held'",
        "UPDATE order_line SET reason = 'moved'",
        "UPDATE order_line SET state = 'due_back', reason = 'moved'",
        "UPDATE order_line SET state = 'returned', reason = 'moved', live = false",
        "UPDATE order_line SET state = 'paid', reason = 'moved'",
        "UPDATE order_line SET late_on = '2021-03-01'",
        "UPDATE order_line SET satang = 0",
        "UPDATE order_line SET transfer = NULL",
        "UPDATE order_line SET channel = 'cheque'",
        "UPDATE transfer SET lines = 2",
        "UPDATE transfer SET school_id = NULL",
        "UPDATE transfer SET state = 'refused'",
        "UPDATE transfer SET satang = -1",
    ],
)
def test_the_database_refuses_a_payment_that_contradicts_itself(till: Till, change: str) -> None:
    if "transfer SET" in change and "lines" in change:
        till.by_promptpay()
    else:
        till.by_school()
    till.order()
    with pytest.raises(DatabaseError), transaction.atomic():
        execute(change)


COPY_LINE = (
    'INSERT INTO order_line (round, "group", entitlement_round, person_id, id, channel, transfer, school_id, agency,'
    " grade, level, province, area_code, satang, state, live, recorded_by)"
    " SELECT {round}, {group}, entitlement_round, person_id, gen_random_uuid(), channel, transfer, school_id, agency,"
    " grade, level, province, area_code, satang, 'ordered', true, 'x' FROM order_line"
)


@pytest.mark.parametrize(
    ("round", "group"),
    [("round", "'new'"), ("'2564-1'", '"group"'), ("'2564-1'", "'new'")],
)
def test_the_database_refuses_a_second_live_payment(till: Till, round: str, group: str) -> None:
    till.by_school()
    till.order()
    with pytest.raises(IntegrityError, match="one_live_payment"), transaction.atomic():
        execute(COPY_LINE.format(round=round, group=group))


def test_the_database_refuses_a_transfer_that_is_not_the_sum_of_its_lines(till: Till) -> None:
    till.by_school(2)
    till.order()
    with pytest.raises(IntegrityError, match="sum of its lines"), transaction.atomic():
        execute(
            'INSERT INTO transfer (round, id, "group", reference, channel, school_id, payee_idx, satang, lines,'
            " province, state, recorded_by) SELECT round, gen_random_uuid(), 'new', 'other', channel, school_id,"
            " payee_idx, satang, lines, province, 'sent', 'x' FROM transfer"
        )


def test_a_line_says_when_and_by_which_step_it_was_made(till: Till) -> None:
    till.by_school()
    till.order()
    assert fetch("SELECT recorded_by FROM order_line") == [("semester order",)]
    assert fetch("SELECT DISTINCT booked_on FROM movement WHERE kind = 'order'") == [(ORDERED,)]
    assert date(2021, 1, 6) == ORDERED


def test_lines_are_read_only_within_a_scope(till: Till) -> None:

    till.by_school()
    till.order()
    with pytest.raises(NoScope):
        OrderLine.objects.all()
    assert OrderLine.objects.within(SCOPE).count() == 1
