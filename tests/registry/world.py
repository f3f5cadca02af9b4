"""A small world: four schools of one province and one of another, and register files about them."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from takhai.platform.intake.layout import load
from takhai.platform.sets import fetch
from takhai.registry.services import places
from takhai.thai.identifiers import check_digit

AREA_COLUMNS: Final = ("area_code", "name_th", "kind", "province_code")
AREAS: Final[tuple[tuple[str, ...], ...]] = (
    ("8101", "สพป.กระบี่", "primary", "81"),
    ("9280", "สพม.ตรัง กระบี่", "secondary", "92"),
    ("8100", "ศธจ.กระบี่", "other", "81"),
)
SCHOOL_COLUMNS: Final = (
    "school_code",
    "moe_code",
    "name_th",
    "affiliation",
    "area_code",
    "subdistrict_code",
    "account_bank",
    "account_number",
    "phone",
)
TOWN, FIELD, UPPER, LOCAL, AWAY = "81010001", "81010002", "81800001", "81990001", "92800001"
SCHOOLS: Final[tuple[tuple[str, ...], ...]] = (
    (TOWN, "1081000001", "โรงเรียนบ้านหนองบัว", "obec", "8101", "810101", "KTB", "9990000001", "0750000001"),
    (FIELD, "1081000002", "โรงเรียนบ้านหนองบัว", "obec", "8101", "810201", "", "", ""),
    (UPPER, "1081000003", "โรงเรียนตัวอย่างวิทยา", "obec", "9280", "810101", "KTB", "9990000003", ""),
    (LOCAL, "3081000001", "โรงเรียนเทศบาลตัวอย่าง", "dla", "8100", "810101", "GSB", "9990000004", ""),
    (AWAY, "1092000001", "โรงเรียนต่างจังหวัด", "obec", "9280", "920101", "BAAC", "9990000005", ""),
)
# Seeded values that must never be found where personal values do not belong.
FIRST_NAMES: Final = ("มานะ", "มานี", "ปิติ", "ชูใจ", "วีระ", "ดวงแก้ว")


def citizen(number: int, *, kind: int = 1) -> str:
    """A well-formed citizen number; ``kind`` is its first digit."""
    first12 = f"{kind}{8100:04d}{number:07d}"
    return f"{first12}{check_digit(first12)}"


def wrong_check(number: int) -> str:
    """Thirteen digits whose last is not the check digit."""
    good = citizen(number)
    return f"{good[:12]}{(int(good[12]) + 1) % 10}"


def gcode(number: int) -> str:
    return f"G6381{number:08d}"


def pupil(number: int, **changes: Any) -> dict[str, str]:
    """A row of the register by our field names; a child of the number's own."""
    row = {
        "school_code": TOWN,
        "identifier": citizen(number),
        "grade": "ป.2",
        "room": "1",
        "pupil_no": f"{5000 + number}",
        "sex": "ช",
        "prefix": "เด็กชาย",
        "first_name": FIRST_NAMES[number % len(FIRST_NAMES)],
        "last_name": f"ทดสอบ{_letters(number)}",
        "birth_date": f"{number % 28 + 1:02d}/06/2555",
        "weight_g": "24.5",
        "height_mm": "121",
        "house_no": f"{number}/9",
        "village_no": "4",
        "subdistrict": "ปากน้ำ",
        "district": "เมืองกระบี่",
        "province": "กระบี่",
        "father_first_name": "ประเสริฐ",
        "father_last_name": f"ทดสอบ{_letters(number)}",
        "father_occupation": "เกษตรกร",
        "mother_first_name": "สมศรี",
        "mother_last_name": f"ทดสอบ{_letters(number)}",
        "mother_occupation": "รับจ้าง",
        "guardian_first_name": "สมศรี",
        "guardian_last_name": f"ทดสอบ{_letters(number)}",
        "guardian_occupation": "รับจ้าง",
        "guardian_relation": "มารดา",
        "disadvantage": "เด็กยากจน",
    }
    return row | {name: str(value) for name, value in changes.items()}


def _letters(number: int) -> str:
    """A number in Thai consonants, so that every pupil has a surname of his own."""
    return "".join(chr(ord("ก") + int(digit)) for digit in str(number))


@dataclass(slots=True)
class World:
    """Writes files as registers would and loads what must be there before them."""

    root: Path
    schools: tuple[tuple[str, ...], ...] = field(default=SCHOOLS)

    def load_places(self) -> None:
        places.load(
            areas=self.write("areas.csv", AREA_COLUMNS, AREAS),
            schools=self.write("schools.csv", SCHOOL_COLUMNS, self.schools),
            by="test",
        )

    def write(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
        """A CSV file of the folder."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
        return path

    def register(
        self,
        *rows: Mapping[str, str],
        name: str = "obec-81.csv",
        stamp: str = "",
        without: Sequence[str] = (),
    ) -> Path:
        """A DMC export with these rows; with a stamp row when a day is given."""
        columns = [column for column in load("dmc").columns if column.field not in without]
        path = self.root / "registers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            if stamp:
                writer.writerow([f"วันและเวลาที่สร้างรายงาน {stamp} 04:10:12.244315"])
            writer.writerow([column.header[0] for column in columns])
            writer.writerows([row.get(column.field, "-") for column in columns] for row in rows)
        return path


def count(sql: str, **params: object) -> int:
    """The one number of a SELECT."""
    ((number,),) = fetch(sql, **params)
    return int(str(number))


EXTRACT_COLUMNS: Final = ("number", "prefix", "first_name", "last_name", "sex", "birth_date", "alive")


def citizen_of(row: Mapping[str, str], **changes: str) -> tuple[str, ...]:
    """What the civil registry says of the child of a row, when it agrees with the row."""
    day, month, year = row["birth_date"].split("/")
    said = {
        "number": row["identifier"],
        "prefix": row["prefix"],
        "first_name": row["first_name"],
        "last_name": row["last_name"],
        "sex": row["sex"],
        "birth_date": f"{int(year) - 543:04d}-{month}-{day}",
        "alive": "yes",
    } | changes
    return tuple(said[column] for column in EXTRACT_COLUMNS)


class _Undone(Exception):
    """Ends a savepoint."""


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is taken back at its end: for the examples of one test."""
    with suppress(_Undone), transaction.atomic():
        yield
        raise _Undone
