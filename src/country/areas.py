"""245 education areas and a provincial office beside them for every school outside OBEC.

How many areas a province has is spread by population; only the sums, 183 and 62, are the country's.
"""

from dataclasses import dataclass
from functools import cache

from country.draw import apportion
from country.facts import BANGKOK, facts
from takhai.thai import places

PRIMARY, SECONDARY = 183, 62


@dataclass(frozen=True, slots=True)
class Area:
    """An office: four-digit code, name, kind (primary, secondary, other), the province it stands in."""

    code: str
    name: str
    kind: str
    province: str


@cache
def areas() -> tuple[Area, ...]:
    """All of them by code: 183 primary, 62 secondary, 77 provincial offices."""
    found = [Area(f"{p}00", f"ศธจ.{_name(p)}", "other", p) for p in _codes()]
    for province, count in _primary_counts().items():
        found += [
            Area(f"{province}{n:02d}", _numbered("สพป.", _name(province), n, count), "primary", province)
            for n in range(1, count + 1)
        ]
    for province, count in _secondary_counts().items():
        served = [p for p in _codes() if _secondary_home(p) == province]
        names = " ".join(_name(p) for p in [province, *(p for p in served if p != province)])
        found += [
            Area(f"{province}{80 + n}", _numbered("สพม.", names, n, count), "secondary", province)
            for n in range(1, count + 1)
        ]
    return tuple(sorted(found, key=lambda area: area.code))


def area_codes(province: str, kind: str) -> tuple[str, ...]:
    """Codes of the areas that look after a province's schools of a kind."""
    home = _secondary_home(province) if kind == "secondary" else province
    return tuple(area.code for area in areas() if (area.province, area.kind) == (home, kind))


def _codes() -> list[str]:
    return sorted(facts().thousands)


def _name(province: str) -> str:
    return places.province(province).name_th


def _numbered(kind: str, name: str, number: int, of: int) -> str:
    return f"{kind}{name}" if of == 1 else f"{kind}{name} เขต {number}"


def _primary_counts() -> dict[str, int]:
    others = [code for code in _codes() if code != BANGKOK]
    more = apportion(PRIMARY - 1 - len(others), [facts().thousands[code] for code in others])
    return {BANGKOK: 1} | {code: 1 + extra for code, extra in zip(others, more, strict=True)}


def _secondary_counts() -> dict[str, int]:
    others = sorted(
        (code for code in _codes() if code != BANGKOK), key=lambda code: (-facts().thousands[code], code)
    )
    return {BANGKOK: 2} | dict.fromkeys(sorted(others[: SECONDARY - 2]), 1)


@cache
def _secondary_home(province: str) -> str:
    """The province whose secondary area serves this one: itself, else the nearest code of its region."""
    homes = _secondary_counts()
    if province in homes:
        return province
    near = [home for home in homes if home != BANGKOK]
    return min(near, key=lambda home: (home[0] != province[0], abs(int(home) - int(province)), home))
