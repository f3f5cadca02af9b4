"""A place that moves takes along what hangs below it and what lies in it."""

import pytest

from takhai.access.queries import places
from takhai.access.services.places import Node, plant
from takhai.access.types import PlaceKind, Scope
from takhai.platform.sets import fetch
from tests.access.planting import COUNTRY, IN_TOWN, UPCOUNTRY, grow
from tests.access.test_places import seen

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = "81010001", "81020001", "81990001"


def located() -> dict[str, str]:
    rows = fetch("SELECT code, located_path FROM places", places(kind=PlaceKind.SCHOOL))
    return {str(code): str(path) for code, path in rows}


def redraw(kind: PlaceKind, code: str, parent: tuple[PlaceKind, str]) -> int:
    return plant(nodes=[Node(kind, code, "ที่วาดใหม่", parent=parent)], by="test").done


def test_a_sub_district_that_goes_to_another_district_takes_its_schools_along() -> None:
    grow()
    redraw(*IN_TOWN, (PlaceKind.DISTRICT, "8102"))
    assert located() == {
        ONE: f"cth/p81/d8102/s810101/h{ONE}/",
        TWO: f"cth/p81/d8102/s810201/h{TWO}/",
        THREE: f"cth/p81/d8102/s810101/h{THREE}/",
    }


def test_a_district_that_goes_to_another_province_takes_its_schools_along() -> None:
    grow()
    redraw(PlaceKind.DISTRICT, "8101", (PlaceKind.PROVINCE, "80"))
    assert located()[ONE] == f"cth/p80/d8101/s810101/h{ONE}/"
    assert located()[TWO] == f"cth/p81/d8102/s810201/h{TWO}/"


def test_whoever_looks_after_a_district_sees_the_schools_that_lie_there_now() -> None:
    grow()
    redraw(*IN_TOWN, (PlaceKind.DISTRICT, "8102"))
    assert seen(Scope(paths=("cth/p81/d8101/",))) == set()
    assert seen(Scope(paths=("cth/p81/d8102/",))) == {ONE, TWO, THREE}


def test_whom_a_school_hangs_on_is_not_changed_by_where_it_lies() -> None:
    grow()
    redraw(*UPCOUNTRY, (PlaceKind.DISTRICT, "8101"))
    assert seen(Scope(paths=("cth/gobec/a8102/",))) == {TWO}


def test_what_moved_along_is_counted_and_a_second_time_nothing_moves() -> None:
    grow()
    assert redraw(*IN_TOWN, (PlaceKind.DISTRICT, "8102")) == 3
    assert redraw(*IN_TOWN, (PlaceKind.DISTRICT, "8102")) == 0


def test_a_place_that_lies_nowhere_stays_nowhere() -> None:
    grow()
    redraw(PlaceKind.AGENCY, "obec", COUNTRY)
    rows = fetch("SELECT DISTINCT located_path FROM places", places(kind=PlaceKind.AREA_OFFICE))
    assert rows == [("",)]


def test_a_school_that_moves_keeps_its_id_and_its_own_code_in_both_paths() -> None:
    grow()
    node = Node(PlaceKind.SCHOOL, ONE, "ย้าย", parent=(PlaceKind.AREA_OFFICE, "8102"), located=UPCOUNTRY)
    assert plant(nodes=[node], by="test").done == 1
    rows = fetch(
        "SELECT path, located_path FROM places WHERE code = %(code)s", places(kind=PlaceKind.SCHOOL), code=ONE
    )
    assert rows == [(f"cth/gobec/a8102/h{ONE}/", f"cth/p81/d8102/s810201/h{ONE}/")]
