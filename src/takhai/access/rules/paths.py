"""How a place's path is spelled: the codes from the root down, each with the letter of its kind."""

from typing import Final

from takhai.access.types import PlaceKind

_LETTERS: Final = {
    PlaceKind.COUNTRY: "c",
    PlaceKind.PROVINCE: "p",
    PlaceKind.DISTRICT: "d",
    PlaceKind.SUBDISTRICT: "s",
    PlaceKind.AGENCY: "g",
    PlaceKind.AREA_OFFICE: "a",
    PlaceKind.SCHOOL: "h",
    PlaceKind.CLASSROOM: "r",
}


def step(*, kind: PlaceKind, code: str) -> str:
    """The part of a path that one place adds: "p81/". The slash keeps codes apart."""
    if not code or "/" in code:
        raise ValueError("a place's code is not empty and holds no slash")
    return f"{_LETTERS[kind]}{code}/"


def below(*, path: str, kind: PlaceKind, code: str) -> str:
    """The path of a place under the one with ``path``; "" is above the root."""
    return path + step(kind=kind, code=code)
