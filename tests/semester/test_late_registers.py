"""A register file that comes after intake is a correction: it changes no count and adds nobody."""

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from takhai.platform import work
from takhai.platform.problems import Refusal
from takhai.platform.sets import fetch
from takhai.semester.arrivals import corrections
from tests.semester.office import Office, count


def arrived() -> set[str]:
    return {str(noted["file"]) for noted in work.results(task="2563-2//arrivals").values()}


def late(office: Office, name: str) -> None:
    """Takes a register out of the folder, runs intake without it and brings it again."""
    shutil.move(office.root / "registers" / name, office.root / name)
    office.run(only=("intake", ""))
    shutil.move(office.root / name, office.root / "registers" / name)


def test_nothing_is_a_correction_while_intake_is_open(office: Office) -> None:
    corrections(office.job(group=""))
    assert arrived() == set()
    assert count("SELECT count(*) FROM register_file") == 0


def test_corrections_that_lay_there_before_intake_are_no_registers_of_the_first_hour(
    office: Office, tmp_path: Path
) -> None:
    twin = Office(root=Path(shutil.copytree(office.root, tmp_path / "twin")))
    first = twin.root / "registers" / "opec-81.csv"
    shutil.copy(first, first.with_name("corrections-opec-81.csv"))
    twin.run(only=("intake", ""))
    assert twin.line("intake")["joined"] == 200
    assert "corrections-opec-81.csv" not in {told.unit for told in twin.heard}


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


def test_a_copy_of_a_first_register_that_comes_later_corrects_nothing(taken_in: Office) -> None:
    told, entries = taken_in.told(), fetch("SELECT * FROM register_entry ORDER BY 1, 2, 3")
    for name in ("opec-81.csv", "obec-81.csv"):
        shutil.copy(taken_in.root / "registers" / name, taken_in.root / "registers" / f"again-{name}")
    taken_in.run(only=("identity", ""))
    assert taken_in.line("intake") == next(line for line in told["steps"] if line["step"] == "intake")
    assert fetch("SELECT * FROM register_entry ORDER BY 1, 2, 3") == entries
    assert taken_in.told()["exceptions"] == told["exceptions"]


def test_a_register_of_the_first_hour_is_not_read_again(taken_in: Office) -> None:
    first = {path.name for path in (taken_in.root / "registers").iterdir()}
    taken_in.run(only=("identity", ""))
    assert "registry_extract.csv" in arrived()
    assert not first & arrived()


def some_rows_again(office: Office) -> None:
    """A register without a stamp that says the same of a few pupils as the first one did."""
    register = office.root / "registers" / "opec-81.csv"
    rows = list(csv.reader(register.read_text("cp874").splitlines()))
    with register.with_name("opec-81-new.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows[:4])


def later_days() -> set[object]:
    return {
        day for (day,) in fetch("SELECT received_on FROM register_entry WHERE received_on > '2020-12-09'")
    }


def test_a_register_without_a_stamp_speaks_for_the_day_on_which_it_is_met(taken_in: Office) -> None:
    some_rows_again(taken_in)
    corrections(taken_in.job(group="", as_of=date(2020, 12, 20)))
    assert later_days() == {date(2020, 12, 20)}


def test_what_came_is_taken_in_before_the_next_step_and_as_of_its_day(taken_in: Office) -> None:
    some_rows_again(taken_in)
    taken_in.run(only=("identity", ""))
    assert later_days() == {date(2020, 12, 28)}


def test_a_correction_needs_the_registry_to_be_checked_against(taken_in: Office) -> None:
    (taken_in.root / "registry_extract.csv").unlink()
    with pytest.raises(Refusal, match="registry_extract"):
        taken_in.run(only=("identity", ""))
