"""Provinces, districts and sub-districts by official code, with what came before and after.

Codes and names: geothai (DOPA's list, CC-BY-4.0). A place is its code, never its name: names
repeat within and between provinces. Data load on first use.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

import geothai
from geothai.abolished import abolished_areas

from takhai.thai.names import normal

# The short forms need their dot: without it อ is the first letter of a name.
_LEVEL_WORD = re.compile("^(?:(?:จังหวัด|กิ่งอำเภอ|อำเภอ|เขต|ตำบล|แขวง|[จอต]\\.) *)+")


class PlaceKind(StrEnum):
    """Level of a place."""

    PROVINCE = "province"
    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"


class NoPlace(LookupError):
    """No place in force has that code."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in force: code of 2, 4 or 6 digits, names, level, code of the place around it."""

    code: str
    name_th: str
    name_en: str
    kind: PlaceKind
    parent: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """On `on` the place `new` began to hold what `old` held, wholly or in part; and the source.

    `split`: the old code stays in force beside the new one.
    """

    old: str
    new: str
    on: date
    split: bool
    source: str


def province(code: str) -> Place:
    """The province of a two-digit code; NoPlace otherwise."""
    return _of_kind(code, PlaceKind.PROVINCE)


def district(code: str) -> Place:
    """The district (in Bangkok: khet) of a four-digit code; NoPlace otherwise."""
    return _of_kind(code, PlaceKind.DISTRICT)


def subdistrict(code: str) -> Place:
    """The sub-district (in Bangkok: khwaeng) of a six-digit code; NoPlace otherwise."""
    return _of_kind(code, PlaceKind.SUBDISTRICT)


def provinces() -> tuple[Place, ...]:
    """All provinces by code."""
    return _inside().get("", ())


def districts(province: str) -> tuple[Place, ...]:
    """Districts of a province by code; NoPlace for an unknown province."""
    return _inside().get(_of_kind(province, PlaceKind.PROVINCE).code, ())


def subdistricts(district: str) -> tuple[Place, ...]:
    """Sub-districts of a district by code; NoPlace for an unknown district."""
    return _inside().get(_of_kind(district, PlaceKind.DISTRICT).code, ())


def find(province_name: str, district_name: str = "", subdistrict_name: str = "") -> Place | None:
    """The place an address names, as deep as names are given; None if one of them fits nothing.

    Words for the level, their short forms, spaces and "เมือง" for the capital district do not
    matter. A name is only looked for inside the place named before it.
    """
    found: Place | None = None
    for name in (province_name, district_name, subdistrict_name):
        if not name.strip():
            break
        found = _by_name().get((found.code if found else "", _key(name)))
        if found is None:
            return None
    return found


def predecessors(code: str) -> tuple[Change, ...]:
    """Changes that made this code out of older ones, by date."""
    return tuple(change for change in _changes() if change.new == code)


def successors(code: str) -> tuple[Change, ...]:
    """Changes that gave what this code held to newer codes, by date."""
    return tuple(change for change in _changes() if change.old == code)


@lru_cache(maxsize=32_768)
def _key(name: str) -> str:
    return re.sub("[ .'-]", "", _LEVEL_WORD.sub("", normal(name))).casefold()


def _of_kind(code: str, kind: PlaceKind) -> Place:
    place = _by_code().get(code)
    if place is None or place.kind is not kind:
        raise NoPlace(f"no {kind} has this code")
    return place


@cache
def _by_code() -> dict[str, Place]:
    places: dict[str, Place] = {}
    for p in geothai.provinces():
        places[p.code] = Place(p.code, p.name_th, p.name_en, PlaceKind.PROVINCE, None)
        for d in geothai.districts(p.code):
            places[d.code] = Place(d.code, d.name_th, d.name_en, PlaceKind.DISTRICT, p.code)
            for s in geothai.subdistricts(d.code):
                places[s.code] = Place(s.code, s.name_th, s.name_en, PlaceKind.SUBDISTRICT, d.code)
    return places


@cache
def _inside() -> dict[str, tuple[Place, ...]]:
    inside: dict[str, list[Place]] = {}
    for place in _by_code().values():
        inside.setdefault(place.parent or "", []).append(place)
    return {code: tuple(sorted(found, key=lambda p: p.code)) for code, found in inside.items()}


@cache
def _by_name() -> dict[tuple[str, str], Place]:
    thai: dict[tuple[str, str], Place] = {}
    other: dict[tuple[str, str], list[Place]] = {}
    for place in _by_code().values():
        around = place.parent or ""
        thai[around, _key(place.name_th)] = place
        other.setdefault((around, _key(place.name_en)), []).append(place)
        if place.kind is PlaceKind.DISTRICT and place.code.endswith("01") and around != "10":
            other.setdefault((around, "เมือง"), []).append(place)
    for alias, code in (("กทม", "10"), ("กรุงเทพ", "10"), ("กรุงเทพฯ", "10"), ("อยุธยา", "14")):
        other["", alias] = [_by_code()[code]]
    # Two Thai names may be spelt alike in English: then the spelling finds neither.
    return {name: found[0] for name, found in other.items() if len(found) == 1} | thai


@cache
def _changes() -> tuple[Change, ...]:
    text = files("takhai.thai").joinpath("data/places.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    changes = [
        Change(row["old"], row["new"], row["on"], True, data["sources"][row["source"]])
        for row in data["split"]
    ]
    for area in abolished_areas():
        source = area.successors_source or data["sources"]["geothai"]
        on = date.fromisoformat(area.abolished_on)
        changes.extend(Change(area.code, new, on, False, source) for new in area.successors)
    return tuple(sorted(changes, key=lambda c: (c.on, c.old, c.new)))
