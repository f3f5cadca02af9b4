"""Answers that lie: one clear refusal for the row or the file, no half write, good rows go on."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from takhai.benefits import queries as benefits
from takhai.ledger.services import verify
from takhai.payments import queries as payments
from takhai.payments.services import recovery, results
from takhai.platform.problems import Refusal
from takhai.platform.sets import fetch
from takhai.platform.types import Outcome
from tests.benefits.town import ROUND, one
from tests.payments.till import Till, balances, lines

pytestmark = pytest.mark.django_db
DAY = "2021-01-08"


def holds() -> bool:
    return verify.run(expected=[benefits.movements(), payments.movements()]) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("satang", "-100000"),
        ("satang", "NaN"),
        ("satang", "1e5"),
        ("satang", "99999999999999999999"),
        ("satang", ""),
        ("satang", "=100000"),
        ("status", "ACCEPTED!"),
        ("status", ""),
        ("booked_on", "2021-02-30"),
        ("booked_on", "08/01/2564"),
        ("booked_on", "2564-01-08x"),
        ("payee", "'; DROP TABLE transfer; --"),
        ("payee", "12345"),
        ("payee", ""),
        ("reference", ""),
        ("reference", "=cmd|' /C calc'!A0"),
        ("reference", "x" * 65),
        ("code", "ขออภัย"),
    ],
)
def test_a_result_that_cannot_be_read_refuses_its_row_alone(till: Till, column: str, value: str) -> None:
    till.by_promptpay(2)
    till.order()
    good, bad = till.answered()
    bad[("reference", "payee", "satang", "status", "code", "booked_on").index(column)] = value
    outcome = till.take_results([bad, good])
    assert outcome.done == 1
    assert sum(outcome.refused.values()) == 1
    flow = till.match()
    assert (flow.out, sum(flow.held.values())) == (1, 1)
    assert holds()


def test_baht_where_satang_belong_never_post(till: Till) -> None:
    till.by_promptpay()
    till.order()
    ((reference, payee, _, _),) = till.sent()
    till.take_results([[reference, payee, "1000.00", "accepted", "", DAY]])
    assert till.match().held == {"result_differs": 1}
    assert holds()


def test_an_amount_in_thai_digits_is_the_amount(till: Till) -> None:
    till.by_promptpay()
    till.order()
    ((reference, payee, satang, _),) = till.sent()
    thai = str(satang).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    till.take_results([[reference, payee, thai, "accepted", "", DAY]])
    assert till.match().out == 1


@pytest.mark.parametrize("change", [str.upper, lambda text: f" {text} ", lambda text: text.replace("-", "")])
def test_a_reference_is_compared_letter_by_letter(till: Till, change: Callable[[str], str]) -> None:
    till.by_promptpay()
    till.order()
    ((reference, payee, satang, _),) = till.sent()
    outcome = till.take_results([[change(reference), payee, satang, "accepted", "", DAY]])
    said = change(reference).strip() == reference
    assert (outcome.done == 1) is said
    assert holds()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"PK\x03\x04not a zip",
        b"reference,payee\n1,2\n",
        b"<html><body>results</body></html>",
        b"reference;payee;satang;status;code;booked_on\n",
        b"reference,payee,satang,status,code,booked_on,reference\n",
        b'reference,payee,satang,status,code,booked_on\n"never closed',
    ],
)
def test_what_is_no_results_file_is_refused_whole_or_takes_nothing(till: Till, content: bytes) -> None:
    till.by_promptpay()
    till.order()
    path = till.root / "results.csv"
    path.write_bytes(content)
    with suppress(Refusal):
        assert results.take(path=path, round=ROUND, group="old").done == 0
    assert one("SELECT count(*) FROM bank_result") == 0
    assert till.match().held == {"no_result": 1}


def test_a_results_file_of_another_round_is_refused_by_its_name(till: Till) -> None:
    till.by_promptpay()
    till.order()
    path = till.write(
        "2564-1-results", ("reference", "payee", "satang", "status", "code", "booked_on"), till.answered()
    )
    with pytest.raises(Refusal) as refused:
        results.take(path=path, round=ROUND, group="old")
    assert refused.value.name == "other_round"


def test_a_file_that_repeats_one_result_ten_thousand_times_posts_it_once(till: Till) -> None:
    till.by_promptpay()
    till.order()
    (row,) = till.answered()
    assert till.take_results([row] * 10_000) == Outcome(done=1, same=9_999)
    till.match()
    assert balances() == {"budget": -100_000, "paid": 100_000}


def test_results_in_any_order_come_to_the_same(till: Till) -> None:
    till.by_promptpay(5)
    till.by_school(5)
    till.order()
    till.take_results(reversed(till.answered()))
    assert till.match().out == 10


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (0, ""),
        (0, "../../etc/passwd"),
        (1, "paid"),
        (1, ""),
        (2, "1000.001"),
        (2, "-1000.00"),
        (2, "1,00"),
        (2, ""),
        (2, "สองพัน"),
        (3, ""),
        (3, "2021-13-01"),
        (3, "18/01/2564"),
    ],
)
def test_a_receipt_that_cannot_be_read_pays_nobody(till: Till, column: int, value: str) -> None:
    good, bad = till.by_school(2)
    till.deliver()
    row = till.receipt(bad)
    row[column] = value
    outcome = till.take_receipts(row, till.receipt(good))
    assert outcome.done == 1
    assert sum(outcome.refused.values()) == 1
    assert till.close().out == 1
    assert holds()


@pytest.mark.parametrize("status", ["moved", "left", "died"])
def test_a_status_cannot_pay_whatever_amount_it_names(till: Till, status: str) -> None:
    (person,) = till.by_school()
    till.deliver()
    row = till.receipt(person, status=status)
    row[2] = "1000.00"
    till.take_receipts(row)
    assert till.close().out == 0


def test_a_receipt_for_a_line_of_another_group_pays_nobody(till: Till) -> None:
    (person,) = till.by_school()
    till.deliver()
    assert till.take_receipts(till.receipt(person), group="new").refused == {"receipt_unknown_line": 1}
    assert till.close().out == 0


def test_swapped_line_references_of_one_amount_pay_the_named_lines_only(till: Till) -> None:
    one_, two = till.by_school(2)
    till.deliver()
    till.take_receipts(till.receipt(one_))
    till.close()
    states = dict(zip(sorted((one_, two)), lines(), strict=True))
    assert states == {one_: "paid", two: "due_back"}


@pytest.mark.parametrize(
    "amount", ["0.00", "-3000.00", "3000.000", "3,000,00", "3000 บาท", "", "1e3", "٣٠٠٠"]
)
def test_a_return_that_cannot_be_read_or_is_nothing_gives_nothing_back(till: Till, amount: str) -> None:
    till.by_school(3)
    till.deliver()
    till.close()
    row = till.give_back(300_000, on=date(2021, 3, 1))
    row[2] = amount
    till.take_returns(row)
    till.settle()
    assert lines() == ["due_back"] * 3
    assert holds()


@pytest.mark.parametrize("path", ["missing.csv", "folder.csv"])
def test_a_file_that_is_not_there_or_no_file_is_refused(till: Till, path: str) -> None:
    (till.root / "folder.csv").mkdir()
    with pytest.raises(Refusal):
        recovery.take_receipts(path=till.root / path, round=ROUND, group="old")


def test_a_refusal_half_way_writes_nothing(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    people: list[UUID] = till.by_school(2)
    till.deliver()
    monkeypatch.setattr(recovery, "together", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        till.take_receipts(till.receipt(people[0]), ["STRAY", "received", "1.00", "2021-01-20", "", ""])
    assert fetch("SELECT count(*) FROM receipt") == [(0,)]
    assert fetch("SELECT count(*) FROM payment_exception") == [(0,)]


def test_a_link_to_a_file_elsewhere_tells_nothing_of_it(till: Till, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("top secret\n", "utf-8")
    link = till.root / "receipts.csv"
    link.symlink_to(secret)
    with pytest.raises(Refusal) as refused:
        recovery.take_receipts(path=link, round=ROUND, group="old")
    assert "secret" not in refused.value.en
