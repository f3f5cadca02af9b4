"""People of the country: families whose children share guardian, father, mother and address."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from country import names
from country.schools import words
from takhai.thai import places
from takhai.thai.calendar import BE, Term
from takhai.thai.grades import Grade

_GRADES = tuple(Grade)


class Person(NamedTuple):
    """What a register says about a pupil: number, names without title, sex "m" or "f", birth."""

    number: str
    first: str
    last: str
    sex: str
    birth: date


class Parent(NamedTuple):
    """A grown-up: names, trade."""

    first: str
    last: str
    job: str


@dataclass(frozen=True, slots=True)
class Family:
    """Who brings up a child, and where."""

    surname: str
    father: Parent
    mother: Parent
    guardian: Parent
    relation: str
    house: str
    village_no: str
    road: str
    subdistrict: str
    district: str
    province: str
    religion: str
    people: str
    nationality: str


@dataclass(slots=True)
class Child:
    """A child for life. `said` is what its school writes, `true` what the civil registry knows.

    `former` is the G-code it had before its number, "" without one. `robe`: "" or a monk's title.
    """

    serial: int
    family: Family
    said: Person
    true: Person
    robe: str
    in_registry: bool
    alive: bool = True
    former: str = ""


_SOUTH = ("80", "81", "82", "83", "84", "85", "86", "90", "91", "92", "93")
_DEEP_SOUTH = ("91", "94", "95", "96")


def family(chance: Random, subdistrict: str, *, foreign: bool) -> Family:
    """A family in a sub-district (six-digit code)."""
    surname = names.surname(chance)
    lists = words()["family"]
    father = Parent(names.first_name(chance, "m"), surname, chance.choice(lists["jobs"]))
    own_name = chance.random() < 0.3
    mother = Parent(
        names.first_name(chance, "f"),
        names.surname(chance) if own_name else surname,
        chance.choice(lists["jobs"]),
    )
    relation = chance.choices(("บิดา", "มารดา", "ตา", "ยาย", "ปู่", "ย่า", "ป้า"), (38, 34, 5, 10, 4, 6, 3))[0]
    sex = "f" if relation in ("ยาย", "ย่า", "ป้า") else "m"
    elder = Parent(names.first_name(chance, sex), surname, chance.choice(lists["jobs"]))
    place = places.subdistrict(subdistrict) if len(subdistrict) == 6 else places.district(subdistrict)
    around = places.district(subdistrict[:4])
    province = subdistrict[:2]
    islam = 0.75 if province in _DEEP_SOUTH else 0.3 if province in _SOUTH else 0.02
    return Family(
        surname=surname,
        father=father,
        mother=mother,
        guardian={"บิดา": father, "มารดา": mother}.get(relation, elder),
        relation=relation,
        house=f"{chance.randint(1, 399)}" + (f"/{chance.randint(1, 30)}" if chance.random() < 0.3 else ""),
        village_no=str(chance.randint(1, 15)),
        road=chance.choice(lists["roads"]),
        subdistrict=place.name_th,
        district=around.name_th,
        province=places.province(province).name_th,
        religion="อิสลาม" if chance.random() < islam else "พุทธ" if chance.random() < 0.97 else "คริสต์",
        people=chance.choice(lists["foreign"][:3]) if foreign else chance.choice(lists["peoples"]),
        nationality=chance.choice(lists["foreign"]) if foreign else "ไทย",
    )


def birth_for(chance: Random, grade: Grade, term: Term) -> date:
    """A birthday that fits the grade in the term's academic year; a few pupils are a year or two late."""
    age = 3 + _GRADES.index(grade) + chance.choices((0, 1, 2), (96, 3, 1))[0]
    last = date(term.year - BE - age, 5, 16)
    return last - timedelta(days=chance.randrange(365))


def age_on(birth: date, day: date) -> int:
    """Full years on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def title(person: Person, robe: str, day: date) -> str:
    """The title of a pupil on a day: a child's until fifteen, a novice's or monk's in the temple."""
    if robe:
        return robe
    grown = age_on(person.birth, day) >= 15
    if person.sex == "m":
        return "นาย" if grown else "เด็กชาย"
    return "นางสาว" if grown else "เด็กหญิง"
