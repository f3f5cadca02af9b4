"""The room's words: what the caller hands in beside the summary."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """Where a pupil's money of the round is on the day of the report."""

    PAID = "paid"
    UNDER_WAY = "under_way"
    HELD = "held"
    DUE_BACK = "due_back"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """Pupils and satang of one cell. Keys: thai's levels, the agencies, channel promptpay, school or none.

    ``area`` is the Thai name of the education area; no cell names a school or a person.
    """

    group: str
    level: str
    agency: str
    channel: str
    area: str
    standing: Standing
    persons: int
    satang: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Everybody with an amount at entitle who was not dropped there, each in one cell.

    ``as_of`` is the day the figures speak for; ``extracted_on`` the day they were read. Both come from the
    caller, so that the same round makes the same bytes.
    """

    as_of: date
    extracted_on: date
    rows: tuple[BreakdownRow, ...]


@dataclass(frozen=True, slots=True)
class Population:
    """Pupils of one population and what their forms say of the household.

    ``per_head``: sum over pupils of the household's income per head, each floored, satang. ``members``: sum
    of household sizes. ``unemployed``: pupils with an unemployed member of 15 to 65 years. ``welfare_card``:
    pupils whose guardian has a welfare card. ``sources``: pupils whose household has income from the source.
    """

    pupils: int
    per_head: int
    members: int
    unemployed: int
    welfare_card: int
    sources: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ScreeningFacts:
    """What the good forms of a round say, by population; each is a part of the one before it."""

    screened: Population
    poor: Population
    extremely_poor: Population
