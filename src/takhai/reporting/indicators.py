"""The numbers of a round, each with one definition (indicators.toml) and one formula (here)."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from takhai.reporting import law
from takhai.reporting.rules.shares import mean, share
from takhai.reporting.summary import Summary
from takhai.reporting.types import Population
from takhai.reporting.words import Word

OWN: Final = Path(__file__).with_name("indicators.toml")


class Unit(StrEnum):
    """How a value is counted; percent and members are in hundredths."""

    ROWS = "rows"
    PEOPLE = "people"
    SATANG = "satang"
    PERCENT = "percent"
    MEMBERS = "members"


class Part(StrEnum):
    """Where a number stands, and what it is counted from."""

    ROUND = "round"
    SCREENING = "screening"
    PROFILE = "profile"
    SOURCE = "source"
    CONDITIONS = "conditions"
    TARGETING = "targeting"


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a number is called, what it means, and how it is counted."""

    name: str
    part: Part
    unit: Unit
    label: Word
    definition: Word


@cache
def all_of_them() -> Mapping[str, Indicator]:
    """The definitions by name, in the order of the file."""
    read = tomllib.loads(OWN.read_text("utf-8"))
    return {
        name: Indicator(
            name,
            Part(entry.get("part", Part.ROUND)),
            Unit(entry["unit"]),
            Word(**entry["label"]),
            Word(**entry["definition"]),
        )
        for name, entry in read.items()
    }


def of(part: Part, /) -> tuple[Indicator, ...]:
    """The indicators of one part, in the order of the file."""
    return tuple(each for each in all_of_them().values() if each.part is part)


def values(summary: Summary, /) -> dict[str, int]:
    """Every indicator of a summary: rows, pupils, satang or hundredths of a percent."""
    return {name: formula(summary) for name, formula in FORMULAS.items()}


def profile(population: Population, /) -> dict[str, int]:
    """What the forms of a population say: satang, hundredths of a member or of a percent; 0 of nobody."""
    return {name: formula(population) for name, formula in PROFILE.items()}


def sources(population: Population, /) -> dict[str, int]:
    """Hundredths of a percent with an income from each source; their sum may exceed 10,000."""
    return {name: share(pupils, population.pupils) for name, pupils in population.sources.items()}


def _sum(summary: Summary, step: str, field: str) -> int:
    return sum(getattr(each.flow, field) for each in summary.steps if each.step == step)


def _to(name: str) -> Callable[[Summary], int]:
    return lambda summary: sum(each.flow.to.get(name, 0) for each in summary.steps if each.step == "comply")


def _account(name: str) -> Callable[[Summary], int]:
    return lambda summary: summary.ledger.get(name, 0)


FORMULAS: Final[Mapping[str, Callable[[Summary], int]]] = {
    "register_rows": lambda s: _sum(s, "intake", "joined"),
    "beneficiaries": lambda s: _sum(s, "enrol", "out"),
    "entitled": lambda s: _sum(s, "entitle", "satang_joined"),
    "listed": lambda s: _sum(s, "entitle", "satang_out"),
    "pupils_paid": lambda s: _sum(s, "recover", "out"),
    "paid": _account("paid"),
    "paid_share": lambda s: share(s.ledger.get("paid", 0), _sum(s, "entitle", "satang_out")),
    "pupils_held": lambda s: s.held()[0],
    "pupils_back": lambda s: _sum(s, "entitle", "joined") + _sum(s, "order", "joined"),
    "held": lambda s: s.held()[1],
    "due_back": _account("due_back"),
    "returned": _account("returned"),
    "unexplained": lambda s: law.unexplained(law.breaks(s)),
    "forms_read": lambda s: s.screening.forms.rows,
    "forms_taken": lambda s: s.screening.forms.taken,
    "screened": lambda s: s.screening.screened,
    "poor": lambda s: s.screening.poor,
    "poor_share": lambda s: share(s.screening.poor, s.screening.screened),
    "extremely_poor": lambda s: s.screening.extremely_poor,
    "extremely_poor_share": lambda s: share(s.screening.extremely_poor, s.screening.screened),
    "certified": lambda s: _sum(s, "certify", "out"),
    "compliant": _to("compliant"),
    "not_compliant": _to("not_compliant"),
    "not_reported": _to("not_reported"),
}

PROFILE: Final[Mapping[str, Callable[[Population], int]]] = {
    "income_per_head": lambda p: p.per_head // p.pupils if p.pupils else 0,
    "household_size": lambda p: mean(p.members, p.pupils),
    "unemployed_share": lambda p: share(p.unemployed, p.pupils),
    "welfare_card_share": lambda p: share(p.welfare_card, p.pupils),
}
