"""A small tree: one province, two agencies, two area offices, three schools."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from takhai.access.queries import places
from takhai.access.services.places import Node, plant, thailand
from takhai.access.types import COUNTRY_CODE, PlaceKind
from takhai.platform.sets import fetch
from takhai.platform.types import Outcome

COUNTRY: Final = (PlaceKind.COUNTRY, COUNTRY_CODE)
OBEC: Final = (PlaceKind.AGENCY, "obec")
DLA: Final = (PlaceKind.AGENCY, "dla")
AREA_ONE: Final = (PlaceKind.AREA_OFFICE, "8101")
AREA_TWO: Final = (PlaceKind.AREA_OFFICE, "8102")
IN_TOWN: Final = (PlaceKind.SUBDISTRICT, "810101")
UPCOUNTRY: Final = (PlaceKind.SUBDISTRICT, "810201")

NODES: Final = (
    Node(PlaceKind.SCHOOL, "81010001", "โรงเรียนตัวอย่างหนึ่ง", parent=AREA_ONE, located=IN_TOWN),
    Node(PlaceKind.SCHOOL, "81020001", "โรงเรียนตัวอย่างสอง", parent=AREA_TWO, located=UPCOUNTRY),
    Node(PlaceKind.SCHOOL, "81990001", "โรงเรียนตัวอย่างสาม", parent=DLA, located=IN_TOWN),
    Node(*AREA_ONE, "เขตตัวอย่าง 1", parent=OBEC),
    Node(*AREA_TWO, "เขตตัวอย่าง 2", parent=OBEC),
    Node(*OBEC, "สพฐ.", parent=COUNTRY),
    Node(*DLA, "อปท.", parent=COUNTRY),
)


def grow() -> Outcome:
    """Plants the country, province 81 and the nodes above, given in no good order."""
    thailand(provinces=["81"], by="test")
    return plant(nodes=NODES, by="test")


def ids(kind: PlaceKind) -> Mapping[str, UUID]:
    """Code -> id of the planted nodes of a kind."""
    return {
        str(code): UUID(str(key)) for key, code in fetch("SELECT id, code FROM places", places(kind=kind))
    }


def paths(kind: PlaceKind) -> Mapping[str, str]:
    """Code -> path."""
    return {str(code): str(path) for code, path in fetch("SELECT code, path FROM places", places(kind=kind))}
