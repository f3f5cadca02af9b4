"""Register files for the tests of intake, made by code; every person in them is made up."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from takhai.platform.intake.check import Checked, check
from takhai.platform.intake.layout import load
from takhai.platform.intake.reading import Reading
from takhai.platform.intake.types import Row
from takhai.thai.calendar import Term
from takhai.thai.identifiers import check_digit

TERM = Term.parse("2563-2")
DMC = load("dmc")
HEADER = tuple(column.header[0] for column in DMC.columns)
FIELDS = DMC.fields
STAMP = "วันและเวลาที่สร้างรายงาน 2020-12-02 04:10:12.244315"
CITIZEN = "1101700230708"
GCODE = "G642112345678"
SHEET = "xl/worksheets/sheet1.xml"

GOOD: Mapping[str, str] = {
    "school_code": "81012017", "school_name": "โรงเรียนบ้านทดสอบ", "identifier": CITIZEN, "grade": "ป.1",
    "room": "1", "pupil_no": "1024", "sex": "ช", "prefix": "เด็กชาย", "first_name": "ทดสอบ", "last_name": "ใจดีงาม",
    "birth_date": "09/12/2556", "age": "6", "weight_g": "20.5", "height_mm": "112", "blood_group": "-",
    "religion": "พุทธ", "ethnicity": "ไทย", "nationality": "ไทย", "house_no": "12/3", "village_no": "4", "street": "-",
    "subdistrict": "ปากน้ำ", "district": "เมืองกระบี่", "province": "กระบี่", "guardian_first_name": "สมมุติ",
    "guardian_last_name": "ใจดีงาม", "guardian_occupation": "รับจ้าง", "guardian_relation": "มารดา",
    "father_first_name": "-", "father_last_name": "-", "father_occupation": "-", "mother_first_name": "สมมุติ",
    "mother_last_name": "ใจดีงาม", "mother_occupation": "รับจ้าง", "disadvantage": "เด็กยากจน", "long_absent": "-",
}  # fmt: skip


def number(serial: int) -> str:
    """A citizen number with a right check digit, different for each serial."""
    twelve = f"18199{serial:07d}"
    return twelve + str(check_digit(twelve))


def row(**changes: Any) -> list[Any]:
    """A good row of the DMC layout with some cells changed."""
    unknown = changes.keys() - set(FIELDS)
    assert not unknown, unknown
    return [changes.get(field, GOOD[field]) for field in FIELDS]


def rows(count: int) -> list[list[Any]]:
    """Good rows of different pupils."""
    return [row(identifier=number(serial)) for serial in range(count)]


def csv_text(lines: Sequence[Sequence[Any]], *, header: Sequence[str] = HEADER) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    if header:
        writer.writerow(header)
    writer.writerows(lines)
    return stream.getvalue()


def write_csv(
    folder: Path,
    lines: Sequence[Sequence[Any]],
    *,
    name: str = "register.csv",
    header: Sequence[str] = HEADER,
    stamp: str = "",
    encoding: str = "utf-8-sig",
) -> Path:
    path = folder / name
    path.write_bytes(((f"{stamp}\n" if stamp else "") + csv_text(lines, header=header)).encode(encoding))
    return path


def write_xlsx(
    folder: Path,
    lines: Sequence[Sequence[Any]],
    *,
    name: str = "register.xlsx",
    header: Sequence[str] = HEADER,
    stamp: str = STAMP,
    options: Mapping[str, Any] | None = None,
) -> Path:
    path = folder / name
    with xlsxwriter.Workbook(str(path), {"in_memory": True, **(options or {})}) as book:
        sheet = book.add_worksheet("นักเรียน")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        above = [[stamp]] if stamp else []
        for at, line in enumerate([*above, list(header), *lines]):
            for column, cell in enumerate(line):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
                elif isinstance(cell, int | float):
                    sheet.write_number(at, column, cell)
                else:
                    sheet.write_string(at, column, cell)
    return path


def checked(path: Path, *, layout: str = "dmc", term: Term = TERM) -> Checked:
    return check(path=path, layout=load(layout), term=term, bad_rows_folder=path.parent / "bad")


def check_rows(folder: Path, *lines: Sequence[Any]) -> Checked:
    """The answer for these rows as a CSV."""
    return checked(write_csv(folder, lines))


def good_rows(path: Path, *, layout: str = "dmc", term: Term = TERM) -> list[Row]:
    with Reading(path=path, layout=load(layout), term=term) as file:
        return list(file)


def bad_names(answer: Checked) -> list[str]:
    return [entry.name for entry in answer.bad]


def warn_names(answer: Checked) -> list[str]:
    return [entry.name for entry in answer.warn]


def sentences(answer: Checked) -> str:
    """Everything the answer says, to look for what it must not say."""
    return "\n".join(
        " ".join((entry.column, entry.message_th, entry.message_en, entry.mend_th, entry.mend_en))
        for entry in [*answer.bad, *answer.warn]
    )


def rebuilt(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The workbook with its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
