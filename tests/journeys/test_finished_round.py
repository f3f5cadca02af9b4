"""A round that has gone all the way by the command line: what it promises afterwards."""

import json
import re
from pathlib import Path

import pytest

from tests.journeys.house import COMPLETE, House, without_times
from tests.journeys.seeded import seeded_names, seeded_numbers


def test_the_summary_equals_the_truth_in_every_figure(finished: House) -> None:
    told = finished.takhai("semester", "check", "--truth", str(finished.files / "truth.json"))
    assert told.returncode == 0, told.stdout
    equal, compared = re.findall(r"(\d+) of (\d+) equal", told.stdout)[0]
    assert equal == compared
    assert int(compared) > 150


def test_a_truth_with_one_figure_changed_by_one_is_not_equal(finished: House, tmp_path: Path) -> None:
    truth = json.loads((finished.files / "truth.json").read_text("utf-8"))
    truth["ledger"]["paid"] += 1
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    told = finished.takhai("semester", "check", "--truth", str(tmp_path / "truth.json"))
    assert told.returncode == 4
    assert "ledger.paid" in told.stdout


def test_the_books_prove_themselves(finished: House) -> None:
    assert finished.takhai("ledger", "verify").returncode == 0


def test_a_second_run_changes_nothing(finished: House) -> None:
    before = json.loads((finished.files / "summary.json").read_text("utf-8"))
    again = finished.run("--json", str(finished.files / "again.json"))
    assert again.returncode == COMPLETE
    assert without_times(json.loads((finished.files / "again.json").read_text("utf-8"))) == without_times(
        before
    )


def test_the_same_answers_under_another_name_change_nothing(finished: House) -> None:
    for path in list((finished.files / "answers").glob("*.csv")):
        path.with_stem(f"{path.stem}-again").write_bytes(path.read_bytes())
    before = json.loads((finished.files / "summary.json").read_text("utf-8"))
    assert finished.run("--json", str(finished.files / "again.json")).returncode == COMPLETE
    assert without_times(json.loads((finished.files / "again.json").read_text("utf-8"))) == without_times(
        before
    )


def test_no_number_and_no_name_reaches_a_log(finished: House) -> None:
    logs = b"".join(path.read_bytes() for path in (finished.home / "log").rglob("*") if path.is_file())
    assert [number for number in seeded_numbers(finished) if number.encode() in logs] == []
    assert [name for name in seeded_names(finished) if name.encode() in logs] == []


def test_no_raw_number_lies_in_a_file_of_the_database(finished: House) -> None:
    finished.takhai("db", "stop")
    wanted = [number.encode() for number in seeded_numbers(finished)[:40]]
    assert len(wanted) == 40
    found = [
        path.name
        for path in (finished.home / "pg").rglob("*")
        if path.is_file()
        for content in [path.read_bytes()]
        if any(number in content for number in wanted)
    ]
    assert found == []


def test_what_goes_out_is_readable_by_its_owner_only(finished: House) -> None:
    out = list((finished.files / "out").iterdir())
    assert {path.name.split("-2563")[0] for path in out} == {
        "pmt-list",
        "approval-request",
        "list",
        "payment",
        "cash-roll",
    }
    assert {path.stat().st_mode & 0o777 for path in out} == {0o600}


def test_the_report_names_nobody(finished: House) -> None:
    report = Path(json.loads((finished.files / "summary.json").read_text("utf-8"))["report"]).read_text(
        "utf-8"
    )
    assert [number for number in seeded_numbers(finished) if number in report] == []
    assert [name for name in seeded_names(finished) if name in report] == []


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("semester", "run", "2563-9", "--from", "."), 2),
        (("semester", "run", "2563-2", "--from", "/nowhere"), 2),
        (("semester", "run", "2563-2", "--from", ".", "--as-of", "tomorrow"), 2),
        (("semester", "screen", "2563-2", "--from", "."), 2),
        (("semester", "check", "--truth", "/nowhere"), 2),
        (("nonsense",), 2),
    ],
)
def test_wrong_words_get_a_sentence_and_never_a_traceback(
    finished: House, words: tuple[str, ...], status: int
) -> None:
    told = finished.takhai(*words)
    assert told.returncode == status
    assert "Traceback" not in told.stderr
    assert re.search(r"[ก-ฮ]", told.stderr)
