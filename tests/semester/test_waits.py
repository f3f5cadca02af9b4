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
from takhai.semester.job import BANK, CASH_CLOCK, COMMITTEES, DATE, FORMS, SCHOOLS, TWO_SIGNATURES
from takhai.semester.runner import Wait
from takhai.semester.summary import expected
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


def old(waits: list[Wait]) -> list[Wait]:
    return [wait for wait in waits if wait.group == "old"]


def test_each_group_waits_for_its_own_and_holds_up_nobody_else(office: Office) -> None:
    seen: list[tuple[dict[str, str], set[str]]] = []
    while waits := office.run():
        seen.append(({wait.group: wait.on for wait in waits}, outgoing(office)))
        office.answer()
    listed = {"list", "approval-request", "pmt-list"}
    assert seen == [
        ({"old": TWO_SIGNATURES, "new": COMMITTEES}, listed),
        ({"old": BANK, "new": TWO_SIGNATURES}, listed | {"payment"}),
        ({"old": CASH_CLOCK, "new": BANK}, listed | {"payment", "cash-roll"}),
        ({"new": CASH_CLOCK}, listed | {"payment", "cash-roll"}),
    ]


def test_a_wait_names_its_step_and_its_group(office: Office) -> None:
    assert office.run() == [
        Wait(step="order", group="old", on=TWO_SIGNATURES, detail=""),
        Wait(step="certify", group="new", on=COMMITTEES, detail=""),
    ]


def test_without_forms_the_new_group_waits_for_them_and_the_old_one_goes_on(office: Office) -> None:
    (office.root / "forms.csv").rename(office.root / "away.csv")
    assert {wait.group: wait.on for wait in office.run()} == {"old": TWO_SIGNATURES, "new": FORMS}
    (office.root / "away.csv").rename(office.root / "forms.csv")
    assert {wait.group: wait.on for wait in office.run()} == {"old": TWO_SIGNATURES, "new": COMMITTEES}


@pytest.mark.parametrize("name", ["school_days.csv", "attendance.csv", "growth.csv"])
def test_at_the_end_the_round_waits_for_what_the_schools_say(delivered: Office, name: str) -> None:
    (delivered.root / name).rename(delivered.root / "away.csv")
    delivered.answer()
    delivered.run()
    delivered.answer()
    assert delivered.run() == [Wait(step="comply", group="", on=SCHOOLS, detail=name)]
    assert expected(term=ROUND) == [Wait(step="comply", group="", on=SCHOOLS, detail="")]
    (delivered.root / "away.csv").rename(delivered.root / name)
    assert delivered.run() == []


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
    quoted = Wait(step="order", group="old", on=TWO_SIGNATURES, detail="ยอดไม่ตรง")
    assert old(listed.run()) == [quoted]
    assert not step_is_closed("order")
    assert not listed.out("payment").exists()


def test_a_refusal_may_be_followed_by_an_approval(listed: Office) -> None:
    listed.answer()
    approved = listed.answers("approval").read_bytes()
    rewrite(listed.answers("approval"), lambda row: row | {"decision": "refuse", "reason": "ยอดไม่ตรง"})
    listed.run()
    listed.answers("approval").with_stem("approval-2563-2-old-2").write_bytes(approved)
    assert [wait.on for wait in old(listed.run())] == [BANK]


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
        (date(2020, 12, 8), [("intake", "", "2020-12-09")]),
        (date(2020, 12, 9), [("identity", "", "2020-12-28")]),
        (ENTITLED, [("order", "old", "2021-01-06"), ("assess", "new", "2021-01-15")]),
    ],
)
def test_a_day_that_has_not_come_is_what_the_round_waits_for(
    office: Office, until: date, waiting: list[tuple[str, str, str]]
) -> None:
    waits = [Wait(step=step, group=group, on=DATE, detail=day) for step, group, day in waiting]
    assert office.run(until=until) == waits


def test_what_speaks_for_the_round_waits_for_its_day_though_every_group_is_through(delivered: Office) -> None:
    through = for_round(ROUND).as_of("recover", "new")
    for _ in range(2):
        delivered.answer()
        waits = delivered.run(until=through)
    assert waits == [Wait(step="comply", group="", on=DATE, detail="2021-04-01")]
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
    later: dict[Path, bytes] = {}
    for _ in range(2):
        delivered.answer()
        for path in (delivered.root / "answers").glob("returns-*.csv"):
            later[path] = path.read_bytes()
            path.unlink()
        waits = delivered.run()
    assert waits == []
    assert delivered.told()["ledger"]["returned"] == 0
    assert delivered.told()["status"] == "complete"
    for path, content in later.items():
        path.write_bytes(content)
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
    delivered.finish()
    truth = json.loads((delivered.root / "truth.json").read_text("utf-8"))
    assert delivered.told()["after_close"] == truth["after_close"]
    assert truth["after_close"]["late_receipt"] > 0
