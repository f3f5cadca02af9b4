"""Good rows of a half-bad file go on, every other row is counted, and the books hold whatever came in."""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.journeys.doors import CHANNELS, EXTRACT, LAST, OBEC, RECEIPTS, RESULTS, RETURNS
from tests.journeys.house import COMPLETE, WAITING, House, without_times
from tests.journeys.spoiling import Row, first, rows, write
from tests.journeys.stages import BANK, CASH, DONE, EMPTY, SIGNATURES, OpenAt, Stages
from tests.journeys.warm import Told, Warm, warm

Json = dict[str, Any]
LEFT_OUT = re.compile(r"^(\S+): .* \| \d+ rows left out \((.*)\)$", re.MULTILINE)


def read(path: Path) -> list[Row]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def run(here: Warm, status: int) -> tuple[Told, Json]:
    """Runs the round; what was told and the summary."""
    told = here.run("--json", str(here.house.files / "now.json"))
    assert told.status == status, told.err[-1000:]
    assert here.takhai("ledger", "verify").status == 0
    return told, json.loads((here.house.files / "now.json").read_text("utf-8"))


def left_out(told: Told) -> dict[str, dict[str, int]]:
    """Rows that were not taken in, by file and reason, as the run says it."""
    return {
        file: {name: int(n) for name, n in (each.split(" ") for each in reasons.split(", "))}
        for file, reasons in LEFT_OUT.findall(told.out)
    }


def step(summary: Mapping[str, Any], name: str) -> Json:
    return next(each for each in summary["steps"] if each["step"] == name)


def more(now: Mapping[str, int], before: Mapping[str, int]) -> dict[str, int]:
    """What counts have changed, and by how much."""
    return {name: n - before.get(name, 0) for name, n in now.items() if n != before.get(name, 0)}


def test_bad_rows_of_what_comes_before_the_round_are_left_out_and_told(stages: Stages, at: OpenAt) -> None:
    house = at(EMPTY)
    bad = [
        {"identifier": "123"}, {"class": "ป.9"}, {"birth_date": "05/07/2553"}, {"birth_date": "2553-07-05"},
        {"sex": "x"}, {"school_code": "99999999"}, {"compliant": "maybe"}, {"first_name": "ก\0"},
        {"first_subsidy_year": "=2562"}, {"identifier": "=1101700230708"},
    ]  # fmt: skip
    first(LAST, bad)(house.files)
    strange = [
        {"number": "1"},
        {"alive": "?"},
        {"birth_date": "2553-01-01"},
        {"sex": "0"},
        {"first_name": "\0"},
    ]
    first(EXTRACT, strange)(house.files)
    rows(CHANNELS, {-1: lambda old: [old, old | {"identifier": "x"}, old | {"channel": "cash"}]})(house.files)
    with warm(house) as here:
        told, summary = run(here, WAITING)
        counts = here.census()
    assert left_out(told)["last_round.csv"] == {
        "school_unknown": 1, "text_unclean": 1, "value_not_a_choice": 2, "value_not_a_code": 3, "value_not_a_date": 2,
        "value_not_a_number": 1,
    }  # fmt: skip
    assert left_out(told)["registry_extract.csv"] == {
        "text_unclean": 1, "value_not_a_choice": 2, "value_not_a_code": 1, "value_not_a_date": 1,
    }  # fmt: skip
    # Nobody knows those whose row of the last list was bad, so nobody knows what they chose.
    assert left_out(told)["channels.csv"] == {
        "person_unknown": 10,
        "value_not_a_choice": 1,
        "value_not_a_code": 1,
    }
    assert counts["beneficiary"] - step(summary, "enrol")["out"] == len(read(house.files / LAST)) - len(bad)
    assert step(summary, "intake") == step(stages.undisturbed(SIGNATURES), "intake")


def test_bad_rows_of_a_register_are_counted_by_their_reason_and_kept_to_be_mended(
    stages: Stages, at: OpenAt
) -> None:
    house = at(EMPTY)
    path = house.files / OBEC
    whole = path.read_text("utf-8-sig")
    cells = next(csv.reader([next(line for line in whole.splitlines()[1:] if ",เด็กหญิง," in line)]))
    changes: Sequence[tuple[int, str]] = [
        (2, "=1+1"), (2, "12345"), (2, ""), (3, "ม.7"), (6, "?"), (8, "ก\0ข"), (8, ""), (10, "31/02/2553"),
        (10, "05/07/2010"), (10, "05/07/2590"), (0, "8102"), (0, "99999999"), (8, "ก" * 501),
    ]  # fmt: skip
    lines = [",".join([*cells[:at], value, *cells[at + 1 :]]) for at, value in changes]
    cut_short = ",".join(cells[:20])
    path.write_text("\ufeff" + "\n".join([whole.rstrip("\n"), *lines, cut_short]), "utf-8")
    with warm(house) as here:
        _, summary = run(here, WAITING)
    before, now = step(stages.undisturbed(SIGNATURES), "intake"), step(summary, "intake")
    assert more(now["dropped"], before["dropped"]) == {
        "number_malformed": 3, "class_unknown": 1, "sex_unknown": 1, "text_unclean": 2, "name_missing": 1,
        "birth_date_impossible": 1, "birth_year_out_of_range": 2, "school_code_malformed": 1, "school_unknown": 1,
        "row_malformed": 1,
    }  # fmt: skip
    assert now["out"] == before["out"]
    assert now["joined"] == before["joined"] + len(changes) + 1
    kept = b"".join(each.read_bytes() for each in (house.home / "bad-rows").rglob("*") if each.is_file())
    assert b"'=1+1" in kept
    assert b",=1+1" not in kept


def plain(files: Path) -> list[str]:
    """References of transfers to pupils that the bank answered once, and as they were sent."""
    sent = {row["reference"]: row for row in read(files / "out" / "payment-2563-2-old.csv")}
    answers = read(files / RESULTS)
    said = [row["reference"] for row in answers]
    return [
        row["reference"]
        for row in answers
        if said.count(row["reference"]) == 1
        and row["reference"] in sent
        and len(row["payee"]) == 13
        and row["payee"] == sent[row["reference"]]["payee"]
        and int(row["satang"]) == round(float(sent[row["reference"]]["baht"]) * 100)
        and (row["status"], row["booked_on"] <= "2021-01-11") == ("accepted", True)
    ]


def lie(files: Path) -> None:
    """Results in which ten good answers are spoiled, each in its own way, and one belongs to nothing."""
    chosen = plain(files)
    ways: list[Row] = [
        {"payee": "0812345678"}, {"satang": "1000.50"}, {"satang": "=100000"}, {"booked_on": "2564-01-08"},
        {"booked_on": "08/01/2564"}, {"reference": "a\0b"}, {"status": "paid"}, {"satang": "100001"},
    ]  # fmt: skip
    changes = dict(zip(chosen, ways, strict=False))
    made = [row | changes.get(row["reference"], {}) for row in read(files / RESULTS)]
    twice = {row["reference"]: row for row in made}
    made.append(twice[chosen[8]] | {"status": "refused", "code": "account_closed"})
    made.append(twice[chosen[9]])
    made.append(twice[chosen[9]] | {"reference": "NEVER-SENT"})
    write(files / RESULTS, list(made[0]), made)
    # The whole file again under another name, with one row more that contradicts what stands.
    write(
        files / RESULTS.replace(".csv", "-2.csv"),
        list(made[0]),
        [*made, twice[chosen[9]] | {"satang": "1"}],
    )


def test_results_that_lie_hold_their_lines_and_the_round_goes_on_to_its_end(
    stages: Stages, at: OpenAt
) -> None:
    house = at(BANK)
    lie(house.files)
    with warm(house) as here:
        told, summary = run(here, WAITING)
        before = stages.undisturbed(CASH)
        assert left_out(told)["results-2563-2-old.csv"] == {
            "text_unclean": 1, "value_not_a_choice": 1, "value_not_a_date": 2, "value_not_money": 2,
        }  # fmt: skip
        now, then = step(summary, "reconcile"), step(before, "reconcile")
        assert more(now["held"], then["held"]) == {"result_differs": 2, "no_result": 6}
        assert now["out"] == then["out"] - 8
        assert more(summary["exceptions"], before["exceptions"]) == {
            "result_contradicts": 2,
            "result_without_order": 1,
        }
        for status in (WAITING, COMPLETE):
            house.answer()
            _, finished = run(here, status)
    assert step(finished, "recover")["in"] == now["out"]
    assert without_times(finished)["status"] == "complete"


def test_a_result_that_comes_after_the_step_is_counted_and_moves_nothing(stages: Stages, at: OpenAt) -> None:
    house = at(DONE)
    sent = read(house.files / "out" / "payment-2563-2-old.csv")
    answered = {row["reference"] for row in read(house.files / RESULTS)}
    late = next(row for row in sent if row["reference"] not in answered)
    row = {"reference": late["reference"], "payee": late["payee"], "satang": "100000", "status": "accepted"}
    write(
        house.files / RESULTS.replace(".csv", "-late.csv"),
        [*row, "code", "booked_on"],
        [row | {"code": "", "booked_on": "2021-01-08"}],
    )
    with warm(house) as here:
        _, summary = run(here, COMPLETE)
        _, again = run(here, COMPLETE)
    before = stages.undisturbed(DONE)
    assert more(summary["exceptions"], before["exceptions"]) == {"result_late": 1}
    assert summary["ledger"] == before["ledger"]
    assert summary["steps"] == before["steps"]
    assert again == summary


def sign(house: House) -> dict[str, list[Row]]:
    """Receipts of eight lines, of which two are good; the lines that fall due, by bill."""
    roll = read(house.files / "out" / "cash-roll-2563-2-old.csv")[:8]
    ways: list[Row] = [
        {}, {"baht": "1000.001"}, {"baht": "=1000"}, {"received_on": "2564-01-22"}, {"line_reference": "a\0"},
        {"status": "paid"}, {"baht": "999.99"}, {},
    ]  # fmt: skip
    made = [
        {
            "line_reference": line["line_reference"], "status": "received", "baht": line["baht"],
            "received_on": "2021-01-22", "recipient": "ผู้ปกครอง", "reason": "",
        } | way
        for line, way in zip(roll, ways, strict=True)
    ]  # fmt: skip
    made.append(made[7] | {"status": "moved", "baht": "0.00"})
    made.append(made[0] | {"line_reference": "NEVER-SENT"})
    write(house.files / RECEIPTS, list(made[0]), made)
    write(
        house.files / RECEIPTS.replace(".csv", "-2.csv"),
        list(made[0]),
        [*made, made[0] | {"received_on": "2021-01-23"}],
    )
    due: dict[str, list[Row]] = {}
    for line in roll[1:7]:
        due.setdefault(line["return_reference"], []).append(line)
    for line in read(house.files / "out" / "cash-roll-2563-2-old.csv")[8:]:
        due.setdefault(line["return_reference"], []).append(line)
    return due


def test_receipts_and_returns_that_lie_pay_nobody_and_are_counted(stages: Stages, at: OpenAt) -> None:
    house = at(CASH)
    due = sign(house)
    bills = {
        reference: sum(round(float(line["baht"]) * 100) for line in lines) for reference, lines in due.items()
    }
    right, wrong, formula, era = sorted(bills)[:4]
    given = [
        (right, f"{bills[right] / 100:.2f}", "2021-03-04"), (right, f"{bills[right] / 100:.2f}", "2021-03-05"),
        (wrong, f"{bills[wrong] / 100 + 1:.2f}", "2021-03-04"), (formula, "=1000", "2021-03-04"),
        (era, f"{bills[era] / 100:.2f}", "2564-03-04"), ("NEVER-SENT", "500.00", "2021-03-04"),
    ]  # fmt: skip
    columns = ("return_reference", "school_code", "baht", "booked_on")
    made = [dict(zip(columns, (bill, bill[-8:], *rest), strict=True)) for bill, *rest in given]
    made[-1]["school_code"] = right[-8:]
    for name in (RETURNS, RETURNS.replace(".csv", "-again.csv")):
        write(house.files / name, list(columns), made)
    with warm(house) as here:
        told, summary = run(here, WAITING)
        _, again = run(here, WAITING)
    before = stages.undisturbed(CASH)
    assert left_out(told)["receipts-2563-2-old.csv"] == {
        "text_unclean": 1, "value_not_a_choice": 1, "value_not_a_date": 1, "value_not_money": 2,
    }  # fmt: skip
    assert left_out(told)["returns-2563-2-old-again.csv"] == {"value_not_a_date": 1, "value_not_money": 1}
    assert more(summary["exceptions"], before["exceptions"]) == {
        "receipt_differs": 1, "receipt_repeated": 2, "receipt_unknown_line": 1, "return_repeated": 1,
        "return_differs": 1, "return_without_bill": 1,
        # The bank's answer to the new group came at the same time, with a stray of its own.
        "result_without_order": 1,
    }  # fmt: skip
    recover = step(summary, "recover")
    assert more(recover["dropped"], {}) == {"cash_not_fetched": sum(map(len, due.values()))}
    assert summary["after_close"] == {"returned": bills[right], "late_receipt": 0}
    assert summary["ledger"]["due_back"] == sum(bills.values()) - bills[right]
    assert again == summary
