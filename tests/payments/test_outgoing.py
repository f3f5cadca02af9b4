"""Files that go out: what bank and schools are told, in which order, and who looked at numbers for it."""

from datetime import date

import pytest

from takhai.access.scope import NoScope, Scope
from takhai.payments import queries as payments
from takhai.platform.sets import fetch
from tests.benefits.town import ROUND, SCOPE, one
from tests.payments.till import Till

pytestmark = pytest.mark.django_db
VALUE_DATE, OPENS, CLOSES = date(2021, 1, 6), date(2021, 1, 18), date(2021, 2, 18)


def payment_file(*, group: str = "old") -> list[tuple[object, ...]]:
    return list(payments.payment_rows(round=ROUND, group=group, value_date=VALUE_DATE, scope=SCOPE))


def cash_roll(*, group: str = "old") -> list[tuple[object, ...]]:
    return list(payments.cash_roll_rows(round=ROUND, group=group, opens=OPENS, closes=CLOSES, scope=SCOPE))


def test_a_pupils_transfer_names_his_number_and_himself(till: Till) -> None:
    (person,) = till.by_promptpay(level="kindergarten")
    till.order()
    ((reference, *rest),) = payment_file()
    assert rest == ["promptpay", till.numbers[person], "เด็กชายใจ1 ดี", "", "1500.00", 1, "2021-01-06"]
    assert str(reference) == str(one("SELECT transfer FROM order_line"))


def test_a_schools_transfer_names_its_account_and_bank(till: Till) -> None:
    till.by_school(3)
    till.order()
    assert payment_file() == [
        ("25632OLD81010001", "school", "9810100011", "81010001", "KTB", "3000.00", 3, "2021-01-06")
    ]


def test_amounts_in_files_have_two_decimals_and_no_thousands_mark(till: Till) -> None:
    till.by_school(12)
    till.order()
    assert payment_file()[0][5] == "12000.00"


def test_the_payment_file_has_the_columns_it_promises(till: Till) -> None:
    till.by_promptpay()
    till.order()
    assert len(payment_file()[0]) == len(payments.PAYMENT_COLUMNS)


def test_the_payment_file_is_the_same_whenever_it_is_written(till: Till) -> None:
    till.by_promptpay(5)
    till.by_school(5)
    till.by_school(5, school="81010002")
    till.order()
    first = payment_file()
    assert [row[1] for row in first] == ["promptpay"] * 5 + ["school"] * 2
    till.take_results(till.answered())
    till.match()
    assert payment_file() == first


def test_held_lines_are_in_no_payment_file(till: Till) -> None:
    till.list()
    till.order()
    assert payment_file() == []


def test_a_payment_file_is_of_one_group(till: Till) -> None:
    till.by_promptpay()
    till.order()
    assert payment_file(group="new") == []


def test_the_cash_roll_has_a_row_for_each_pupil_a_school_was_paid_for(till: Till) -> None:
    (person,) = till.by_school()
    till.number(person, "G638100000007", form="gcode")
    till.by_promptpay()
    till.deliver()
    line, _ = till.roll()[person]
    ((reference, *rest),) = cash_roll()
    assert str(reference) == line
    assert rest == [
        "R25632OLD81010001",
        "81010001",
        "G638100000007",
        "เด็กชายใจ1 ดี",
        "ป.4",
        "1000.00",
        "2021-01-18",
        "2021-02-18",
    ]


def test_the_cash_roll_has_the_columns_it_promises_by_school_and_class(till: Till) -> None:
    till.by_school(2, school="81010002")
    till.by_school(2, level="kindergarten")
    till.by_school(2)
    till.deliver()
    rows = cash_roll()
    assert {len(row) for row in rows} == {len(payments.CASH_ROLL_COLUMNS)}
    assert [(row[2], row[5]) for row in rows] == [
        ("81010001", "ป.4"),
        ("81010001", "ป.4"),
        ("81010001", "อ.2"),
        ("81010001", "อ.2"),
        ("81010002", "ป.4"),
        ("81010002", "ป.4"),
    ]


def test_the_cash_roll_stays_the_same_after_the_close(till: Till) -> None:
    people = till.by_school(3)
    till.deliver()
    first = cash_roll()
    till.take_receipts(till.receipt(people[0]))
    till.close()
    assert cash_roll() == first


def test_what_the_bank_did_not_pay_is_on_no_cash_roll(till: Till) -> None:
    till.by_school(2)
    till.order()
    till.match()
    assert cash_roll() == []


def test_looking_at_numbers_is_written_down_with_its_reason(till: Till) -> None:
    till.by_promptpay(2)
    till.by_school(1)
    till.deliver()
    payment_file()
    cash_roll()
    reasons = {str(reason) for (reason,) in fetch("SELECT reason FROM looking_log")}
    assert {"payment file 2563-2/old", "cash roll 2563-2/old"} <= reasons


def test_numbers_are_opened_only_inside_the_scope(till: Till) -> None:
    till.by_promptpay()
    till.order()
    nobody = Scope(paths=("th/elsewhere/",), by="stranger")
    try:
        rows = list(payments.payment_rows(round=ROUND, group="old", value_date=VALUE_DATE, scope=nobody))
    except NoScope:
        return
    assert [row[2] for row in rows] == [""]
