"""Schools of a province: kind, size, place, area, account; names repeat, codes never."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from country.areas import area_codes
from country.draw import apportion, rng
from country.facts import facts
from takhai.thai import places
from takhai.thai.grades import Grade

_GRADES = tuple(grade for grade in Grade if not grade.startswith("ปวช"))
FEWEST = 12
SPANS: Mapping[str, tuple[Grade, ...]] = {
    "primary": _GRADES[1:9],
    "extended": _GRADES[1:12],
    "secondary": _GRADES[9:],
    "whole": _GRADES,
}
# How often a kind of school is met, of a hundred; the first ones of an affiliation are given in order.
_KINDS: Mapping[str, Mapping[str, int]] = {
    "obec": {"primary": 68, "extended": 24, "secondary": 8},
    "opec": {"primary": 60, "whole": 40},
    "dla": {"extended": 25, "primary": 60, "whole": 15},
    "bma": {"primary": 75, "extended": 25},
    "bpp": {"whole": 25, "primary": 75},
    "onab": {"secondary": 100},
    "nfe": {"secondary": 100},
}
_LARGER = {"primary": 2, "extended": 4, "secondary": 7, "whole": 6}
_BANKS = ("KTB", "KTB", "BAAC", "GSB")


@dataclass(slots=True)
class School:
    """A school as the world knows it; `fault` is what is wrong with it this round, "" nothing.

    `mended`: the bank takes its account by the time the new group is paid.
    """

    code: str
    moe_code: str
    name: str
    affiliation: str
    province: str
    area: str
    subdistrict: str
    grades: tuple[Grade, ...]
    size: int
    bank: str
    account: str
    phone: str
    workbook: int = 0
    fault: str = ""
    mended: bool = False

    def fault_in(self, group: str) -> str:
        """What is wrong with it when a group is paid."""
        return "" if self.mended and group == "new" else self.fault

    @property
    def listed_account(self) -> tuple[str, str]:
        """Bank and account number as the list of schools has them; empty without an account."""
        return ("", "") if self.fault == "no_account" else (self.bank, self.account)

    @property
    def short_name(self) -> str:
        """As registers write it, without the word for school."""
        return self.name.removeprefix("โรงเรียน")


@cache
def words() -> Mapping[str, Any]:
    """Lists of words."""
    return tomllib.loads(files("country").joinpath("data/words.toml").read_text(encoding="utf-8"))


def schools(province: str, rows: int, seed: int) -> list[School]:
    """The schools of a province by code, their sizes adding up to `rows`."""
    count = max(FEWEST, round(rows / facts().pupils_per_school))
    shares = facts().affiliations(province)
    counts = dict(zip(shares, apportion(count, list(shares.values())), strict=True))
    found = [
        school
        for affiliation, n in counts.items()
        for school in _of_affiliation(province, affiliation, n, seed)
    ]
    _give_sizes(found, counts, rows, seed)
    for n, school in enumerate(found):
        school.moe_code = f"{facts().moe[school.affiliation]}{province}{province}{n:04d}"
        school.account = f"9{province}{n:07d}"
        school.phone = f"0{province}-000{n % 1000:03d}"
    return sorted(found, key=lambda school: school.code)


def _of_affiliation(province: str, affiliation: str, count: int, seed: int) -> Iterator[School]:
    chance = rng(seed, "schools", province, affiliation)
    kinds = list(_KINDS[affiliation])
    weights = list(_KINDS[affiliation].values())
    running: dict[str, int] = {}
    for n in range(count):
        kind = kinds[n] if n < len(kinds) else chance.choices(kinds, weights)[0]
        district = chance.choice(places.districts(province))
        subdistrict = chance.choice(places.subdistricts(district.code) or (district,))
        area, prefix = _area(province, affiliation, kind, chance)
        running[prefix] = running.get(prefix, 0) + 1
        yield School(
            code=f"{prefix}{running[prefix]:04d}",
            moe_code="",
            name=_name(chance, affiliation, kind, district.name_th, n),
            affiliation=affiliation,
            province=province,
            area=area,
            subdistrict=subdistrict.code,
            grades=SPANS[kind],
            size=0,
            bank=chance.choice(_BANKS),
            account="",
            phone="",
        )


def _area(province: str, affiliation: str, kind: str, chance: Random) -> tuple[str, str]:
    if affiliation != "obec":
        return area_codes(province, "other")[0], f"0{province}{facts().digit[affiliation]}"
    if kind == "secondary":
        return chance.choice(area_codes(province, "secondary")), f"{province}81"
    area = chance.choice(area_codes(province, "primary"))
    return area, area


def _name(chance: Random, affiliation: str, kind: str, district: str, n: int) -> str:
    lists = words()["school"]
    shape = lists.get(affiliation) or lists["secondary" if kind == "secondary" else "primary"]
    village = words()["village"]
    name: str = chance.choice(shape).format(
        village=chance.choice(village["first"]) + chance.choice(village["second"]),
        district=district,
        number=n + 1,
    )
    return name


def _give_sizes(found: list[School], counts: Mapping[str, int], rows: int, seed: int) -> None:
    """Sizes are skewed: a few schools hold many pupils, many hold few."""
    chance = rng(seed, "sizes", found[0].province)
    shares = facts().affiliations(found[0].province)
    here = {a: shares[a] for a in counts if counts[a]}
    for affiliation, part in zip(here, apportion(rows, list(here.values())), strict=True):
        own = [school for school in found if school.affiliation == affiliation]
        weights = [
            int(1000 * _LARGER[_kind(school)] * (0.35 + chance.lognormvariate(0.0, 0.7))) for school in own
        ]
        for school, size in zip(own, apportion(part, weights), strict=True):
            school.size = size


def _kind(school: School) -> str:
    return next(kind for kind, span in SPANS.items() if span == school.grades)
