"""What comes after intake: corrections not before the day of their stamp, and they change no count of intake."""

import csv
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

pytestmark = pytest.mark.django_db

ENTITLED = date(2020, 12, 28)


@pytest.fixture
def asked(office: Office) -> Office:
    """A round that waits for its approver; the answer and the corrections have come, nothing was run since."""
    office.until_it_waits_for("TWO_SIGNATURES").answer()
    return office


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


def late(office: Office, name: str) -> None:
    """Takes a register out of the folder, runs intake without it and brings it again."""
    shutil.move(office.root / "registers" / name, office.root / name)
    office.run(only=("intake", ""))
    shutil.move(office.root / name, office.root / "registers" / name)


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


def test_corrections_that_lay_there_before_intake_are_no_registers_of_the_first_hour(
    office: Office, tmp_path: Path
) -> None:
    twin = Office(root=Path(shutil.copytree(office.root, tmp_path / "twin")))
    first = twin.root / "registers" / "opec-81.csv"
    shutil.copy(first, first.with_name("corrections-opec-81.csv"))
    twin.run(only=("intake", ""))
    assert twin.line("intake")["joined"] == 200
    assert "corrections-opec-81.csv" not in {told.unit for told in twin.heard}


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


def test_a_copy_of_a_first_register_that_comes_later_corrects_nothing(office: Office) -> None:
    office.run(only=("intake", ""))
    told, entries = office.told(), fetch("SELECT * FROM register_entry ORDER BY 1, 2, 3")
    for name in ("opec-81.csv", "obec-81.csv"):
        shutil.copy(office.root / "registers" / name, office.root / "registers" / f"again-{name}")
    office.run(only=("identity", ""))
    assert office.line("intake") == next(line for line in told["steps"] if line["step"] == "intake")
    assert fetch("SELECT * FROM register_entry ORDER BY 1, 2, 3") == entries
    assert office.told()["exceptions"] == told["exceptions"]


def test_a_register_that_comes_after_intake_corrects_and_adds_nobody(office: Office) -> None:
    late(office, "opec-81.csv")
    people, joined = count("SELECT count(*) FROM person"), office.line("intake")["joined"]
    office.run(only=("identity", ""))
    assert count("SELECT count(*) FROM person") == people
    assert office.line("intake")["joined"] == joined
    assert office.told()["exceptions"]["correction_without_row"] > 5


def test_a_register_that_corrects_needs_no_name_of_its_own_and_may_be_a_workbook(office: Office) -> None:
    (book, *_) = sorted((office.root / "registers").glob("*.xlsx"))
    late(office, book.name)
    before = office.told()["exceptions"]["correction_without_row"]
    office.run(only=("identity", ""))
    assert book.name in arrived()
    assert office.told()["exceptions"]["correction_without_row"] > before


def test_a_register_without_a_stamp_speaks_for_the_day_on_which_it_is_met(office: Office) -> None:
    office.run(only=("intake", ""))
    register = office.root / "registers" / "opec-81.csv"
    rows = list(csv.reader(register.read_text("cp874").splitlines()))
    with (register.with_name("opec-81-new.csv")).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows[:4])
    corrections(office.job(group="", as_of=date(2020, 12, 20)))
    days = {
        day for (day,) in fetch("SELECT received_on FROM register_entry WHERE received_on > '2020-12-09'")
    }
    assert days == {date(2020, 12, 20)}


def test_nothing_is_a_correction_while_intake_is_open(office: Office) -> None:
    corrections(office.job(group=""))
    assert arrived() == set()
    assert count("SELECT count(*) FROM register_file") == 0


def test_a_correction_of_the_days_after_the_last_step_is_taken_in_at_the_end(office: Office) -> None:
    office.finish()
    path = files(office)[0]
    later = path.with_name("corrections-last.csv")
    text = path.read_text("utf-8-sig")
    stamped = stamp(path)
    assert stamped.isoformat() in text
    later.write_text(text.replace(stamped.isoformat(), "2021-04-20", 1), "utf-8")
    office.run(until=date(2021, 4, 19))
    assert later.name not in arrived()
    office.run(until=date(2021, 4, 20))
    assert later.name in arrived()


def test_a_stamp_of_another_semester_stops_the_run_in_words(office: Office) -> None:
    office.until_it_waits_for("TWO_SIGNATURES").answer()
    path = files(office)[0]
    path.write_text(path.read_text("utf-8").replace(stamp(path).isoformat(), "2021-06-01", 1), "utf-8")
    with pytest.raises(Refusal, match="2564-1"):
        office.run()
    assert path.name not in arrived()


def test_a_correction_needs_the_registry_to_be_checked_against(office: Office) -> None:
    office.run(only=("intake", ""))
    (office.root / "registry_extract.csv").unlink()
    with pytest.raises(Refusal, match="registry_extract"):
        office.run(only=("identity", ""))
