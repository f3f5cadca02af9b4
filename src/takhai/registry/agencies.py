"""Affiliations and the lists that count them together, as data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """An affiliation: our key, the ministry's code ("" where none is known), names."""

    key: str
    moe_code: str
    short_th: str
    name_th: str
    name_en: str


@dataclass(frozen=True, slots=True)
class AgencyList:
    """A named list of affiliations, in its own order."""

    key: str
    th: str
    en: str
    agencies: tuple[str, ...]


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("takhai.registry").joinpath("data/agencies.toml").read_text("utf-8"))


@cache
def agencies() -> tuple[AgencyFacts, ...]:
    """All affiliations."""
    return tuple(AgencyFacts(**row) for row in _data()["agency"])


@cache
def agency_lists() -> Mapping[str, AgencyList]:
    """The lists by key: "mou" and "edc" both have six affiliations, and not the same ones."""
    return {
        key: AgencyList(key=key, th=row["th"], en=row["en"], agencies=tuple(row["agencies"]))
        for key, row in _data()["list"].items()
    }
