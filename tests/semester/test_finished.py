"""A round that has gone all the way in this process: it equals the truth, and nothing that comes again changes it."""

import json
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from takhai.ledger.commands import ledger_verify
from takhai.platform import work
from takhai.platform.sets import execute, fetch
from takhai.platform.steps import CLOSED
from takhai.policy import for_round
from takhai.semester import books
from takhai.semester.commands import app
from takhai.semester.publish import folder, publish, published
from takhai.semester.runner import line_up
from takhai.semester.summary import begun, compare, expected
from takhai.thai.calendar import Term
from tests.semester.office import AFTERWARDS, ROUND, Office, count


@pytest.fixture
def copies(finished: Office) -> list[Path]:
    """Whatever came into the round, once more under another name."""
    came = [*(finished.root / "answers").iterdir(), *(finished.root / "registers").iterdir()]
    return [Path(shutil.copy(path, path.with_stem(f"{path.stem}-again"))) for path in came]


def report(told: dict[str, Any], *, on: date = AFTERWARDS) -> str:
    return publish(term=ROUND, told=told | {"report": ""}, on=on).read_text("utf-8")


def test_the_summary_equals_the_truth_in_every_figure(finished: Office) -> None:
    truth = json.loads((finished.root / "truth.json").read_text("utf-8"))
    equal, compared, wrong = compare(ours=finished.told(), truth=truth)
    assert wrong == []
    assert equal == compared > 150


def test_the_law_holds_in_every_step_for_pupils_and_for_satang(finished: Office) -> None:
    for line in finished.told()["steps"]:
        lost = sum(line["dropped"].values()) + sum(line["held"].values())
        assert line["in"] + line["joined"] == line["out"] + lost, line["step"]
        moved = sum(line["satang_dropped"].values()) + sum(line["satang_held"].values())
        assert line["satang_in"] + line["satang_joined"] == line["satang_out"] + moved, line["step"]


def test_each_step_got_what_the_one_before_let_out(finished: Office) -> None:
    lines = {(line["step"], line["group"]): line for line in finished.told()["steps"]}
    assert lines["enrol", "old"]["in"] == lines["group", ""]["to"]["old"]
    chain = ("entitle", "order", "reconcile", "recover")
    for before, after in pairwise(chain):
        assert lines[after, "old"]["in"] == lines[before, "old"]["out"]
        assert lines[after, "old"]["satang_in"] == lines[before, "old"]["satang_out"]


def test_a_run_of_a_finished_round_begins_no_unit_again(finished: Office) -> None:
    before = work.units(prefix="2563-2/")
    assert finished.run() == []
    assert work.units(prefix="2563-2/") == before


def test_whatever_comes_again_under_another_name_changes_nothing(
    finished: Office, copies: list[Path]
) -> None:
    told = finished.told()
    assert finished.run() == []
    assert finished.told()["exceptions"] == told["exceptions"]
    assert finished.told() == told
    assert len(copies) > 8


def test_every_step_of_the_line_is_closed_and_each_unit_was_begun_once(finished: Office) -> None:
    units = work.units(prefix="2563-2/")
    closed = {unit.task for unit in units if unit.key == CLOSED}
    assert closed == {f"2563-2/{group}/{step.name}" for step, group in line_up(for_round(ROUND))}
    assert {(unit.state, unit.attempts) for unit in units} == {("done", 1)}


def test_a_unit_says_which_step_began_it(finished: Office) -> None:
    for unit in work.units(prefix="2563-2/old/recover"):
        assert unit.begun_by.startswith("semester recover ")


def test_a_finished_round_has_begun_and_waits_for_nobody(finished: Office) -> None:
    assert begun() == [ROUND]
    assert expected(term=ROUND) == []
    assert len(expected(term=Term(2564, 1))) == 0


def test_the_books_claim_each_closed_group_with_the_money_of_its_list(finished: Office) -> None:
    claims = books.claims()
    assert [(claim.round, claim.group) for claim in claims] == [("2563-2", "old"), ("2563-2", "new")]
    for claim in claims:
        assert claim.entitled == finished.line("entitle", claim.group)["satang_out"]
        assert claim.recovered == finished.line("recover", claim.group)["satang_out"]
        assert claim.dropped == sum(finished.line("recover", claim.group)["satang_dropped"].values())
    assert sum(claim.late for claim in claims) == finished.told()["after_close"]["late_receipt"]


@pytest.mark.parametrize("step", ["recover", "entitle"])
def test_nothing_is_claimed_of_a_group_that_is_not_closed(finished: Office, step: str) -> None:
    execute("DELETE FROM work_unit WHERE task = %(task)s AND key = 'closed'", task=f"2563-2/old/{step}")
    assert [claim.group for claim in books.claims()] == ["new"]


def test_the_books_hold(finished: Office) -> None:
    said: list[str] = []
    assert ledger_verify(claims=books.claims(), expected=books.expected(), say=said.append) == 0
    assert any("2 closed groups" in line for line in said)


def test_a_line_that_says_otherwise_than_the_books_is_found(finished: Office) -> None:
    changed = (
        "UPDATE order_line SET satang = satang + 1 WHERE id = (SELECT id FROM order_line ORDER BY id LIMIT 1)"
    )
    assert execute(changed) == 1
    assert ledger_verify(claims=books.claims(), expected=books.expected(), say=lambda line: None) == 4


def test_what_the_books_must_hold_is_told_by_lists_and_by_lines(finished: Office) -> None:
    of_lists, of_lines = books.expected()
    ((lists, entitled),) = fetch("SELECT count(*), sum(satang)::bigint FROM entitled_movements", of_lists)
    both = [finished.line("entitle", group) for group in ("old", "new")]
    assert (lists, entitled) == (sum(line["out"] for line in both), sum(line["satang_out"] for line in both))
    ((lines,),) = fetch("SELECT count(*) FROM paid_movements", of_lines)
    assert int(str(lists)) + int(str(lines)) == count("SELECT count(*) FROM movement")


def test_the_report_lies_in_the_home_under_the_rounds_name(finished: Office) -> None:
    report(finished.told())
    path = published(term=ROUND)
    assert path == folder() / "report-2563-2.html"
    assert published(term=Term(2599, 1)) is None


def test_the_report_names_areas_by_their_names_and_nobody(finished: Office) -> None:
    text = report(finished.told())
    codes = {str(code) for (code,) in fetch("SELECT DISTINCT area_code FROM order_line")}
    assert codes
    assert not any(f">{code}<" in text for code in codes)
    areas = (finished.root / "areas.csv").read_text("utf-8-sig").splitlines()[1:]
    names = {row.split(",")[1] for row in areas}
    assert any(name in text for name in names)
    children = [str(name) for (name,) in fetch("SELECT last_name FROM person WHERE length(last_name) > 5")]
    assert children
    assert not any(name in text for name in children)


def test_the_report_speaks_for_no_later_day_than_its_step(finished: Office) -> None:
    told = finished.told()
    assert "2020-12-31" not in report(told)
    early, late = report(told, on=date(2021, 3, 1)), report(told, on=date(2021, 6, 1))
    assert "1 มี.ค. 2564" in early or "1 มีนาคม 2564" in early
    assert "1 เม.ย. 2564" in late or "1 เมษายน 2564" in late
    assert report(told, on=date(2021, 3, 1)) == early


def test_the_check_of_a_finished_round_ends_with_0(finished: Office) -> None:
    done = CliRunner().invoke(app, ["check", "--truth", str(finished.root / "truth.json")])
    equal, _, compared, _ = done.stdout.split()
    assert (done.exit_code, equal) == (0, compared)


def test_a_check_against_a_truth_with_one_figure_changed_by_one_ends_with_4(
    finished: Office, tmp_path: Path
) -> None:
    truth = json.loads((finished.root / "truth.json").read_text("utf-8"))
    truth["after_close"]["returned"] += 1
    (tmp_path / "truth.json").write_text(json.dumps(truth), "utf-8")
    done = CliRunner().invoke(app, ["check", "--truth", str(tmp_path / "truth.json")])
    assert done.exit_code == 4
    assert done.stdout.splitlines()[0].startswith("after_close.returned: ")


def test_the_whole_command_on_a_finished_round_ends_with_0_and_its_table(finished: Office) -> None:
    done = CliRunner().invoke(app, ["run", "2563-2", "--from", str(finished.root)])
    assert done.exit_code == 0
    assert "2563-2  complete" in done.stdout
    assert done.stderr == ""
