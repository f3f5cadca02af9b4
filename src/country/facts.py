"""What is true of the whole country, read once from data/country.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from country.draw import apportion

BANGKOK = "10"


@dataclass(frozen=True, slots=True)
class Facts:
    """Sizes of the country and shares per province (two-digit code) and affiliation."""

    register_rows: int
    on_last_list: int
    pupils_per_school: int
    thousands: Mapping[str, int]
    border: frozenset[str]
    shares: Mapping[str, Mapping[str, int]]
    moe: Mapping[str, str]
    digit: Mapping[str, str]

    def affiliations(self, province: str) -> Mapping[str, int]:
        """Thousandths of the province's register rows per affiliation."""
        if province == BANGKOK:
            return self.shares["bangkok"]
        return self.shares["border" if province in self.border else "province"]


@cache
def facts() -> Facts:
    """The one table of facts."""
    data = tomllib.loads(files("country").joinpath("data/country.toml").read_text(encoding="utf-8"))
    return Facts(
        register_rows=data["register_rows"],
        on_last_list=data["on_last_list"],
        pupils_per_school=data["pupils_per_school"],
        thousands=data["population"]["thousands"],
        border=frozenset(data["border"]["provinces"]),
        shares=data["shares"],
        moe=data["moe"],
        digit=data["digit"],
    )


@cache
def rows_of(province: str) -> int:
    """Register rows of a province: its share of the country by registered population."""
    codes = sorted(facts().thousands)
    if province not in codes:
        raise KeyError(province)
    parts = apportion(facts().register_rows, [facts().thousands[code] for code in codes])
    return parts[codes.index(province)]
