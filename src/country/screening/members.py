"""Who lives together: parents as the guardian's word for itself says, brothers, sisters, elders."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from country.people import Family, age_on
from country.pupils import Pupil
from country.world import World
from takhai.policy import for_round

SOURCES = ("wages", "agriculture", "business", "welfare", "other")
ELDERLY, WORKING_FROM, WORKING_TO = 60, 15, 65
_PARENTS = {"บิดา", "มารดา"}
_SIZES = (2, 3, 4, 5, 6, 7, 8, 9)
_SIZE_WEIGHTS = (3, 15, 29, 29, 14, 6, 3, 1)
_FIRST_YEAR = 2563


@dataclass(slots=True)
class Member:
    """One person at one table. Income is satang a month by source; `serial` is 0 but of a pupil."""

    relation: str
    age: int
    serial: int = 0
    studies: bool = False
    works: bool = False
    disabled: bool = False
    chronic: bool = False
    income: dict[str, int] = field(default_factory=dict)

    @property
    def grown(self) -> bool:
        """Old enough to earn, and not at school."""
        return self.age >= 18 and not self.studies

    @property
    def idle(self) -> bool:
        """Unemployed as the form counts it."""
        return WORKING_FROM <= self.age <= WORKING_TO and not self.works and not self.studies


@dataclass(frozen=True, slots=True)
class Circle:
    """The people of a household and how the parents stand to each other."""

    members: list[Member]
    status: str
    single_parent: bool
    guardian: Member


def circle(chance: Random, world: World, kin: Family, children: Sequence[Pupil], poverty: float) -> Circle:
    """A family's people in a round; `poverty` in standard deviations, more is poorer."""
    day = for_round(world.term).window("assess", "new").opens
    older = world.term.year - _FIRST_YEAR
    own = [Member("sibling", age_on(p.child.true.birth, day), p.serial, studies=True) for p in children]
    oldest = max(member.age for member in own)
    parents, status = _parents(chance, kin, poverty)
    grown: list[Member] = []
    for name, least, spread in (("father", 19, 18), ("mother", 17, 16)):
        age = max(oldest + least, 22 + chance.randrange(spread) + 10 + older)
        if name in parents:
            grown.append(Member(name, age))
    guardian = next(
        (m for m in grown if m.relation == {"บิดา": "father", "มารดา": "mother"}.get(kin.relation)), None
    )
    if guardian is None:
        aunt = kin.relation == "ป้า"
        guardian = Member(
            "relative" if aunt else "grandparent", (38 if aunt else 56) + chance.randrange(20) + older
        )
        grown.append(guardian)
    wanted = _size(chance, poverty)
    members = grown + own
    while len(members) < wanted:
        members.append(_another(chance, oldest, older))
    _health(chance, members)
    return Circle(members, status, len(parents) == 1, guardian)


def _parents(chance: Random, kin: Family, poverty: float) -> tuple[tuple[str, ...], str]:
    """Which parents live here, and the answer about the parents' marriage."""
    draw = chance.random() + 0.06 * poverty
    if kin.relation not in _PARENTS:
        if draw < 0.45:
            return (), chance.choices(("apart", "divorced", "both_gone", "abandoned"), (50, 25, 8, 17))[0]
        if draw < 0.8:
            return ("mother",), chance.choices(("divorced", "father_gone", "apart"), (50, 25, 25))[0]
        return ("father", "mother"), "together"
    if draw < 0.78:
        return ("father", "mother"), "together"
    if kin.relation == "บิดา":
        return ("father",), chance.choices(("divorced", "mother_gone", "apart"), (50, 30, 20))[0]
    return ("mother",), chance.choices(("divorced", "father_gone", "apart"), (45, 35, 20))[0]


def _size(chance: Random, poverty: float) -> int:
    size = chance.choices(_SIZES, _SIZE_WEIGHTS)[0]
    draw = chance.random()
    return size + (poverty > 0.5 and draw < 0.35) - (poverty < -0.5 and draw < 0.35)


def _another(chance: Random, oldest: int, older: int) -> Member:
    relation = chance.choices(("small", "big", "grandparent", "relative", "other"), (24, 20, 28, 24, 4))[0]
    if relation == "small":
        return Member("sibling", chance.randrange(0, 3) + older)
    if relation == "big":
        age = max(16, min(oldest + 1, 22)) + chance.randrange(6)
        return Member("sibling", age, studies=age < 22 and chance.random() < 0.5)
    if relation == "grandparent":
        return Member(relation, 55 + chance.randrange(30) + older)
    return Member(relation, 20 + chance.randrange(48) + older)


def _health(chance: Random, members: list[Member]) -> None:
    if chance.random() < 0.08:
        chance.choice(members).disabled = True
    if chance.random() < 0.16:
        chance.choice([member for member in members if member.grown]).chronic = True
