"""Every kind of holder against every school: his own, his neighbour's, the one above, none."""

from datetime import date
from typing import Final

import pytest
from django.contrib.auth import get_user_model

from takhai.access.queries import places, visible
from takhai.access.scope import scope_of
from takhai.access.services.users import Holder, appoint
from takhai.access.types import PlaceKind, Role
from takhai.platform.sets import fetch
from tests.access.planting import AREA_ONE, AREA_TWO, COUNTRY, DLA, IN_TOWN, OBEC, UPCOUNTRY, grow

pytestmark = pytest.mark.django_db

DAY = date(2020, 12, 28)
ONE, TWO, THREE = "81010001", "81020001", "81990001"
EVERYTHING: Final = {ONE, TWO, THREE}
Place = tuple[PlaceKind, str]

MATRIX: Final[tuple[tuple[str, Role, Place, set[str]], ...]] = (
    ("the director of a school", Role.DIRECTOR, (PlaceKind.SCHOOL, ONE), {ONE}),
    ("its admin teacher", Role.SCHOOL_ADMIN, (PlaceKind.SCHOOL, TWO), {TWO}),
    ("a class teacher of it", Role.CLASS_TEACHER, (PlaceKind.SCHOOL, THREE), {THREE}),
    ("an officer of its area", Role.AREA_OFFICER, AREA_ONE, {ONE}),
    ("an officer of the area beside", Role.AREA_OFFICER, AREA_TWO, {TWO}),
    ("an officer of its agency", Role.AGENCY_OFFICER, OBEC, {ONE, TWO}),
    ("an officer of another agency", Role.AGENCY_OFFICER, DLA, {THREE}),
    ("an auditor of a sub-district", Role.AUDITOR, IN_TOWN, {ONE, THREE}),
    ("an auditor of the sub-district beside", Role.AUDITOR, UPCOUNTRY, {TWO}),
    ("an auditor of a district", Role.AUDITOR, (PlaceKind.DISTRICT, "8101"), {ONE, THREE}),
    ("an auditor of the province", Role.AUDITOR, (PlaceKind.PROVINCE, "81"), EVERYTHING),
    ("an auditor of another province", Role.AUDITOR, (PlaceKind.PROVINCE, "82"), set()),
    ("an officer of the Fund", Role.EEF_OFFICER, COUNTRY, EVERYTHING),
    ("finance", Role.FINANCE, COUNTRY, EVERYTHING),
)


def seen(name: str, on: date = DAY) -> set[str]:
    scope = scope_of(get_user_model().objects.get(username=name), on=on)
    rows = fetch(
        "SELECT places.code FROM places JOIN visible ON visible.id = places.id",
        places(kind=PlaceKind.SCHOOL),
        visible(scope=scope),
    )
    return {str(code) for (code,) in rows}


def hold(role: Role, *held: tuple[Place, date, date | None]) -> None:
    appoint(
        holders=[
            Holder("holder", "ผู้ถือบทบาท", "holder", role, place, begins, ends) for place, begins, ends in held
        ],
        by="test",
    )


@pytest.mark.parametrize(("who", "role", "place", "schools"), MATRIX, ids=[row[0] for row in MATRIX])
def test_a_holder_sees_the_schools_below_his_place_and_no_other(
    who: str, role: Role, place: Place, schools: set[str]
) -> None:
    grow()
    hold(role, (place, date(2020, 1, 1), None))
    assert seen("holder") == schools, who


@pytest.mark.parametrize(("who", "role", "place", "schools"), MATRIX, ids=[row[0] for row in MATRIX])
def test_before_and_after_his_time_a_holder_sees_nothing(
    who: str, role: Role, place: Place, schools: set[str]
) -> None:
    grow()
    hold(role, (place, DAY, date(2021, 1, 1)))
    assert seen("holder", date(2020, 12, 27)) == set(), who
    assert seen("holder", DAY) == schools
    assert seen("holder", date(2020, 12, 31)) == schools
    assert seen("holder", date(2021, 1, 1)) == set()


def test_two_places_of_one_holder_add_up() -> None:
    grow()
    hold(Role.AREA_OFFICER, (AREA_ONE, date(2020, 1, 1), None), (DLA, date(2020, 1, 1), None))
    assert seen("holder") == {ONE, THREE}


def test_a_holder_who_changes_his_place_sees_one_after_the_other() -> None:
    grow()
    hold(Role.AREA_OFFICER, (AREA_ONE, date(2020, 1, 1), DAY), (AREA_TWO, DAY, None))
    assert seen("holder", date(2020, 12, 27)) == {ONE}
    assert seen("holder", DAY) == {TWO}


def test_the_matrix_holds_every_role() -> None:
    assert {role for _, role, _, _ in MATRIX} == set(Role)


def test_the_matrix_holds_every_kind_of_place_that_exists_yet() -> None:
    assert {place[0] for _, _, place, _ in MATRIX} == set(PlaceKind) - {PlaceKind.CLASSROOM}
