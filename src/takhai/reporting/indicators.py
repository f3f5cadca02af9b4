"""The numbers of a round, each with one definition (indicators.toml) and one formula (here)."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from takhai.reporting import law
from takhai.reporting.summary import Summary
from takhai.reporting.words import Word

OWN: Final = Path(__file__).with_name("indicators.toml")


class Unit(StrEnum):
    """How a value is counted; percent is in hundredths of a percent."""

    ROWS = "rows"
    PEOPLE = "people"
    SATANG = "satang"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a number is called, what it means, and how it is counted."""

    name: str
    unit: Unit
    label: Word
    definition: Word


@cache
def all_of_them() -> Mapping[str, Indicator]:
    """The definitions by name, in the order of the file."""
    read = tomllib.loads(OWN.read_text("utf-8"))
    return {
        name: Indicator(name, Unit(entry["unit"]), Word(**entry["label"]), Word(**entry["definition"]))
        for name, entry in read.items()
    }


def values(summary: Summary, /) -> dict[str, int]:
    """Every indicator of a round: rows, pupils, satang or hundredths of a percent."""
    return {name: formula(summary) for name, formula in FORMULAS.items()}


def share(part: int, whole: int, /) -> int:
    """Hundredths of a percent, half up; 0 of nothing is 0."""
    return (part * 20_000 + whole) // (2 * whole) if whole else 0


def _sum(summary: Summary, step: str, field: str) -> int:
    return sum(getattr(each.flow, field) for each in summary.steps if each.step == step)


def _account(name: str) -> Callable[[Summary], int]:
    return lambda summary: summary.ledger.get(name, 0)


FORMULAS: Final[Mapping[str, Callable[[Summary], int]]] = {
    "register_rows": lambda s: _sum(s, "intake", "joined"),
    "beneficiaries": lambda s: _sum(s, "enrol", "out"),
    "entitled": lambda s: _sum(s, "entitle", "satang_joined"),
    "listed": lambda s: _sum(s, "entitle", "satang_out"),
    "pupils_paid": lambda s: _sum(s, "recover", "out"),
    "paid": _account("paid"),
    "paid_share": lambda s: share(s.ledger.get("paid", 0), _sum(s, "entitle", "satang_joined")),
    "pupils_held": lambda s: s.held()[0],
    "held": lambda s: s.held()[1],
    "due_back": _account("due_back"),
    "returned": _account("returned"),
    "unexplained": lambda s: law.unexplained(law.breaks(s)),
}
