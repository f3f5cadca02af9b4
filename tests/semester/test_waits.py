"""A round waits for those who decide outside, one after the other, and what comes after the close has its day."""

import csv
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from takhai.platform.problems import Refusal
from takhai.platform.sets import execute
from takhai.platform.steps import closed
from takhai.policy import for_round
from takhai.semester import arrivals
from takhai.semester.job import BANK, CASH_CLOCK, DATE, TWO_SIGNATURES
from takhai.semester.runner import Wait
from tests.semester.office import ROUND, Office

ENTITLED = date(2020, 12, 28)
RECOVERED = for_round(ROUND).as_of("recover", "old")


def rewrite(path: Path, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    """Every row of a CSV as ``change`` makes it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [change(row) for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def step_is_closed(name: str) -> bool:
    return closed(task=f"2563-2/old/{name}") is not None


def outgoing(office: Office) -> set[str]:
    return {path.name.split("-2563")[0] for path in (office.root / "out").glob("*.csv")}


def test_a_round_waits_for_the_signatures_then_the_bank_then_the_cash(office: Office) -> None:
    seen: list[tuple[str, set[str]]] = []
    while waits := office.run():
        (wait,) = waits
        seen.append((wait.on, outgoing(office)))
        office.answer()
    listed = {"list", "approval-request"}
    assert seen == [
        (TWO_SIGNATURES, listed),
        (BANK, listed | {"payment"}),
        (CASH_CLOCK, listed | {"payment", "cash-roll"}),
    ]


def test_a_wait_names_its_step_and_its_group(office: Office) -> None:
    assert office.run() == [Wait(step="order", group="old", on=TWO_SIGNATURES, detail="")]


def test_a_run_without_an_answer_waits_for_the_same_and_writes_the_same_files(office: Office) -> None:
    first = office.run()
    before = {path.name: path.read_bytes() for path in (office.root / "out").iterdir()}
    assert office.run() == first
    assert {path.name: path.read_bytes() for path in (office.root / "out").iterdir()} == before


def test_no_payment_file_is_written_before_the_second_signature(office: Office) -> None:
    office.run()
    with pytest.raises(Refusal) as refused:
        office.run(only=("reconcile", "old"))
    assert refused.value.name == "step_out_of_turn"
    assert not office.out("payment").exists()


def test_an_approver_who_refuses_is_quoted_and_nothing_is_ordered(listed: Office) -> None:
    listed.answer()
    rewrite(listed.answers("approval"), lambda row: row | {"decision": "refuse", "reason": "ยอดไม่ตรง"})
    assert listed.run() == [Wait(step="order", group="old", on=TWO_SIGNATURES, detail="ยอดไม่ตรง")]
    assert not step_is_closed("order")
    assert not listed.out("payment").exists()


def test_a_refusal_may_be_followed_by_an_approval(listed: Office) -> None:
    listed.answer()
    approved = listed.answers("approval").read_bytes()
    rewrite(listed.answers("approval"), lambda row: row | {"decision": "refuse", "reason": "ยอดไม่ตรง"})
    listed.run()
    listed.answers("approval").with_stem("approval-2563-2-old-2").write_bytes(approved)
    assert [wait.on for wait in listed.run()] == [BANK]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"list_sha256": "0" * 64}, "approval_of_another_list"),
        ({"count": "1"}, "approval_of_another_list"),
        ({"approver": "somchai.freezer"}, "approval_same_hand"),
        ({"approver": "nobody"}, "approver_has_no_role"),
    ],
)
def test_a_signature_that_does_not_count_stops_the_run(
    listed: Office, change: dict[str, str], problem: str
) -> None:
    listed.answer()
    rewrite(listed.answers("approval"), lambda row: row | change)
    with pytest.raises(Refusal) as refused:
        listed.run()
    assert refused.value.name == problem
    assert not step_is_closed("order")


def test_a_list_is_frozen_by_an_officer_of_the_fund_or_not_at_all(office: Office) -> None:
    for each in ("intake", "identity", "group"):
        office.run(only=(each, ""))
    execute("UPDATE assignment SET to_day = '2020-12-28' WHERE role = 'eef_officer'")
    with pytest.raises(Refusal) as refused:
        office.run()
    assert refused.value.name == "freezer_has_no_role"
    assert not step_is_closed("entitle")


@pytest.mark.parametrize(
    ("until", "waiting"),
    [
        (date(2020, 12, 8), ("intake", "", "2020-12-09")),
        (date(2020, 12, 9), ("identity", "", "2020-12-28")),
        (ENTITLED, ("order", "old", "2021-01-06")),
    ],
)
def test_a_day_that_has_not_come_is_what_the_round_waits_for(
    office: Office, until: date, waiting: tuple[str, str, str]
) -> None:
    step, group, day = waiting
    assert office.run(until=until) == [Wait(step=step, group=group, on=DATE, detail=day)]


def test_the_report_waits_for_its_day_though_every_group_is_through(delivered: Office) -> None:
    delivered.answer()
    (wait,) = delivered.run(until=RECOVERED)
    assert (wait.step, wait.on, wait.detail) == ("report", DATE, "2021-04-01")
    assert step_is_closed("recover")


def test_money_that_comes_back_is_not_looked_at_before_the_cash_is_closed(delivered: Office) -> None:
    delivered.answer()
    arrivals.returns(delivered.job())
    assert delivered.told()["after_close"] == {"returned": 0, "late_receipt": 0}
    assert delivered.told()["ledger"]["returned"] == 0


def test_money_comes_back_on_its_day_and_not_before(delivered: Office) -> None:
    delivered.answer()
    delivered.run(until=RECOVERED)
    assert delivered.told()["after_close"]["returned"] == 0
    with delivered.answers("returns").open(encoding="utf-8", newline="") as file:
        last = max(date.fromisoformat(row["booked_on"]) for row in csv.DictReader(file))
    delivered.run(until=last - timedelta(days=1))
    before = delivered.told()["after_close"]["returned"]
    delivered.run(until=last)
    assert delivered.told()["after_close"]["returned"] >= before
    delivered.run()
    assert delivered.told()["after_close"]["returned"] > 0


def test_returns_may_come_after_the_last_step(delivered: Office) -> None:
    delivered.answer()
    later = delivered.answers("returns").read_bytes()
    delivered.answers("returns").unlink()
    assert delivered.run() == []
    assert delivered.told()["ledger"]["returned"] == 0
    assert delivered.told()["status"] == "complete"
    delivered.answers("returns").write_bytes(later)
    assert delivered.run() == []
    assert delivered.told()["ledger"]["returned"] > 0


def test_a_receipt_that_comes_after_the_close_pays_late_before_the_money_goes_back(delivered: Office) -> None:
    delivered.answer()
    receipts = delivered.answers("receipts")
    head, *rows = receipts.read_text("utf-8").splitlines(keepends=True)
    late = [row for row in rows if ",received," in row and not row.endswith(",\n")]
    assert late
    receipts.write_text("".join([head, *(row for row in rows if row not in late)]), "utf-8")
    delivered.run(until=RECOVERED)
    assert delivered.told()["after_close"]["late_receipt"] == 0
    receipts.with_stem("receipts-2563-2-old-late").write_text("".join([head, *late]), "utf-8")
    delivered.run()
    truth = json.loads((delivered.root / "truth.json").read_text("utf-8"))
    assert delivered.told()["after_close"] == truth["after_close"]
    assert truth["after_close"]["late_receipt"] > 0
