"""What comes after intake: corrections not before the day of their stamp, and they change no count of intake."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from takhai.platform import work
from takhai.platform.exchange import sha256
from takhai.platform.problems import Refusal
from takhai.platform.sets import fetch
from takhai.registry.services import intake
from takhai.semester.arrivals import corrections
from tests.semester.office import ROUND, Office, count

ENTITLED = date(2020, 12, 28)


@pytest.fixture
def asked(listed: Office) -> Office:
    """A round whose approver has answered, and to which corrections came; nothing was run since."""
    listed.answer()
    return listed


def files(office: Office) -> list[Path]:
    found = sorted((office.root / "registers").glob("corrections-*"))
    assert found
    return found


def stamp(path: Path) -> date:
    day = intake.stamp_day(path=path, round=ROUND)
    assert day is not None
    return day


def arrived() -> set[str]:
    return {str(noted["file"]) for noted in work.results(task="2563-2//arrivals").values()}


def test_a_correction_is_not_taken_in_before_the_day_of_its_stamp(asked: Office) -> None:
    days = {stamp(path) for path in files(asked)}
    corrections(asked.job(group="", as_of=min(days) - timedelta(days=1)))
    assert not {path.name for path in files(asked)} & arrived()


def test_a_correction_is_taken_in_on_the_day_of_its_stamp(asked: Office) -> None:
    (first, *_) = files(asked)
    corrections(asked.job(group="", as_of=stamp(first)))
    assert first.name in arrived()


def test_corrections_that_lay_there_from_the_start_change_nothing_before_their_day(
    asked: Office, pristine: Path
) -> None:
    entitled, frozen = asked.line("entitle", "old"), asked.out("approval-request").read_text("utf-8")
    began = {path: stamp(path) for path in files(asked)}
    assert min(began.values()) > ENTITLED
    asked.run(until=min(began.values()) - timedelta(days=1))
    assert asked.line("entitle", "old") == entitled
    assert asked.out("approval-request").read_text("utf-8") == frozen


def test_the_row_of_a_correction_replaces_what_the_register_said(asked: Office) -> None:
    before = count("SELECT count(*) FROM register_entry")
    asked.run()
    hashes = {sha256(path) for path in files(asked)}
    replaced = {
        bytes(source).hex()
        for (source,) in fetch("SELECT DISTINCT source_file FROM register_entry")  # type: ignore[call-overload]
    }
    assert hashes <= replaced
    assert count("SELECT count(*) FROM register_entry") == before


def test_a_correction_changes_no_count_of_a_finished_step(asked: Office) -> None:
    steps = ("intake", "identity", "group")
    before = [asked.line(step) for step in steps]
    asked.run()
    assert {path.name for path in files(asked)} <= arrived()
    assert [asked.line(step) for step in steps] == before


def test_history_knows_the_file_that_changed_a_person(asked: Office) -> None:
    asked.run()
    sources = {
        str(source)
        for (source,) in fetch(
            "SELECT DISTINCT c.metadata->>'source' FROM register_entry_event e"
            " JOIN pghistory_context c ON c.id = e.pgh_context_id"
        )
    }
    assert sources & {sha256(path) for path in files(asked)}


def test_a_correction_is_taken_in_once_whatever_its_name(asked: Office) -> None:
    asked.run()
    told = asked.told()
    for path in files(asked):
        shutil.copy(path, path.with_name(f"corrections-again-{path.name}"))
    asked.run()
    assert asked.told() == told
    assert count("SELECT count(*) FROM register_file WHERE kind = 'correction'") == len(files(asked)) // 2


def test_a_stamp_of_another_semester_stops_the_run_in_words(asked: Office) -> None:
    path = files(asked)[0]
    path.write_text(path.read_text("utf-8").replace(stamp(path).isoformat(), "2021-06-01", 1), "utf-8")
    with pytest.raises(Refusal, match="2564-1"):
        asked.run()
    assert path.name not in arrived()


def test_a_correction_of_the_days_after_the_last_step_is_taken_in_at_the_end(finished: Office) -> None:
    path = files(finished)[0]
    later = path.with_name("corrections-last.csv")
    text = path.read_text("utf-8-sig")
    stamped = stamp(path)
    assert stamped.isoformat() in text
    later.write_text(text.replace(stamped.isoformat(), "2021-04-20", 1), "utf-8")
    finished.run(until=date(2021, 4, 19))
    assert later.name not in arrived()
    finished.run(until=date(2021, 4, 20))
    assert later.name in arrived()
