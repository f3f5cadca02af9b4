"""Which register files a round begins with, in which order, and each content once."""

import shutil

import pytest

from takhai.platform.problems import Refusal
from takhai.platform.steps import closed, task_name
from takhai.semester.grouping import register_files
from tests.semester.office import Office, count


def lay(office: Office, *names: str) -> None:
    """Registers of these names, each with content of its own, and nothing else."""
    shutil.rmtree(office.root / "registers")
    (office.root / "registers").mkdir()
    for name in names:
        (office.root / "registers" / name).write_text(name, "utf-8")


def units(office: Office) -> list[str]:
    return register_files(office.job(group=""))


def test_sheets_and_workbooks_come_in_the_one_order_of_their_names(office: Office) -> None:
    names = ("obec-81.csv", "dla-81.csv", "obec-81-81010001.xlsx", "opec-81.csv", "obec-80.csv")
    lay(office, *names)
    assert units(office) == sorted(names)


def test_corrections_of_the_first_hour_wait_for_intake(office: Office) -> None:
    lay(office, "obec-81.csv", "corrections-obec-81.csv", "corrections-obec-81.xlsx")
    assert units(office) == ["obec-81.csv"]


@pytest.mark.parametrize("name", ["obec-81.txt", "obec-81.csv.bak", "obec-81.xls", "notes.md", "obec-81"])
def test_what_is_neither_sheet_nor_workbook_is_no_register(office: Office, name: str) -> None:
    lay(office, "obec-81.csv", name)
    assert units(office) == ["obec-81.csv"]


def test_a_link_or_a_folder_is_no_register(office: Office) -> None:
    lay(office, "obec-81.csv")
    registers = office.root / "registers"
    (registers / "opec-81.csv").symlink_to(registers / "obec-81.csv")
    (registers / "dla-81.csv").mkdir()
    assert units(office) == ["obec-81.csv"]


def test_a_folder_without_registers_has_no_unit(office: Office) -> None:
    shutil.rmtree(office.root / "registers")
    assert units(office) == []


def test_of_two_files_of_the_same_bytes_the_first_name_counts(office: Office) -> None:
    lay(office, "obec-81.csv", "opec-81.csv")
    for name in ("obec-81 (1).csv", "zzz.csv"):
        (office.root / "registers" / name).write_text("obec-81.csv", "utf-8")
    assert units(office) == ["obec-81 (1).csv", "opec-81.csv"]


def test_a_copy_of_a_register_changes_no_count(office: Office) -> None:
    registers = office.root / "registers"
    shutil.copy(registers / "opec-81.csv", registers / "opec-81-again.csv")
    office.run(only=("intake", ""))
    assert office.line("intake")["joined"] == 200
    assert office.run(only=("identity", "")) == []
    assert office.line("identity")["in"] == office.line("intake")["out"]


def test_a_copy_that_comes_between_two_runs_of_intake_does_not_take_the_place_of_what_is_done(
    office: Office,
) -> None:
    registers = office.root / "registers"
    last = registers / "opec-81.csv"
    broken = last.with_name("zzz.csv")
    broken.write_text("ไม่ใช่ทะเบียน", "utf-8")
    with pytest.raises(Refusal):
        office.run(only=("intake", ""))
    broken.unlink()
    shutil.copy(last, registers / "aaa.csv")
    office.run(only=("intake", ""))
    assert units(office)[0] != "aaa.csv"
    assert office.line("intake")["joined"] == 200


@pytest.mark.parametrize(("file", "table"), [("areas.csv", "area_office"), ("schools.csv", "school")])
def test_places_that_were_mended_while_intake_was_stopped_are_loaded_again(
    office: Office, file: str, table: str
) -> None:
    broken = office.root / "registers" / "aaa.csv"
    broken.write_text("ไม่ใช่ทะเบียน", "utf-8")
    with pytest.raises(Refusal):
        office.run(only=("intake", ""))
    broken.unlink()
    path = office.root / file
    head, first, *rest = path.read_text("utf-8-sig").splitlines()
    name = first.split(",")[head.split(",").index("name_th")]
    path.write_text("\n".join([head, first.replace(name, "ชื่อที่แก้แล้ว"), *rest, ""]), "utf-8")
    office.run(only=("intake", ""))
    mended = "SELECT count(*) FROM place WHERE kind = %(kind)s AND name_th = 'ชื่อที่แก้แล้ว'"
    assert count(mended, kind=table) == 1


def test_every_register_is_a_unit_of_its_own(office: Office) -> None:
    office.run(only=("intake", ""))
    done = {told.unit for told in office.heard} - {"closed"}
    assert done == {path.name for path in (office.root / "registers").iterdir()}
    assert count("SELECT count(*) FROM register_file WHERE kind = 'first'") == len(done)


def test_intake_needs_the_places_first(office: Office) -> None:
    (office.root / "schools.csv").unlink()
    with pytest.raises(Refusal, match=r"schools\.csv"):
        office.run()
    assert closed(task=task_name(key="2563-2", group="", step="intake")) is None
    assert count("SELECT count(*) FROM person") == 0


@pytest.mark.parametrize("name", ["areas.csv", "last_round.csv", "channels.csv"])
def test_what_must_be_there_before_the_first_register_is_missed_by_name(office: Office, name: str) -> None:
    (office.root / name).unlink()
    with pytest.raises(Refusal, match=name.replace(".", r"\.")):
        office.run(only=("intake", ""))
    assert count("SELECT count(*) FROM register_entry") == 0


def test_the_demos_two_people_are_there_before_the_first_signature(office: Office) -> None:
    office.run(only=("intake", ""))
    assert count("SELECT count(*) FROM user_account") == 2
