"""What goes out: the list to approve, the payment file, the cash roll: same state, same bytes, for one pair of eyes."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from takhai.platform.exchange import sha256
from takhai.policy import for_round
from takhai.semester.departures import publish_cash_roll, publish_list, publish_payment
from tests.semester.office import ROUND, Office

COLUMNS = {
    "approval-request": "round,group,list_file,list_sha256,count,baht,frozen_by,frozen_on",
    "list": "no,entitlement_round,identifier_masked,name,school_code,class,level,affiliation,baht",
    "payment": "reference,channel,payee,payee_name,bank,baht,lines,value_date",
    "cash-roll": "line_reference,return_reference,school_code,identifier,name,class,baht,opens,closes",
}
WRITES = {
    "approval-request": publish_list,
    "list": publish_list,
    "payment": publish_payment,
    "cash-roll": publish_cash_roll,
}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def baht(rows: list[dict[str, str]]) -> Decimal:
    return sum((Decimal(row["baht"]) for row in rows), Decimal(0))


def satang(amount: Decimal) -> int:
    return int(amount * 100)


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_file_that_goes_out_has_the_columns_of_the_data_dictionary(finished: Office, kind: str) -> None:
    assert finished.out(kind).read_text("utf-8").splitlines()[0] == COLUMNS[kind]


@pytest.mark.parametrize("kind", COLUMNS)
def test_written_anew_a_file_is_the_same_to_the_byte(finished: Office, kind: str) -> None:
    before = sha256(finished.out(kind))
    finished.out(kind).unlink()
    WRITES[kind](finished.job())
    assert sha256(finished.out(kind)) == before


@pytest.mark.parametrize("kind", COLUMNS)
def test_only_the_owner_may_read_what_goes_out(finished: Office, kind: str) -> None:
    finished.out(kind).chmod(0o644)
    WRITES[kind](finished.job())
    assert finished.out(kind).stat().st_mode & 0o777 == 0o600
    assert finished.out(kind).parent.stat().st_mode & 0o777 == 0o700


def test_nothing_half_written_is_left_beside_the_files(finished: Office) -> None:
    names = {path.name for path in (finished.root / "out").iterdir()}
    of_each = {f"{kind}-2563-2-{group}.csv" for kind in COLUMNS for group in ("old", "new")}
    assert names == of_each | {"pmt-list-2563-2-new.csv"}


def test_the_request_names_the_list_and_its_count_and_sum(finished: Office) -> None:
    (request,) = read(finished.out("approval-request"))
    listed = read(finished.out("list"))
    assert (request["round"], request["group"]) == ("2563-2", "old")
    assert request["list_file"] == finished.out("list").name
    assert int(request["count"]) == len(listed) > 20
    assert Decimal(request["baht"]) == baht(listed)
    assert (request["frozen_by"], request["frozen_on"]) == ("somchai.freezer", "2020-12-28")
    assert re.fullmatch(r"[0-9a-f]{64}", request["list_sha256"])


def test_a_list_has_as_many_rows_and_satang_as_entitle_let_out(finished: Office) -> None:
    listed, line = read(finished.out("list")), finished.line("entitle", "old")
    assert (len(listed), satang(baht(listed))) == (line["out"], line["satang_out"])
    assert [row["no"] for row in listed] == [str(at) for at in range(1, len(listed) + 1)]


def test_a_list_shows_no_whole_number_of_anybody(finished: Office) -> None:
    text = finished.out("list").read_text("utf-8")
    assert not re.search(r"\d{13}", text.replace("-", ""))
    assert all("x" in row["identifier_masked"] for row in read(finished.out("list")))


def test_a_payment_file_asks_for_what_order_let_out_on_the_first_day_of_the_banks_window(
    finished: Office,
) -> None:
    asked, line = read(finished.out("payment")), finished.line("order", "old")
    assert sum(int(row["lines"]) for row in asked) == line["out"]
    assert satang(baht(asked)) == line["satang_out"]
    assert {row["value_date"] for row in asked} == {
        for_round(ROUND).window("reconcile", "old").opens.isoformat()
    }
    assert len({row["reference"] for row in asked}) == len(asked)


def test_a_transfer_is_one_pupil_by_promptpay_or_one_school_with_all_its_lines(finished: Office) -> None:
    asked = read(finished.out("payment"))
    assert {row["channel"] for row in asked} == {"promptpay", "school"}
    for row in asked:
        if row["channel"] == "promptpay":
            assert (row["lines"], row["bank"]) == ("1", "")
            assert re.fullmatch(r"\d{13}", row["payee"])
    schools = [row["payee"] for row in asked if row["channel"] == "school"]
    assert len(set(schools)) == len(schools)
    assert all(row["bank"] for row in asked if row["channel"] == "school")


def test_a_cash_roll_has_one_line_a_pupil_and_one_bill_a_school_within_the_window(finished: Office) -> None:
    roll, window = read(finished.out("cash-roll")), for_round(ROUND).window("recover", "old")
    assert len({row["line_reference"] for row in roll}) == len(roll) > 5
    bills = {(row["school_code"], row["return_reference"]) for row in roll}
    assert len(bills) == len({code for code, _ in bills}) == len({bill for _, bill in bills})
    assert {(row["opens"], row["closes"]) for row in roll} == {
        (window.opens.isoformat(), window.closes.isoformat())
    }


def test_a_cash_roll_holds_what_arrived_at_the_schools_and_nobody_paid_by_promptpay(finished: Office) -> None:
    roll = read(finished.out("cash-roll"))
    asked = {row["reference"]: row for row in read(finished.out("payment"))}
    delivered = [
        row
        for row in read(finished.answers("results"))
        if row["status"] == "accepted" and row["reference"] in asked
    ]
    lines = sum(
        int(asked[row["reference"]]["lines"]) for row in delivered if row["satang"] == _satang(asked, row)
    )
    paid = sum(
        1
        for row in delivered
        if asked[row["reference"]]["channel"] == "promptpay" and row["satang"] == _satang(asked, row)
    )
    assert len(roll) <= lines - paid
    assert not {row["identifier"] for row in roll} & {row["payee"] for row in asked.values()}


def _satang(asked: dict[str, dict[str, str]], row: dict[str, str]) -> str:
    return str(satang(Decimal(asked[row["reference"]]["baht"])))
