"""Pupils of a round and the first population of a province's schools."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from country import names, numbers
from country.draw import chance as drawn
from country.draw import number, rng
from country.people import Child, Family, Person, birth_for, family
from country.schools import School, words
from takhai.thai.calendar import Term
from takhai.thai.grades import Grade, Level

GCODES_PER_MILLION = 20_000
ZEROS_PER_MILLION = 4_000
FEWEST_GCODES, FEWEST_ZEROS = 6, 6


@dataclass(slots=True)
class Listing:
    """What the list of the round before says of a pupil; `compliant` None: nobody has judged it yet."""

    identifier: str
    person: Person
    school: str
    grade: Grade
    channel: str
    first_year: int
    compliant: bool | None


@dataclass(slots=True)
class Pupil:
    """A child in one round. `fault` is the one thing planted on it, "" for none.

    `present`: has a row in this round's register. `second`: the other school of a pupil in two.
    `corrected`: the group with whose list its register row is mended, "" never. `carries`: money of an
    earlier round is still on its way to it. `persists`: the fault is one of an earlier round that nobody
    mended. `known`: Takhai knows the child before this round, so that its choice of channel counts.
    """

    child: Child
    school: School
    grade: Grade
    room: int
    pupil_no: int
    mark: str
    channel: str = "school"
    listing: Listing | None = None
    present: bool = True
    fault: str = ""
    second: School | None = None
    corrected: str = ""
    carries: bool = False
    persists: bool = False
    known: bool = False
    long_absent: bool = False

    @property
    def serial(self) -> int:
        """The child's running number in its province: what draws about it hang on."""
        return self.child.serial

    @property
    def by_promptpay(self) -> bool:
        """Whether money reaches the pupil's own account: chosen in time, and only for a right 13-digit number."""
        right = not self.child.said.number.startswith("G") and self.fault != "wrong_number"
        return self.known and self.channel == "promptpay" and right


class Births:
    """Makes children of one province; every child gets the next running number."""

    def __init__(
        self, province: str, seed: int, term: Term, first: int, special: Callable[[int], str]
    ) -> None:
        self.province = province
        self.seed = seed
        self.term = term
        self.next = first
        self._special = special

    def child(self, chance: Random, school: School, grade: Grade, kin: Family | None) -> Child:
        """A child for a grade of a school; `kin` makes it a brother or sister."""
        serial, self.next = self.next, self.next + 1
        form = self._special(serial)
        own = kin or family(chance, school.subdistrict, foreign=form == "gcode")
        sex = "m" if school.affiliation == "onab" or chance.random() < 0.51 else "f"
        if form == "gcode":
            text = numbers.gcode(self.province, serial, self.term.year)
        else:
            text = numbers.citizen(self.province, serial, self.seed, zero=form == "zero")
        birth = birth_for(chance, grade, self.term)
        who = Person(text, names.first_name(chance, sex), own.surname, sex, birth)
        robe = "" if school.affiliation != "onab" else "พระ" if grade is Grade.M6 else "สามเณร"
        known = form == "" or (form == "zero" and drawn(500_000, self.seed, "zero known", serial))
        return Child(serial, own, who, who, robe, known)


def special_forms(seed: int, province: str, expected: int) -> Callable[[int], str]:
    """Which serials bear a G-code or a number beginning with 0, spread over `expected` children."""
    gcodes = max(GCODES_PER_MILLION, FEWEST_GCODES * 1_000_000 // max(expected, 1))
    zeros = max(ZEROS_PER_MILLION, FEWEST_ZEROS * 1_000_000 // max(expected, 1))
    # Evenly spaced with a drawn start, so that a small world has some too.
    g_step, z_step = max(1_000_000 // gcodes, 2), max(1_000_000 // zeros, 2)
    g_start = number(seed, province, "gcode") % g_step
    z_start = number(seed, province, "zero") % z_step
    if z_start % g_step == g_start:
        # Where one step divides the other, every zero would be a G-code.
        g_start = (g_start + 1) % g_step

    def form(serial: int) -> str:
        if serial % g_step == g_start:
            return "gcode"
        return "zero" if serial % z_step == z_start else ""

    return form


def fill(
    births: Births, school: School, count: int, grades: Sequence[Grade], *, seed: int, why: str
) -> Iterator[Pupil]:
    """So many new pupils of a school, brothers and sisters among them."""
    chance = rng(seed, why, births.term, school.code)
    left = count
    while left > 0:
        wanted = min(chance.choices((1, 2, 3), (66, 26, 8))[0], left, len(grades))
        kin: Family | None = None
        for grade in sorted(chance.sample(list(grades), wanted)):
            child = births.child(chance, school, grade, kin)
            # Foreigners and persons without status are single here: a brother would need a form too.
            kin = child.family if child.family.nationality == "ไทย" else None
            yield pupil_of(child, school, grade, seed)
        left -= wanted


def pupil_of(child: Child, school: School, grade: Grade, seed: int) -> Pupil:
    """The child at a school: room, pupil number, mark of disadvantage, channel."""
    draw = number(seed, "pupil", child.serial)
    return Pupil(
        child=child,
        school=school,
        grade=grade,
        room=1 + draw % max(1, min(6, school.size // 200)),
        pupil_no=10_000 + child.serial % 90_000,
        mark=_mark(school.affiliation, grade, draw),
        channel="promptpay"
        if draw // 1_000 % 100 < 40 and not child.said.number.startswith("G")
        else "school",
        long_absent=draw // 100_000 % 1_000 < 8,
    )


def _mark(affiliation: str, grade: Grade, draw: int) -> str:
    poor = "ต้องการสมัครขอรับทุน" if affiliation == "dla" else "เด็กยากจน"
    at = draw // 100_000_000 % 1_000
    if at < (930 if grade.level is not Level.UPPER_SECONDARY else 600):
        return poor
    if at < 990:
        return "-"
    lists = words()["family"]["disadvantage"]
    return str(lists[at % len(lists)])


def choose_listed(pupils: Sequence[Pupil], count: int, seed: int) -> list[Pupil]:
    """Those who were on the last list: fewer of the youngest, upper secondary in BPP schools only."""

    def key(pupil: Pupil) -> float:
        level = pupil.grade.level
        weight = 0.6 if level is Level.KINDERGARTEN else 1.0
        if level is Level.UPPER_SECONDARY and pupil.school.affiliation != "bpp":
            weight = 1e-9
        even = (number(seed, "listed", pupil.serial) + 1) / 2**64
        return -math.log(even) / weight

    return sorted(pupils, key=lambda pupil: (key(pupil), pupil.serial))[:count]


def bears_gcode(pupil: Pupil) -> bool:
    """Whether the pupil has no number yet."""
    return pupil.child.said.number.startswith("G")
