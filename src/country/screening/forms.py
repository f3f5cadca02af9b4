"""The form นร.01 as a school sends it: a row of answers and a row for every member, all text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from country import names, numbers, out
from country.draw import below, rng
from country.pupils import Pupil
from country.schools import School
from country.screening.households import Household
from country.screening.members import SOURCES, Member
from country.world import NEW, World
from takhai.policy import for_round

FORM: Final = (
    "form_no", "identifier", "school_code", "household_ref", "filled_on", "family_status", "lives_with",
    "guardian_relation", "guardian_education", "guardian_occupation", "guardian_welfare_card",
    "single_parent", "tenure", "rent_baht", "floor", "wall", "roof", "toilet", "farmland", "water",
    "electricity", "car", "pickup", "tractor", "motorcycle", "computer", "air_conditioner", "television",
    "washing_machine", "refrigerator", "extension", "teacher", "official_name", "official_number",
    "official_position", "official_verdict", "official_reason",
)  # fmt: skip
MEMBER: Final = (
    "form_no", "member_no", "relation", "age", "disabled", "chronic", "studies", "works", *SOURCES,
)  # fmt: skip
# Serials of officials, far from those of children and of strangers.
_OFFICIALS: Final = 8_000_000
_POSITIONS: Final = 4
_WAYS: Final = ("walk", "bicycle", "motorcycle", "school_bus", "public_bus", "boat", "car")
_REFUSALS: Final = ("ไม่พบครัวเรือนตามที่อยู่", "ข้อมูลรายได้ไม่ตรงกับความเป็นจริง", "ไม่ได้อาศัยอยู่ในพื้นที่")


@dataclass(slots=True)
class Form:
    """One row of the forms file and its members. `pupil` filled it in, `fault` is what is wrong with it.

    `sent`: False for a form that comes too late. `cells`: how many of the row's cells are written.
    """

    pupil: Pupil
    row: dict[str, str]
    members: list[dict[str, str]]
    welfare: int
    fault: str = ""
    sent: bool = True
    cells: int = len(FORM)

    @property
    def number(self) -> str:
        """Its form number."""
        return self.row["form_no"]

    @property
    def good(self) -> bool:
        """Whether it is taken in."""
        return not self.fault


def home_school(pupil: Pupil, province: str) -> School:
    """The pupil's school in the round: the last list's if it has a row there, else that of the first row."""
    if pupil.second is None:
        return pupil.school
    both = (pupil.school, pupil.second)
    known = [school for school in both if pupil.listing and school.code == pupil.listing.school]
    return min(known or both, key=lambda school: (_register(school, province), school.code))


def _register(school: School, province: str) -> str:
    stem = f"{school.affiliation}-{province}"
    return f"{stem}-{school.code}.xlsx" if school.workbook else f"{stem}.csv"


def form_of(world: World, pupil: Pupil, kin: Household, number: int, school: School) -> Form:
    """The form of a pupil, the `number`-th of its school, as it should be."""
    code = f"{world.term.year}{world.term.semester}-{school.code}-{number:04d}"
    draw = rng(world.seed, "form", world.term, pupil.serial)
    family = pupil.child.family
    filled = for_round(world.term).window("assess", NEW).opens + timedelta(days=draw.randrange(12))
    parent = any(member.relation in ("father", "mother") for member in kin.members)
    extension = {
        "travel": {
            "way": draw.choice(_WAYS), "km": draw.randrange(1, 180) / 10, "minutes": draw.randrange(3, 70),
            "baht_a_month": 50 * draw.randrange(13), "pocket_baht_a_day": 5 * draw.randrange(9),
        },
        "photo": draw.choices(("home", "school_sign"), (93, 7))[0],
    }  # fmt: skip
    row = {
        "form_no": code,
        "identifier": pupil.child.said.number,
        "school_code": school.code,
        "household_ref": kin.ref,
        "filled_on": filled.isoformat(),
        "family_status": kin.status,
        "lives_with": "institution" if pupil.child.robe else "parents" if parent else "relative",
        "guardian_relation": family.relation,
        "guardian_education": kin.schooling,
        "guardian_occupation": family.guardian.job.strip("-"),
        "guardian_welfare_card": yes_no(kin.welfare_card),
        "single_parent": yes_no(kin.single_parent),
        **kin.home,
        "extension": json.dumps(extension, ensure_ascii=False),
        "teacher": _person(world.seed, "teacher", school.code, pupil.grade, pupil.room),
        **official(world, pupil),
    }
    members = [_member(code, n, who, pupil) for n, who in enumerate(kin.members, start=1)]
    return Form(pupil, row, members, kin.welfare)


def _member(code: str, n: int, who: Member, pupil: Pupil) -> dict[str, str]:
    return {
        "form_no": code,
        "member_no": str(n),
        "relation": "pupil" if who.serial == pupil.serial else who.relation,
        "age": str(who.age),
        "disabled": yes_no(who.disabled),
        "chronic": yes_no(who.chronic),
        "studies": yes_no(who.studies),
        "works": yes_no(who.works),
        **{source: amount(who.income.get(source, 0)) for source in SOURCES},
    }


def yes_no(flag: bool) -> str:
    """yes or no."""
    return "yes" if flag else "no"


def amount(satang: int) -> str:
    """Baht with two decimals, a minus before what is lost."""
    return out.baht(satang) if satang >= 0 else f"-{out.baht(-satang)}"


def official(world: World, pupil: Pupil) -> Mapping[str, str]:
    """The state official of the pupil's village, who certifies."""
    kin = pupil.child.family
    place = (world.seed, kin.subdistrict, kin.village_no)
    positions = for_round(world.term).official_positions[:_POSITIONS]
    return {
        "official_name": _person(world.seed, "official", *place[1:]),
        "official_number": numbers.citizen(
            world.province, _OFFICIALS + below(900_000, "number", *place), world.seed
        ),
        "official_position": positions[below(len(positions), "position", *place)],
        "official_verdict": "certified",
        "official_reason": "",
    }


def refuse(world: World, form: Form) -> None:
    """The official refuses, and says why."""
    reason = _REFUSALS[below(len(_REFUSALS), world.seed, "why", form.pupil.serial)]
    form.row |= {"official_verdict": "refused", "official_reason": reason}


@cache
def _person(seed: int, *what: object) -> str:
    """A grown-up by what it is: the same teacher for a whole class."""
    draw = rng(seed, *what)
    return f"{names.first_name(draw, draw.choice(('m', 'f')))} {names.surname(draw)}"


def late_day(world: World, pupil: Pupil) -> date:
    """A day after the forms were due."""
    closes = for_round(world.term).window("assess", NEW).closes
    return closes + timedelta(days=1 + below(5, world.seed, world.term, "late", pupil.serial))
