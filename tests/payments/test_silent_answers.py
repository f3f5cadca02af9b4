"""A step closes for good, so it never closes upon an answer in which nothing is said."""

from datetime import date

import pytest

from takhai.payments.services import recovery, results
from takhai.platform.problems import Refusal
from takhai.platform.sets import fetch
from tests.benefits.town import ROUND
from tests.payments.till import Till, troubles

pytestmark = pytest.mark.django_db
RESULTS = ("reference", "payee", "satang", "status", "code", "booked_on")
RECEIPTS = ("line_reference", "status", "baht", "received_on", "recipient", "reason")


def test_results_of_a_header_alone_are_refused_while_a_transfer_waits(till: Till) -> None:
    till.by_promptpay()
    till.order()
    with pytest.raises(Refusal) as refused:
        till.take_results([])
    assert (refused.value.name, refused.value.details["bad"]) == ("answer_says_nothing", 0)
    assert fetch("SELECT count(*) FROM bank_result") == [(0,)]


def test_results_of_a_header_alone_are_an_answer_where_nothing_was_sent(till: Till) -> None:
    assert till.take_results([]).done == 0


def test_results_of_a_header_alone_are_an_answer_when_every_transfer_has_its_own(till: Till) -> None:
    till.by_promptpay()
    till.order()
    till.take_results(till.answered())
    assert till.take_results([]).done == 0


@pytest.mark.parametrize("booked_on", ["2564-01-08", "08/01/2564", "8 ม.ค. 2564", "44204"])
def test_results_dated_in_the_wrong_era_or_form_are_refused_and_come_again(
    till: Till, booked_on: str
) -> None:
    till.by_promptpay(3)
    till.order()
    wrong = [[*row[:5], booked_on] for row in till.answered()]
    with pytest.raises(Refusal) as refused:
        till.take_results(wrong)
    assert (refused.value.name, refused.value.details["bad"]) == ("answer_says_nothing", 3)
    assert till.take_results(till.answered()).done == 3
    assert till.match().out == 3


def test_one_good_row_is_an_answer(till: Till) -> None:
    till.by_promptpay(2)
    till.order()
    good, bad = till.answered()
    assert till.take_results([good, [*bad[:5], "2564-01-08"]]).refused == {"value_not_a_date": 1}
    assert till.match().held == {"no_result": 1}


def test_a_row_without_an_order_is_an_answer_though_it_answers_nothing(till: Till) -> None:
    till.by_promptpay()
    till.order()
    till.take_results([["STRAY-1", "1101700230708", 100_000, "accepted", "", "2021-01-08"]])
    assert troubles() == {"result_without_order": 1}


def test_receipts_that_cannot_be_read_are_refused_and_nobody_falls_due(till: Till) -> None:
    till.by_school(2)
    till.deliver()
    path = till.write("receipts-bad", RECEIPTS, [["L1", "received", "๑.๐๐๐", "2021-01-20", "", ""]] * 2)
    with pytest.raises(Refusal) as refused:
        recovery.take_receipts(path=path, round=ROUND, group="old")
    assert refused.value.name == "answer_says_nothing"
    assert fetch("SELECT count(*) FROM receipt") == [(0,)]


def test_receipts_of_a_header_alone_say_that_nobody_came(till: Till) -> None:
    till.by_school(2)
    till.deliver()
    assert till.take_receipts().done == 0
    assert till.close().dropped == {"cash_not_fetched": 2}


def test_a_receipt_of_the_wrong_era_is_a_bad_row_not_a_late_one(till: Till) -> None:
    one, two = till.by_school(2)
    till.deliver()
    wrong = till.receipt(two)
    wrong[3] = "2564-01-20"
    assert till.take_receipts(till.receipt(one), wrong).refused == {"value_not_a_date": 1}
    assert till.close().out == 1
    assert troubles() == {}


def test_a_day_a_little_ahead_is_a_day(till: Till) -> None:
    till.by_promptpay()
    till.order()
    till.take_results(till.answered(on=date(2031, 1, 8)))
    assert till.match().held == {"no_result": 1}
    assert troubles() == {"result_late": 1}


def test_the_sentence_says_how_many_rows_were_bad_in_both_languages(till: Till) -> None:
    till.by_promptpay(2)
    till.order()
    path = till.write("results-bad", RESULTS, [[*row[:5], ""] for row in till.answered()])
    with pytest.raises(Refusal) as refused:
        results.take(path=path, round=ROUND, group="old")
    assert "2 แถว" in refused.value.th
    assert "2 are bad" in refused.value.en
