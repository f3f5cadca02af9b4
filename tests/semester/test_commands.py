"""The words of ``takhai semester``: parse, one call, print; every end has its status."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import Result
from rich.console import Console
from rich.progress import Progress as Bar
from typer.testing import CliRunner

from takhai.platform import work
from takhai.platform.problems import Refusal
from takhai.platform.steps import LawBroken, Progress
from takhai.semester import commands
from takhai.semester.commands import COLUMNS, app
from takhai.semester.runner import Wait
from takhai.semester.steps import STEPS
from takhai.thai.calendar import Term
from tests.semester.office import ROUND

pytestmark = pytest.mark.django_db

Run = Callable[..., list[Wait]]


class Runner:
    """Stands in for the runner: notes what it was told and ends as it is asked to."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.ends: Callable[[], list[Wait]] = list

    def __call__(self, **told: Any) -> list[Wait]:
        self.told.append(told)
        told["tell"](Progress(step="intake", group="", unit="obec-81.csv", done=0, of=2))
        told["tell"](Progress(step="pay", group="old", unit="closed", done=2, of=2))
        return self.ends()


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runner:
    made = Runner()
    monkeypatch.setattr(commands.runner, "run", made)
    return made


def takhai(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def refused(*words: str) -> Refusal:
    problem = takhai(*words).exception
    assert isinstance(problem, Refusal)
    return problem


def test_a_round_that_is_complete_ends_with_0(runs: Runner, tmp_path: Path) -> None:
    done = takhai("run", "2563-2", "--from", str(tmp_path))
    assert done.exit_code == 0
    (told,) = runs.told
    assert (told["term"], told["folder"].root, told["only"]) == (ROUND, tmp_path, None)


def test_a_round_that_waits_ends_with_3_and_says_for_what(runs: Runner, tmp_path: Path) -> None:
    runs.ends = lambda: [Wait(step="order", group="old", on="TWO_SIGNATURES", detail="ยอดไม่ตรง")]
    done = takhai("run", "2563-2", "--from", str(tmp_path))
    assert done.exit_code == 3
    assert "TWO_SIGNATURES" in done.stdout


def test_a_broken_law_ends_with_4_and_names_the_place_in_both_languages(runs: Runner, tmp_path: Path) -> None:
    def breaks() -> list[Wait]:
        raise LawBroken(task="2563-2/old/order", unit="81", sides=["rows", "satang"])

    runs.ends = breaks
    out = tmp_path / "summary.json"
    done = takhai("run", "2563-2", "--from", str(tmp_path), "--json", str(out))
    assert done.exit_code == 4
    assert "2563-2/old/order 81 (rows, satang)" in done.stderr
    assert "กฎของขั้นไม่เป็นจริง" in done.stderr
    assert "The law does not hold" in done.stderr
    assert not out.exists(), "no summary is written over a broken law"


def test_a_refusal_is_passed_on_as_it_is(runs: Runner, tmp_path: Path) -> None:
    def refuses() -> list[Wait]:
        raise Refusal("file_missing", file="areas.csv")

    runs.ends = refuses
    assert refused("run", "2563-2", "--from", str(tmp_path)).name == "file_missing"


def test_the_day_that_has_come_is_told_or_todays(
    runs: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAKHAI_TODAY", "2021-02-03")
    takhai("run", "2563-2", "--from", str(tmp_path))
    takhai("run", "2563-2", "--from", str(tmp_path), "--as-of", "2020-12-28")
    assert [told["until"] for told in runs.told] == [date(2021, 2, 3), date(2020, 12, 28)]


@pytest.mark.parametrize("text", ["tomorrow", "2563-13-01", "28/12/2563", "2020-02-30"])
def test_what_is_no_day_is_refused_before_anything_runs(runs: Runner, tmp_path: Path, text: str) -> None:
    assert refused("run", "2563-2", "--from", str(tmp_path), "--as-of", text).name == "day_unreadable"
    assert runs.told == []


@pytest.mark.parametrize("text", ["2563", "2563-3", "nonsense", "2420-1"])
def test_what_is_no_round_is_refused_before_anything_runs(runs: Runner, tmp_path: Path, text: str) -> None:
    assert refused("run", text, "--from", str(tmp_path)).name == "round_unknown"
    assert runs.told == []


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_a_folder_that_is_none_is_refused_by_name(runs: Runner, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    problem = refused("run", "2563-2", "--from", str(tmp_path / name))
    assert problem.name == "folder_missing"
    assert name in problem.en
    assert runs.told == []


def test_a_long_wrong_word_is_cut_in_the_answer(runs: Runner, tmp_path: Path) -> None:
    assert "x" * 21 not in refused("run", "x" * 500, "--from", str(tmp_path)).en
    assert "9" * 21 not in refused("run", "2563-2", "--from", str(tmp_path), "--as-of", "9" * 99).en


@pytest.mark.parametrize("step", [step.name for step in STEPS])
def test_every_step_is_a_command_of_its_own(runs: Runner, tmp_path: Path, step: str) -> None:
    (each,) = [each for each in STEPS if each.name == step]
    group = {"round": "", "group": each.only or "old"}[each.per.value]
    assert takhai(step, "2563-2", "--from", str(tmp_path), "--group", group).exit_code == 0
    assert runs.told[0]["only"] == (step, group)


@pytest.mark.parametrize(
    ("step", "group"), [("order", ""), ("assess", "old"), ("certify", ""), ("intake", "old"), ("order", "x")]
)
def test_a_step_of_a_group_that_does_not_take_it_is_refused(
    runs: Runner, tmp_path: Path, step: str, group: str
) -> None:
    problem = refused(step, "2563-2", "--from", str(tmp_path), "--group", group)
    assert problem.name == "step_unknown"
    assert runs.told == []


@pytest.mark.parametrize("step", ["nominate", "Assess", "1"])
def test_a_step_that_we_do_not_have_is_no_command(step: str, tmp_path: Path) -> None:
    assert takhai(step, "2563-2", "--from", str(tmp_path)).exit_code == 2


def test_the_summary_is_written_as_json_with_its_thai_as_it_stands(runs: Runner, tmp_path: Path) -> None:
    runs.ends = lambda: [Wait(step="order", group="old", on="TWO_SIGNATURES", detail="ยอดไม่ตรง")]
    out = tmp_path / "summary.json"
    takhai("run", "2563-2", "--from", str(tmp_path), "--json", str(out))
    text = out.read_text("utf-8")
    told = json.loads(text)
    assert "ยอดไม่ตรง" in text
    assert text.endswith("}\n")
    assert list(told) == [
        "round",
        "policy",
        "status",
        "waits",
        "steps",
        "screening",
        "classroom",
        "exceptions",
        "after_close",
        "ledger",
        "report",
    ]
    assert Path(told["report"]).name == "report-2563-2.html"
    assert Path(told["report"]).is_file()


def test_into_a_pipe_each_unit_is_a_line_and_the_table_comes_last(runs: Runner, tmp_path: Path) -> None:
    done = takhai("run", "2563-2", "--from", str(tmp_path))
    assert done.stderr.splitlines() == ["intake - obec-81.csv 0/2", "pay old closed 2/2"]
    assert "2563-2" in done.stdout.splitlines()[0]


def test_on_a_terminal_each_step_of_a_group_has_one_bar() -> None:
    bar = Bar(*COLUMNS, console=Console(force_terminal=True, quiet=True))
    tell = commands._bar_teller(bar)
    for done in range(3):
        tell(Progress(step="pay", group="old", unit="81", done=done, of=2))
    tell(Progress(step="pay", group="new", unit="81", done=1, of=4))
    assert [(task.description, task.completed, task.total) for task in bar.tasks] == [
        ("pay old", 2, 2),
        ("pay new", 1, 4),
    ]


def test_progress_lists_the_units_of_that_round_only() -> None:
    for task in ("2563-2//intake", "2563-2/old/order", "2564-1//intake"):
        with work.unit(task=task, key="81", by="somebody") as unit:
            unit.finish({})
    lines = takhai("progress", "2563-2").stdout.splitlines()
    assert [line.split("  ")[:3] for line in lines] == [
        ["2563-2//intake", "81", "done"],
        ["2563-2/old/order", "81", "done"],
    ]
    assert all("somebody" in line for line in lines)
    assert [line.rsplit("  ", 1)[1] for line in lines] == ["1", "1"]


def test_progress_for_a_program_is_json() -> None:
    with work.unit(task="2563-2//intake", key="ทะเบียน.csv", by="somebody") as unit:
        unit.finish({})
    done = takhai("progress", "2563-2", "--json")
    (told,) = json.loads(done.stdout)
    assert (told["task"], told["key"], told["attempts"]) == ("2563-2//intake", "ทะเบียน.csv", 1)
    assert "ทะเบียน.csv" in done.stdout


def test_progress_of_a_round_that_has_not_begun_is_empty() -> None:
    done = takhai("progress", "2563-2")
    assert (done.exit_code, done.stdout) == (0, "")
    assert json.loads(takhai("progress", "2563-2", "--json").stdout) == []
    assert isinstance(takhai("progress", "nonsense").exception, Refusal)


def test_a_check_against_no_truth_is_refused(tmp_path: Path) -> None:
    assert refused("check", "--truth", str(tmp_path / "nowhere.json")).name == "truth_unreadable"
    path = tmp_path / "truth.json"
    path.write_text(json.dumps({"steps": []}), "utf-8")
    assert refused("check", "--truth", str(path)).name == "round_unknown"


def test_a_check_names_each_figure_that_differs_and_ends_with_4(tmp_path: Path) -> None:
    path = tmp_path / "truth.json"
    path.write_text(json.dumps({"round": "2563-2", "steps": [], "planted": {"moved": 0}}), "utf-8")
    done = takhai("check", "--truth", str(path))
    *lines, last = done.stdout.splitlines()
    assert done.exit_code == 4
    assert "planted.moved: 0" in lines
    assert any(line.startswith("steps[intake/].joined: 0 / -") for line in lines)
    assert last.startswith("1 of ")


def test_empty_books_hold(capsys: pytest.CaptureFixture[str]) -> None:

    with pytest.raises(typer.Exit) as ended:
        commands.verify_books()
    assert ended.value.exit_code == 0
    assert "0 closed groups" in capsys.readouterr().out


def test_a_round_is_parsed_as_it_is_written() -> None:
    assert commands.parse_round("2563-2") == Term(2563, 2)
