"""Register files look like what the pupil register exports, in all the ways that schools save it."""

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from country import dmc, kinds
from country.dmc import buddhist, sheet_row
from country.people import age_on
from country.pupils import Pupil
from country.registers import write_workbook
from country.world import World
from takhai.policy.types import AFFILIATIONS
from takhai.thai import places
from takhai.thai.identifiers import NumberForm, read_number
from takhai.thai.names import name_key
from tests.country.conftest import Made, world_of
from tests.country.naive_files import key

BOM = b"\xef\xbb\xbf"


def sheet(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def workbook(tmp_path: Path, habit: int) -> tuple[World, list[Pupil], list[list[Any]]]:
    """A school's workbook with the habit, read back."""
    world, _ = world_of()
    school = max(world.schools.values(), key=lambda school: school.size)
    pupils = [p for p in world.present() if p.school is school]
    before, school.workbook = school.workbook, habit
    path = tmp_path / "school.xlsx"
    write_workbook(world, path, school, [sheet_row(world, p, school) for p in pupils])
    school.workbook = before
    return world, pupils, sheet(path)


def test_the_header_has_the_36_columns_of_the_export() -> None:
    assert len(dmc.HEADER) == 36
    assert dmc.HEADER[0] == "รหัสโรงเรียน"
    assert dmc.HEADER[35] == "ยังไม่สามารถจำหน่ายได้ (3.1.8)"


def test_csv_files_are_named_by_affiliation_and_province(krabi: Made) -> None:
    for path in (krabi.folder / "registers").iterdir():
        affiliation, province, *school = path.stem.split("-")
        assert affiliation in AFFILIATIONS
        assert province == "81"
        assert len(school) == (path.suffix == ".xlsx")


def test_some_csv_are_utf8_with_a_mark_some_without_some_thai_code_page(krabi: Made) -> None:
    folder = krabi.folder / "registers"
    assert (folder / "obec-81.csv").read_bytes().startswith(BOM)
    assert not (folder / "dla-81.csv").read_bytes().startswith(BOM)
    raw = (folder / "opec-81.csv").read_bytes()
    assert raw.decode("cp874").startswith("รหัสโรงเรียน")
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")


def test_a_csv_has_its_header_in_row_1_and_no_stamp(krabi: Made) -> None:
    text = (krabi.folder / "registers" / "obec-81.csv").read_text(encoding="utf-8-sig")
    assert next(csv.reader(io.StringIO(text))) == list(dmc.HEADER)
    assert dmc.STAMP not in text


def test_a_table_program_has_renamed_the_second_of_two_equal_columns(krabi: Made) -> None:
    text = (krabi.folder / "registers" / "dla-81.csv").read_text(encoding="utf-8")
    header = next(csv.reader(io.StringIO(text)))
    assert (header[2], header[5]) == ("เลขประจำตัวนักเรียน", "เลขประจำตัวนักเรียน2")


def test_a_school_with_a_workbook_is_in_no_csv(krabi: Made) -> None:
    folder = krabi.folder / "registers"
    workbooks = {path.stem.split("-")[2] for path in folder.glob("*.xlsx")}
    assert workbooks
    for path in folder.glob("*.csv"):
        encoding = "cp874" if path.name.startswith(("opec", "nfe")) else "utf-8-sig"
        codes = {row[0] for row in csv.reader(io.StringIO(path.read_text(encoding=encoding)))}
        assert not codes & workbooks


@pytest.mark.parametrize("habit", [1, 2, 3, 4])
def test_a_workbook_has_a_stamp_and_then_its_header(tmp_path: Path, habit: int) -> None:
    world, pupils, rows = workbook(tmp_path, habit)
    stamp = str(rows[0][0])
    assert stamp.startswith("วันและเวลาที่สร้างรายงาน ")
    assert datetime.fromisoformat(stamp.removeprefix("วันและเวลาที่สร้างรายงาน ")).date() == world.intake
    assert rows[1][8] == "ชื่อ"
    assert len(rows) == 2 + len(pupils)


@pytest.mark.parametrize(("habit", "same"), [(1, True), (2, False), (3, True), (4, False)])
def test_in_some_exports_two_columns_have_one_name(tmp_path: Path, habit: int, same: bool) -> None:
    header = workbook(tmp_path, habit)[2][1]
    assert (header[2] == header[5] == "เลขประจำตัวนักเรียน") is same


def test_some_dates_are_dates_and_gregorian(tmp_path: Path) -> None:
    world, pupils, rows = workbook(tmp_path, 1)
    cells = [row[10] for row in rows[2:]]
    dates = [cell for cell in cells if isinstance(cell, date)]
    assert 0.1 < len(dates) / len(cells) < 0.6
    births = {p.child.said.birth for p in pupils}
    assert all(date(day.year, day.month, day.day) in births for day in dates)
    assert world.intake.year > max(day.year for day in dates)


@pytest.mark.parametrize("habit", [2, 4])
def test_numbers_may_be_numbers_and_lose_no_zero_by_accident(tmp_path: Path, habit: int) -> None:
    _, pupils, rows = workbook(tmp_path, habit)
    by_room = {int(row[5]): row for row in rows[2:]}
    for pupil in pupils:
        cell = by_room[pupil.pupil_no][2]
        if pupil.fault != "number_malformed" and not pupil.child.said.number.startswith("G"):
            text = str(int(cell)) if isinstance(cell, float) else str(cell)
            assert read_number(text).value == pupil.child.said.number


def test_the_same_school_gives_the_same_workbook(tmp_path: Path) -> None:
    world, _ = world_of()
    school = next(s for s in world.schools.values() if s.workbook)
    pupils = [p for p in world.present() if p.school is school]
    made = []
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(world, tmp_path / name, school, [sheet_row(world, p, school) for p in pupils])
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def cells_of(fault: str) -> list[tuple[Pupil, list[str]]]:
    world, _ = world_of(most=None)
    return [(p, sheet_row(world, p, p.school).cells) for p in world.present() if p.fault == fault]


def test_a_clean_row_is_good_in_every_cell() -> None:
    world, _ = world_of(most=None)
    subdistricts = {s.name_th for d in places.districts("81") for s in places.subdistricts(d.code)}
    for pupil, cells in cells_of("")[:3_000]:
        assert len(cells) == 36
        assert read_number(cells[2]).value == pupil.child.said.number
        assert cells[3] in {grade.value for grade in pupil.school.grades}
        assert (cells[6] == "ช") is (pupil.child.said.sex == "m")
        assert cells[10] == buddhist(pupil.child.said.birth)
        assert int(cells[11]) == age_on(pupil.child.said.birth, world.intake)
        assert cells[21] in subdistricts
        assert cells[35] in ("-", "/")


def test_habits_of_writing_change_no_name() -> None:
    odd = 0
    for pupil, cells in cells_of(""):
        said = pupil.child.said
        odd += (cells[8], cells[9]) != (said.first, said.last)
        assert (name_key(cells[8]), name_key(cells[9])) == (name_key(said.first), name_key(said.last))
        assert key(cells[8].strip()) == key(said.first)
    assert odd > 50


@pytest.mark.parametrize("fault", [kind.name for kind in kinds.REFUSED if kind.name != "row_malformed"])
def test_a_refused_row_differs_in_one_cell_from_what_it_should_be(fault: str) -> None:
    world, _ = world_of(most=None)
    for pupil, cells in cells_of(fault):
        right = sheet_row(world, pupil, pupil.school, mended=True).cells
        assert len(cells) == 36
        assert sum(one != other for one, other in zip(cells, right, strict=True)) == 1


def test_a_malformed_row_is_too_short_for_any_reading() -> None:
    assert all(12 < len(cells) < 36 for _, cells in cells_of("row_malformed"))


def test_a_lost_zero_can_be_put_back() -> None:
    for pupil, cells in cells_of("number_zero_lost"):
        read = read_number(cells[2])
        assert (len(cells[2]), read.form, read.mended) == (12, NumberForm.ZERO, True)
        assert read.value == pupil.child.said.number
    for pupil, cells in cells_of("school_zero_lost"):
        assert "0" + cells[0] == pupil.school.code


def test_an_unknown_school_is_no_school() -> None:
    world, _ = world_of(most=None)
    for _, cells in cells_of("school_unknown"):
        assert cells[0] not in world.schools
        assert len(cells[0]) == 8


def test_a_gregorian_year_is_no_pupils_buddhist_year() -> None:
    for pupil, cells in cells_of("birth_year_out_of_range"):
        assert int(cells[10][6:]) == pupil.child.said.birth.year
