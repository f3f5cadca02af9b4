"""Register files: one CSV per affiliation, workbooks of single schools instead of their rows in it."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from country import dmc
from country.dmc import Sheet, sheet_row
from country.draw import below, number
from country.pupils import Pupil
from country.schools import School
from country.world import World

_BOM = "\ufeff"


def write_registers(world: World, folder: Path) -> None:
    """All register files of the province, school by school."""
    folder.mkdir(parents=True, exist_ok=True)
    by_school: dict[str, list[tuple[Pupil, School]]] = {}
    for pupil in world.present():
        by_school.setdefault(pupil.school.code, []).append((pupil, pupil.school))
        if pupil.fault == "duplicate":
            by_school[pupil.school.code].append((pupil, pupil.school))
        if pupil.second:
            by_school.setdefault(pupil.second.code, []).append((pupil, pupil.second))
    for affiliation in sorted({school.affiliation for school in world.schools.values()}):
        own = [school for school in world.schools.values() if school.affiliation == affiliation]
        stem = folder / f"{affiliation}-{world.province}"
        for school in own:
            if school.workbook and school.code in by_school:
                path = stem.with_name(f"{stem.name}-{school.code}.xlsx")
                write_workbook(world, path, school, _sheets(world, by_school[school.code]))
        in_text = [school for school in own if school.code in by_school and not school.workbook]
        # Where every school has sent a workbook nobody sends a file of no rows.
        if in_text:
            sheets = (sheet for school in in_text for sheet in _sheets(world, by_school[school.code]))
            write_csv(stem.with_name(f"{stem.name}.csv"), sheets, affiliation)


def _sheets(world: World, rows: list[tuple[Pupil, School]]) -> Iterator[Sheet]:
    rows.sort(key=lambda row: (list(row[1].grades).index(row[0].grade), row[0].room, row[0].serial))
    return (sheet_row(world, pupil, school) for pupil, school in rows)


def write_csv(path: Path, sheets: Iterable[Sheet], affiliation: str) -> None:
    """A copy of the sheet without its stamp, in the encoding that the affiliation's offices use."""
    encoding = "cp874" if affiliation in ("opec", "nfe") else "utf-8"
    with path.open("w", encoding=encoding, newline="") as file:
        if affiliation in ("obec", "bpp", "bma"):
            file.write(_BOM)
        header = list(dmc.HEADER)
        if affiliation == "dla":
            # What a table program makes of two columns with one name.
            header[dmc.NUMBER], header[dmc.PUPIL_NO] = dmc.SAME_NAME, f"{dmc.SAME_NAME}2"
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sheet.cells for sheet in sheets)


def write_workbook(world: World, path: Path, school: School, sheets: Iterable[Sheet]) -> None:
    """The export itself: stamp in row 1, header in row 2, cells typed by the school's habits.

    Habit 1: dates typed as dates here and there, columns 3 and 6 of one name. 2: numbers as numbers.
    3: columns of one name. 4: numbers as numbers and dates as dates.
    """
    day = world.intake
    made = datetime.combine(day, time(4, 10, 12, 100_000 + below(900_000, world.seed, "stamp", school.code)))
    book = xlsxwriter.Workbook(str(path), {"constant_memory": False, "strings_to_numbers": False})
    book.set_properties({"created": datetime.combine(day, time())})
    as_date = book.add_format({"num_format": "dd/mm/yyyy"})
    page = book.add_worksheet("รายชื่อนักเรียน")
    page.write_string(0, 0, f"{dmc.STAMP} {made.isoformat(sep=' ')}")
    header = list(dmc.HEADER)
    if school.workbook in (1, 3):
        header[dmc.NUMBER] = header[dmc.PUPIL_NO] = dmc.SAME_NAME
    page.write_row(1, 0, header)
    for at, sheet in enumerate(sheets, start=2):
        for column, text in enumerate(sheet.cells):
            value = _typed(school.workbook, column, text, sheet, number(world.seed, school.code, at))
            if isinstance(value, datetime):
                page.write_datetime(at, column, value, as_date)
            else:
                page.write(at, column, value)
    book.close()


def _typed(habit: int, column: int, text: str, sheet: Sheet, draw: int) -> Any:
    if column == dmc.BIRTH and sheet.plain and (habit == 4 or (habit == 1 and draw % 3 == 0)):
        return datetime.combine(sheet.birth, time())
    numeric = column in (dmc.SCHOOL, dmc.NUMBER, dmc.ROOM, dmc.PUPIL_NO, 11, 12, 13)
    if habit in (2, 4) and numeric and _stays_itself(text):
        return float(text)
    return text


def _stays_itself(text: str) -> bool:
    """A number that loses nothing as a number; a zero in front that was not planted stays text."""
    return text.replace(".", "", 1).isdigit() and (text == "0" or not text.startswith("0"))
