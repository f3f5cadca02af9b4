"""Reads a country's folder the plainest way, by the data dictionary alone: no code of country or app."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook

Rows = list[dict[str, str]]
GOOD_GRADES = {
    *(f"อ.{n}" for n in range(1, 4)), *(f"ป.{n}" for n in range(1, 7)), *(f"ม.{n}" for n in range(1, 7)),
}  # fmt: skip
TITLES = {"ด.ช.": "เด็กชาย", "ด.ญ.": "เด็กหญิง", "น.ส.": "นางสาว"}


@dataclass(frozen=True)
class RegisterRow:
    """A row of a register; `refused` is "" or the first reason in column order."""

    file: str
    refused: str
    school: str = ""
    number: str = ""
    grade: str = ""
    sex: str = ""
    first: str = ""
    last: str = ""
    birth: date = date.min
    mark: str = ""


def table(path: Path) -> Rows:
    """A CSV with a header, whole."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def valid(number: str) -> bool:
    """13 digits with a right check digit."""
    if len(number) != 13 or not number.isdigit():
        return False
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(number[:12]))
    return (11 - total % 11) % 10 == int(number[12])


def key(name: str) -> str:
    """A name for comparison: no blanks, no ์, one form of ำ."""
    return name.replace(" ", "").replace("ํา", "ำ").replace("์", "")


def registers(folder: Path, schools: set[str], year: int) -> list[RegisterRow]:
    """All rows of the register files by file name and row."""
    found: list[RegisterRow] = []
    for path in sorted((folder / "registers").iterdir(), key=lambda path: path.name):
        if not path.name.startswith("corrections-"):
            sheet = _workbook(path) if path.suffix == ".xlsx" else _text(path)
            found += [_row(path.name, cells, schools, year) for cells in _body(sheet)]
    return found


def corrections(folder: Path, schools: set[str], year: int) -> list[tuple[date, str, list[RegisterRow]]]:
    """Correction files by name: the day of the stamp, the name, the rows."""
    found = []
    for path in sorted((folder / "registers").glob("corrections-*.csv"), key=lambda path: path.name):
        sheet = _text(path)
        day = date.fromisoformat(str(sheet[0][0]).split(" ")[1])
        found.append((day, path.name, [_row(path.name, cells, schools, year) for cells in _body(sheet)]))
    return found


def _text(path: Path) -> list[list[object]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp874")
    return [list(cells) for cells in csv.reader(text.splitlines())]


def _workbook(path: Path) -> list[list[object]]:
    return [list(cells) for cells in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()]


def _body(sheet: list[list[object]]) -> list[list[object]]:
    stamped = str(sheet[0][0]).startswith("วันและเวลาที่สร้างรายงาน")
    header = sheet[1 if stamped else 0]
    assert len(header) == 36
    assert header[0] == "รหัสโรงเรียน"
    return sheet[2 if stamped else 1 :]


def _row(file: str, cells: list[object], schools: set[str], year: int) -> RegisterRow:
    if len(cells) != 36:
        return RegisterRow(file, "row_malformed")
    text = [_cell(cell) for cell in cells]
    school, number, birth = _school(text[0]), _number(text[2]), _birth(cells[10], year)
    reasons = [
        school if school in ("school_code_malformed",) else "",
        "number_malformed" if not number else "",
        "class_unknown" if text[3] not in GOOD_GRADES else "",
        "sex_unknown" if text[6] not in ("ช", "ญ") else "",
        "text_unclean" if "\ufffd" in text[8] + text[9] else "",
        "name_missing" if not text[8] or not text[9] else "",
        birth if isinstance(birth, str) else "",
        "school_unknown" if school not in schools else "",
    ]
    refused = next((reason for reason in reasons if reason), "")
    if refused or isinstance(birth, str):
        return RegisterRow(file, refused)
    return RegisterRow(
        file, "", school, number, text[3], text[6], key(text[8]), key(text[9]), birth, text[34]
    )  # fmt: skip


def _cell(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _school(text: str) -> str:
    if len(text) == 7 and text.isdigit():
        text = "0" + text
    return text if len(text) == 8 and text.isdigit() else "school_code_malformed"


def _number(text: str) -> str:
    text = text.replace("-", "")
    if len(text) == 12 and valid("0" + text):
        return "0" + text
    gcode = len(text) == 13 and text[0] == "G" and text[1:].isdigit()
    return text if gcode or (len(text) == 13 and text.isdigit()) else ""


def _birth(cell: object, year: int) -> date | str:
    if isinstance(cell, date):
        return date(cell.year, cell.month, cell.day)
    day, month, be = (int(part) for part in str(cell).split("/"))
    if not year - 25 <= be <= year:
        return "birth_year_out_of_range"
    try:
        return date(be - 543, month, day)
    except ValueError:
        return "birth_date_impossible"
