"""Approvers, bank, schools and families answer what was sent, and nothing else."""

import csv
import shutil
import stat
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from country.__main__ import REFUSED, main
from country.manifest import read
from country.out import NotAnOutFile, baht, satang
from country.out import read as read_out
from tests.country.conftest import Make
from tests.country.naive_files import table
from tests.country.naive_money import begin, order, outside, pay, reconcile, turn, walk
from tests.country.naive_round import State, Walk
from tests.country.naive_screening import certify, screen
from tests.country.naive_terms import ROUNDS
from tests.country.test_command import digest

OLD, NEW = "2563-2-old.csv", "2563-2-new.csv"
GROUPS = ("old", "new")


@pytest.fixture(scope="module")
def walked(make: Make) -> Walk:
    """A round that went all its way."""
    return walk(make("--pupils", "2000", again=20).folder, "2563-2")


@pytest.fixture
def copy(walked: Walk, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    return Path(shutil.copytree(walked.folder, tmp_path / "dir"))


def rewrite(path: Path, change: Mapping[str, str], only: int | None = None) -> None:
    rows = table(path)
    for n, row in enumerate(rows):
        if only is None or n == only:
            row.update(change)
    put(path, rows)


def put(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def answered(folder: Path, kind: str, group: str = "old") -> list[dict[str, str]]:
    return table(folder / "answers" / f"{kind}-2563-2-{group}.csv")


def test_answering_again_changes_no_byte(copy: Path) -> None:
    before = digest(copy)
    assert main(["answer", str(copy)]) == 0
    assert digest(copy) == before


def test_answers_come_in_turns_and_no_group_waits_for_the_other(make: Make, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(make("--pupils", "300").folder, tmp_path / "dir"))

    def told() -> set[str]:
        return {path.name for path in (folder / "answers").iterdir()}

    way = Walk(folder, ROUNDS["2563-2"], State(), outside=outside(folder))
    begin(way)
    way.group = "new"
    desk = screen(way)
    turn(way)
    assert told() == {f"meetings-{NEW}", f"committee-{NEW}"}
    certify(way, desk)
    way.group = "old"
    way.entitle()
    way.request()
    turn(way)
    assert told() == {f"meetings-{NEW}", f"committee-{NEW}", f"approval-{OLD}"}
    assert list((folder / "registers").glob("corrections-*-old.csv"))
    assert not list((folder / "registers").glob("corrections-*-new.csv"))
    order(way)
    turn(way)
    assert f"results-{OLD}" in told()
    reconcile(way)
    pay(way, "new")
    names = ("approval", "results", "receipts", "returns")
    assert {f"{name}-{group}" for name in names for group in (OLD, NEW)} <= told()
    assert f"committee-{NEW.removesuffix('.csv')}-late.csv" in told()


def test_with_nothing_sent_there_is_nothing_to_answer(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["answer", str(make("--pupils", "300", again=21).folder)]) == REFUSED
    assert "nothing to answer" in capsys.readouterr().err


def test_an_answer_to_no_country_is_refused(tmp_path: Path) -> None:
    assert main(["answer", str(tmp_path)]) == REFUSED


def test_files_of_answers_are_for_the_owner_alone(walked: Walk) -> None:
    for path in (walked.folder / "answers").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("change", [{"count": "1"}, {"baht": "1.00"}])
def test_the_approver_refuses_another_count_or_sum(copy: Path, change: dict[str, str]) -> None:
    rewrite(copy / "out" / f"approval-request-{OLD}", change)
    assert main(["answer", str(copy)]) == 0
    row = answered(copy, "approval")[0]
    assert row["decision"] == "refuse"
    assert row["reason"]
    assert all(row[name] == value for name, value in change.items())


def test_the_approver_signs_what_was_asked(walked: Walk) -> None:
    row = answered(walked.folder, "approval")[0]
    asked = table(walked.folder / "out" / f"approval-request-{OLD}")[0]
    assert row["list_sha256"] == asked["list_sha256"]
    assert (row["decision"], row["approver"], row["reason"]) == ("approve", "malee.approver", "")
    assert asked["frozen_by"] != row["approver"]
    assert date(2020, 12, 28) <= date.fromisoformat(row["decided_on"]) <= date(2021, 1, 6)


@pytest.mark.parametrize("group", GROUPS)
def test_results_are_booked_in_the_banks_window_but_for_the_late(walked: Walk, group: str) -> None:
    bank = ROUNDS["2563-2"].days[group]
    days = Counter(
        bank.bank_opens <= date.fromisoformat(row["booked_on"]) <= bank.bank_closes
        for row in answered(walked.folder, "results", group)
    )
    late = {"old": 1, "new": 0}
    assert days[False] == late[group]
    assert days[True] > 20


def test_results_keep_amounts_in_satang(walked: Walk) -> None:
    sent = {row["reference"]: row for row in table(walked.folder / "out" / f"payment-{OLD}")}
    shorter = 0
    for row in answered(walked.folder, "results"):
        if row["reference"] in sent:
            asked = satang(sent[row["reference"]]["baht"])
            assert int(row["satang"]) in (asked, asked - 10_000)
            shorter += int(row["satang"]) != asked
    assert shorter == 2


def test_answers_do_not_depend_on_our_references(copy: Path) -> None:
    before = sorted((row["payee"], row["status"], row["booked_on"]) for row in answered(copy, "results"))
    path = copy / "out" / f"payment-{OLD}"
    rows = table(path)
    for n, row in enumerate(reversed(rows)):
        row["reference"] = f"OTHER-{n}"
    put(path, rows[::-1])
    roll = copy / "out" / f"cash-roll-{OLD}"
    receipts = sorted(
        (row["status"], row["received_on"], row["recipient"]) for row in answered(copy, "receipts")
    )
    rewritten = [{**row, "line_reference": f"O{n}"} for n, row in enumerate(table(roll))]
    put(roll, rewritten[::-1])
    assert main(["answer", str(copy)]) == 0
    assert before == sorted(
        (row["payee"], row["status"], row["booked_on"]) for row in answered(copy, "results")
    )
    assert receipts == sorted(
        (row["status"], row["received_on"], row["recipient"]) for row in answered(copy, "receipts")
    )


def test_a_transfer_the_country_did_not_expect_is_answered_all_the_same(copy: Path) -> None:
    path = copy / "out" / f"payment-{OLD}"
    rewrite(path, {"payee": "1101700230708"}, only=0)
    assert main(["answer", str(copy)]) == 0
    assert answered(copy, "results")[0]["payee"] == "1101700230708"
    assert answered(copy, "results")[0]["status"] == "accepted"


def test_families_sign_for_what_they_were_due_not_for_what_the_roll_says(copy: Path) -> None:
    lines = {row["line_reference"]: row for row in table(copy / "out" / f"cash-roll-{OLD}")}
    signed = {row["line_reference"] for row in answered(copy, "receipts") if row["status"] == "received"}
    at = next(n for n, reference in enumerate(lines) if reference in signed)
    rewrite(copy / "out" / f"cash-roll-{OLD}", {"baht": "77.00"}, only=at)
    assert main(["answer", str(copy)]) == 0
    reference = list(lines)[at]
    row = next(row for row in answered(copy, "receipts") if row["line_reference"] == reference)
    assert row["baht"] == lines[reference]["baht"] != "77.00"


def test_a_line_of_nobody_gets_no_receipt(copy: Path) -> None:
    path = copy / "out" / f"cash-roll-{OLD}"
    rewrite(path, {"identifier": "1101700230708"}, only=0)
    first = table(path)[0]["line_reference"]
    assert main(["answer", str(copy)]) == 0
    assert first not in {row["line_reference"] for row in answered(copy, "receipts")}


@pytest.mark.parametrize("group", GROUPS)
def test_receipts_have_a_day_and_those_who_received_a_name(walked: Walk, group: str) -> None:
    kinds: Counter[str] = Counter()
    for row in answered(walked.folder, "receipts", group):
        kinds[row["status"]] += 1
        assert ROUNDS["2563-2"].days[group].cash_opens <= date.fromisoformat(row["received_on"])
        assert date.fromisoformat(row["received_on"]) <= date(2021, 4, 1)
        assert bool(row["recipient"]) is (row["status"] == "received")
        assert (row["baht"] == "0.00") is (row["status"] != "received")
    assert set(kinds) == {"received", "moved", "left", "died"}


@pytest.mark.parametrize("group", GROUPS)
def test_returns_come_after_every_late_receipt_and_by_the_day_of_the_report(walked: Walk, group: str) -> None:
    receipts = answered(walked.folder, "receipts", group)
    latest = max(date.fromisoformat(row["received_on"]) for row in receipts)
    assert latest > ROUNDS["2563-2"].days[group].cash_closes
    for row in answered(walked.folder, "returns", group):
        assert latest < date.fromisoformat(row["booked_on"]) <= date(2021, 4, 1)


def test_rows_of_nobody_have_another_reference_in_each_group(walked: Walk) -> None:
    for kind, name in (
        ("results", "reference"),
        ("receipts", "line_reference"),
        ("returns", "return_reference"),
    ):
        strays = [
            row[name]
            for group in GROUPS
            for row in answered(walked.folder, kind, group)
            if row[name].startswith("STRAY")
        ]
        assert len(strays) == len(set(strays)) > 1, kind


def test_what_the_bank_refused_of_the_old_is_tried_again_and_partly_comes_through(walked: Walk) -> None:
    def words(group: str) -> dict[str, str]:
        rows = answered(walked.folder, "results", group)
        return {row["payee"]: row["status"] for row in rows if not row["reference"].startswith("STRAY")}

    refused = {payee for payee, status in words("old").items() if status == "refused"}
    again = {status for payee, status in words("new").items() if payee in refused}
    assert again == {"accepted", "refused"}


def test_corrections_are_stamped_rows_of_the_register(walked: Walk) -> None:
    stamps = {"old": "2021-01-20", "new": "2021-03-04"}
    for group, day in stamps.items():
        paths = list((walked.folder / "registers").glob(f"corrections-*-{group}.csv"))
        assert paths
        for path in paths:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
            assert lines[0].startswith(f"วันและเวลาที่สร้างรายงาน {day} ")
            assert lines[1].startswith("รหัสโรงเรียน,")
            assert all(len(row) == 36 for row in csv.reader(lines[1:]))


def test_a_correction_mends_what_was_wrong_and_keeps_the_number(walked: Walk) -> None:
    world, _ = read(walked.folder).build()
    mended = {p.child.true.number: p for p in world.present() if p.corrected}
    seen = set()
    for path in (walked.folder / "registers").glob("corrections-*.csv"):
        for row in list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))[2:]:
            pupil = mended.get(row[2])
            if pupil:
                seen.add(row[2])
                assert (row[8], row[9]) == (pupil.child.true.first, pupil.child.true.last)
                assert pupil.school.code == row[0]
    assert seen == set(mended)


def test_a_file_without_its_columns_is_refused(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "out" / f"payment-{OLD}").write_text("reference,payee\nx,1\n")
    assert main(["answer", str(copy)]) == REFUSED
    assert "no column baht, channel" in capsys.readouterr().err


def test_a_request_of_two_rows_is_refused(copy: Path) -> None:
    path = copy / "out" / f"approval-request-{OLD}"
    put(path, table(path) * 2)
    assert main(["answer", str(copy)]) == REFUSED


def test_an_amount_that_is_none_is_refused_without_repeating_it(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(copy / "out" / f"payment-{OLD}", {"baht": "1e9"}, only=0)
    assert main(["answer", str(copy)]) == REFUSED
    assert "1e9" not in capsys.readouterr().err


def test_amounts_are_written_with_two_decimals_and_read_back() -> None:
    assert baht(174_000) == "1740.00"
    assert satang(baht(5)) == 5
    assert satang("1,740.00") == 174_000


def test_reading_names_the_file_and_its_missing_columns(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(NotAnOutFile, match=r"roll\.csv: no column c"):
        read_out(path, ("a", "c"))
