"""One row of the DMC pupil export, as schools fill it in, with the faults that were planted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from country import numbers
from country.draw import number
from country.people import Person, age_on, title
from country.pupils import Pupil
from country.schools import School
from country.world import World
from takhai.thai.calendar import BE

HEADER: Final = (
    "รหัสโรงเรียน", "ชื่อโรงเรียน", "เลขประจำตัวประชาชน", "ชั้น", "ห้อง", "รหัสนักเรียน", "เพศ", "คำนำหน้าชื่อ",
    "ชื่อ", "นามสกุล", "วันเกิด", "อายุ(ปี)", "น้ำหนัก", "ส่วนสูง", "กลุ่มเลือด", "ศาสนา", "เชื้อชาติ", "สัญชาติ",
    "บ้านเลขที่", "หมู่", "ถนน/ซอย", "ตำบล", "อำเภอ", "จังหวัด", "ชื่อผู้ปกครอง", "นามสกุลผู้ปกครอง",
    "อาชีพของผู้ปกครอง", "ความเกี่ยวข้องของผู้ปกครองกับนักเรียน", "ชื่อบิดา", "นามสกุลบิดา", "อาชีพของบิดา",
    "ชื่อมารดา", "นามสกุลมารดา", "อาชีพของมารดา", "ความด้อยโอกาส", "ยังไม่สามารถจำหน่ายได้ (3.1.8)",
)  # fmt: skip
SAME_NAME: Final = "เลขประจำตัวนักเรียน"
STAMP: Final = "วันและเวลาที่สร้างรายงาน"
SCHOOL, NUMBER, GRADE, ROOM, PUPIL_NO, BIRTH = 0, 2, 3, 4, 5, 10
SEX: Final[Mapping[str, str]] = {"m": "ช", "f": "ญ"}
_SHORT_TITLES: Final = {"เด็กชาย": "ด.ช.", "เด็กหญิง": "ด.ญ.", "นางสาว": "น.ส."}
_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A row's cells as text, the birthday as a date, and whether both can be told as such."""

    cells: list[str]
    birth: date
    plain: bool


def sheet_row(world: World, pupil: Pupil, school: School, *, mended: bool = False) -> Sheet:
    """The pupil's row at a school; `mended`: as it should have been."""
    said = pupil.child.true if mended else pupil.child.said
    cells = _cells(world, pupil, school, said)
    fault = "" if mended else pupil.fault
    if not mended and not fault and not pupil.second and not pupil.child.former:
        _habits(world, pupil, cells)
    _spoil(fault, pupil, cells)
    plain = fault not in ("birth_date_impossible", "birth_year_out_of_range", "number_malformed")
    return Sheet(cells, said.birth, plain)


def _cells(world: World, pupil: Pupil, school: School, said: Person) -> list[str]:
    kin, day = pupil.child.family, world.intake
    draw = number(world.seed, world.term.year, "body", pupil.serial)
    weight, height = _body(age_on(said.birth, day), draw)
    return [
        school.code, school.short_name, said.number, pupil.grade.value, str(pupil.room), str(pupil.pupil_no),
        SEX[said.sex], title(said, pupil.child.robe, day), said.first, said.last, buddhist(said.birth),
        str(age_on(said.birth, day)), weight, height, ("-", "A", "B", "O", "AB", "-", "O")[draw % 7],
        kin.religion, kin.people, kin.nationality, kin.house, kin.village_no, kin.road, kin.subdistrict,
        kin.district, kin.province, kin.guardian.first, kin.guardian.last, kin.guardian.job, kin.relation,
        kin.father.first, kin.father.last, kin.father.job, kin.mother.first, kin.mother.last, kin.mother.job,
        pupil.mark, "/" if pupil.long_absent else "-",
    ]  # fmt: skip


def buddhist(day: date) -> str:
    """dd/mm/BBBB."""
    return f"{day.day:02d}/{day.month:02d}/{day.year + BE}"


def _body(age: int, draw: int) -> tuple[str, str]:
    """Weight in kg and height in cm; 0 or nothing where nobody measured."""
    if draw % 100 < 4:
        return ("0", "0") if draw % 2 else ("-", "")
    height = 75 + 6 * min(age, 16) + draw // 100 % 15
    weight = 8 + (5 * min(age, 16)) // 2 + draw // 10_000 % 9
    return f"{weight}.{draw // 1_000_000 % 10}", str(height)


def _habits(world: World, pupil: Pupil, cells: list[str]) -> None:
    """Ways of writing that change nothing: a title cut short, blanks, dashes, a taken-apart ำ."""
    draw = number(world.seed, world.term, "habit", pupil.serial)
    habit = draw % 200
    if habit == 0:
        cells[7] = _SHORT_TITLES.get(cells[7], cells[7])
    elif habit == 1:
        cells[8], cells[9] = f" {cells[8]}", f"{cells[9]} "
    elif habit in (2, 3, 4, 5):
        cells[8], cells[9] = cells[8].replace("ำ", "ํา"), cells[9].replace("ำ", "ํา")
    elif habit == 6 and len(cells[NUMBER]) == 13 and cells[NUMBER].isdigit():
        text = cells[NUMBER]
        cells[NUMBER] = f"{text[0]}-{text[1:5]}-{text[5:10]}-{text[10:12]}-{text[12]}"


def _spoil(fault: str, pupil: Pupil, cells: list[str]) -> None:
    by = pupil.serial
    if fault == "number_malformed":
        cells[NUMBER] = numbers.malformed(cells[NUMBER], by)
    elif fault == "number_zero_lost":
        cells[NUMBER] = cells[NUMBER].removeprefix("0")
    elif fault == "school_zero_lost":
        cells[SCHOOL] = cells[SCHOOL].removeprefix("0")
    elif fault == "school_code_malformed":
        cells[SCHOOL] = (f"{cells[SCHOOL][:4]}A{cells[SCHOOL][5:]}", cells[SCHOOL][:6])[by % 2]
    elif fault == "school_unknown":
        cells[SCHOOL] = f"{cells[SCHOOL][:4]}99{cells[SCHOOL][6:]}"
    elif fault == "name_missing":
        # Without a number of a citizen a pupil may have no surname: that row would be good.
        unregistered = cells[NUMBER][0] in "G0"
        cells[8 if unregistered else 8 + by % 2] = ""
    elif fault == "sex_unknown":
        cells[6] = ("-", "x", "0")[by % 3]
    elif fault == "class_unknown":
        cells[GRADE] = ("ป.9", "ม.7", "เตรียม")[by % 3]
    elif fault == "text_unclean":
        cells[8] = cells[8][:-1] + _LOST
    elif fault == "birth_date_impossible":
        cells[BIRTH] = ("31/02/", "31/04/", "30/02/")[by % 3] + cells[BIRTH][6:]
    elif fault == "birth_year_out_of_range":
        cells[BIRTH] = f"{cells[BIRTH][:6]}{int(cells[BIRTH][6:]) - BE}"
    elif fault == "row_malformed":
        del cells[20 - by % 8 :]
