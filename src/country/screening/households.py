"""Households of a round: a family's true welfare draws its people, its livelihood and its house."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from country.draw import rng
from country.people import Family
from country.pupils import Pupil
from country.screening.homes import home
from country.screening.incomes import livelihood, share_out
from country.screening.members import Member, circle
from country.world import World

# True welfare per head and month in satang: median, spread of its logarithm; what the form tells of it.
_MEDIAN: Final = 192_000
_SPREAD: Final = 0.43
_TOLD: Final = 0.15
_SCHOOLING: Final = ("ไม่ได้เรียน", "ประถมศึกษา", "มัธยมศึกษาตอนต้น", "มัธยมศึกษาตอนปลาย", "ปวส.", "ปริญญาตรี")


@dataclass(frozen=True, slots=True)
class Household:
    """One household of one round. `welfare` is the truth, satang per head; `home` answers by column."""

    ref: str
    welfare: int
    members: tuple[Member, ...]
    home: Mapping[str, str]
    status: str
    single_parent: bool
    welfare_card: bool
    schooling: str


def families(world: World) -> dict[int, list[Pupil]]:
    """Children with a register row by their family (its identity), youngest number first."""
    found: dict[int, list[Pupil]] = {}
    for pupil in world.present():
        found.setdefault(id(pupil.child.family), []).append(pupil)
    for children in found.values():
        children.sort(key=lambda pupil: pupil.serial)
    return found


def household(world: World, kin: Family, children: Sequence[Pupil]) -> Household:
    """The household of a family whose children (all that are in a register) are given."""
    name = (kin.surname, kin.house, kin.village_no, kin.subdistrict, kin.father.first, kin.mother.first)
    poverty = rng(world.seed, "welfare", *name).gauss(0, 1)
    welfare = round(_MEDIAN * math.exp(-_SPREAD * poverty))
    people = circle(rng(world.seed, "circle", *name), world, kin, children, poverty)
    chance = rng(world.seed, "livelihood", *name)
    sources, card = livelihood(chance, people, poverty)
    # This year's answers about income differ a little from last year's, and from the truth.
    told = rng(world.seed, "told", world.term, *name)
    total = welfare * len(people.members) * math.exp(told.gauss(0, _TOLD))
    share_out(told, people, sources, round(total))
    place = min(5, max(0, round(1.6 - poverty + chance.gauss(0, 0.9))))
    return Household(
        ref=f"H{world.province}-{min(child.serial for child in children):06d}",
        welfare=welfare,
        members=tuple(people.members),
        home=home(rng(world.seed, "home", *name), poverty, farms="agriculture" in sources),
        status=people.status,
        single_parent=people.single_parent,
        welfare_card=card,
        schooling=_SCHOOLING[place],
    )
