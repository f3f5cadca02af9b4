"""What other rooms ask of access: places as relations, who is visible, who holds a role."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model

from takhai.access.queries import holders, places, visible
from takhai.access.scope import scope_of
from takhai.access.services.looking import FEW, note
from takhai.access.services.users import Holder, appoint, appoint_demo
from takhai.access.types import PlaceKind, Role, Scope, system_scope
from takhai.platform.ids import uuid7s
from takhai.platform.sets import execute, fetch
from tests.access.planting import AREA_ONE, AREA_TWO, COUNTRY, grow, ids

pytestmark = pytest.mark.django_db

DAY = date(2020, 12, 28)
FIRST, END = date(2020, 6, 1), date(2021, 1, 1)


def hold(
    name: str = "officer",
    *,
    role: Role = Role.AREA_OFFICER,
    place: tuple[PlaceKind, str] = AREA_ONE,
    from_day: date = FIRST,
    to_day: date | None = END,
) -> Holder:
    return Holder(name, "เจ้าหน้าที่", "Officer", role, place, from_day, to_day)


@pytest.mark.parametrize(
    ("on", "held"),
    [
        (FIRST - timedelta(days=1), False),
        (FIRST, True),
        (DAY, True),
        (END - timedelta(days=1), True),
        (END, False),
    ],
)
def test_a_role_is_held_from_its_first_day_until_before_its_last(on: date, held: bool) -> None:
    grow()
    appoint(holders=[hold()], by="test")
    assert (holders(role=Role.AREA_OFFICER, on=on) == {"officer"}) is held


def test_the_set_form_of_a_period_agrees_with_the_scope_of_the_user() -> None:
    grow()
    appoint(holders=[hold()], by="test")
    user = get_user_model().objects.get(username="officer")
    for on in (FIRST - timedelta(days=1), FIRST, END - timedelta(days=1), END):
        assert bool(holders(role=Role.AREA_OFFICER, on=on)) == bool(scope_of(user, on=on).paths), on


def test_a_holder_of_another_role_is_no_holder_of_this_one() -> None:
    appoint_demo(by="test")
    assert not holders(role=Role.AUDITOR, on=DAY)
    assert not holders(role=Role.EEF_OFFICER, on=DAY) & holders(role=Role.FINANCE, on=DAY)


def test_whoever_holds_a_role_twice_is_one_holder_and_two_are_two() -> None:
    grow()
    appoint(holders=[hold(), hold(place=AREA_TWO), hold("other", place=AREA_TWO)], by="test")
    assert holders(role=Role.AREA_OFFICER, on=DAY) == {"officer", "other"}


def test_one_user_may_hold_two_roles_and_is_entered_once() -> None:
    grow()
    outcome = appoint(holders=[hold(), hold(role=Role.AUDITOR, place=COUNTRY)], by="test")
    assert (outcome.done, outcome.same) == (3, 0)
    user = get_user_model().objects.get(username="officer")
    assert scope_of(user, on=DAY).paths == ("cth/",), "the wider place holds the narrower"


def test_appointing_again_with_one_more_adds_only_the_one() -> None:
    grow()
    appoint(holders=[hold()], by="test")
    outcome = appoint(holders=[hold(), hold(place=AREA_TWO)], by="test")
    assert (outcome.done, outcome.same) == (1, 1)


def test_a_user_who_is_there_keeps_his_name_when_he_is_appointed_again() -> None:
    grow()
    appoint(holders=[hold()], by="first")
    again = Holder("officer", "ชื่ออื่น", "Other", Role.DIRECTOR, AREA_ONE, FIRST, END)
    appoint(holders=[again], by="second")
    user = get_user_model().objects.get(username="officer")
    assert (user.display_en, user.recorded_by) == ("Officer", "first")


def test_nobody_is_appointed_out_of_nothing() -> None:
    outcome = appoint(holders=[], by="test")
    assert (outcome.done, outcome.same) == (0, 0)


def test_the_holder_of_no_assignment_sees_nothing() -> None:
    grow()
    appoint(holders=[hold(to_day=DAY)], by="test")
    user = get_user_model().objects.get(username="officer")
    scope = scope_of(user, on=DAY)
    assert (scope.paths, scope.everything, scope.by) == ((), False, "officer")


@pytest.mark.parametrize(
    ("kind", "path", "seen"),
    [
        (PlaceKind.AREA_OFFICE, "cth/gobec/", {"8101", "8102"}),
        (PlaceKind.AREA_OFFICE, "cth/gobec/a8101/", {"8101"}),
        (PlaceKind.AREA_OFFICE, "cth/p81/", set()),
        (PlaceKind.AGENCY, "cth/", {"obec", "dla"}),
        (PlaceKind.AGENCY, "cth/gobec/", {"obec"}),
        (PlaceKind.AGENCY, "cth/gobec/a8101/", set()),
        (PlaceKind.DISTRICT, "cth/p81/d8101/", {"8101"}),
        (PlaceKind.COUNTRY, "cth/p81/", set()),
    ],
)
def test_a_scope_shows_places_of_every_kind_at_or_below_it_and_none_above(
    kind: PlaceKind, path: str, seen: set[str]
) -> None:
    grow()
    rows = fetch(
        "SELECT places.code FROM places JOIN visible ON visible.id = places.id",
        places(kind=kind),
        visible(scope=Scope(paths=(path,)), kind=kind),
    )
    assert {str(code) for (code,) in rows} == seen


@pytest.mark.parametrize("path", ["cth/p8/", "cth/p810/", "cth/p81", "cth/gobe/", "%", "cth/%/", "_th/"])
def test_a_prefix_that_is_no_place_shows_nothing_or_only_what_begins_so(path: str) -> None:
    grow()
    scope = Scope(paths=(path,))
    rows = fetch(
        "SELECT path, located_path FROM places JOIN visible ON visible.id = places.id",
        places(kind=PlaceKind.SCHOOL),
        visible(scope=scope),
    )
    assert all(scope.covers(str(own), str(located)) for own, located in rows)
    assert bool(rows) == (path == "cth/p81")


def test_two_relations_of_places_stand_side_by_side_in_one_statement() -> None:
    grow()
    one = visible(scope=Scope(paths=("cth/gobec/a8101/",)), name="mine")
    two = visible(scope=system_scope(reason="test"), name="all_of_them")
    ((mine, every),) = fetch(
        "SELECT (SELECT count(*) FROM mine), (SELECT count(*) FROM all_of_them)", one, two
    )
    assert (mine, every) == (1, 3)
    areas = places(kind=PlaceKind.AREA_OFFICE, name="areas")
    schools = places(kind=PlaceKind.SCHOOL, name="schools")
    assert fetch("SELECT (SELECT count(*) FROM areas), (SELECT count(*) FROM schools)", areas, schools) == [
        (2, 3)
    ]


def test_places_are_read_with_their_names_and_both_paths() -> None:
    grow()
    ((key, name, path, located),) = fetch(
        "SELECT id, name_th, path, located_path FROM places WHERE code = '81990001'",
        places(kind=PlaceKind.SCHOOL),
    )
    assert key == ids(PlaceKind.SCHOOL)["81990001"]
    assert name == "โรงเรียนตัวอย่างสาม"
    assert (path, located) == ("cth/gdla/h81990001/", "cth/p81/d8101/s810101/h81990001/")


def test_places_above_the_sub_districts_lie_nowhere_but_in_their_own_path() -> None:
    grow()
    rows = fetch("SELECT located_path FROM places", places(kind=PlaceKind.SUBDISTRICT))
    assert {located for (located,) in rows} == {""}


@pytest.mark.parametrize(("persons", "named"), [(1, True), (FEW, True), (FEW + 1, False), (0, True)])
def test_persons_of_a_look_are_named_while_they_are_few(persons: int, named: bool) -> None:
    note(scope=system_scope(reason="test"), reason="รายการ", what="number", persons=uuid7s(persons))
    ((count, told),) = fetch("SELECT count, persons IS NOT NULL FROM looking_log")
    assert (count, told) == (persons, named)


def test_the_look_of_the_machine_is_noted_under_its_own_name_at_its_moment() -> None:
    note(scope=system_scope(reason="test", by="worker"), reason="รายการ", what="account", persons=[])
    rows = fetch(
        "SELECT looked_by, what, looked_at BETWEEN now() - interval '1 minute' AND now() + interval '1 minute'"
        " FROM looking_log"
    )
    assert rows == [("worker", "account", True)]


def test_each_look_is_a_line_of_its_own_however_alike() -> None:
    for _ in range(2):
        note(scope=system_scope(reason="test"), reason="รายการ", what="number", persons=[])
    assert fetch("SELECT count(DISTINCT id) FROM looking_log") == [(2,)]


def test_a_name_of_a_user_that_was_switched_off_is_kept_and_his_assignments_stay() -> None:
    grow()
    appoint(holders=[hold()], by="test")
    execute("UPDATE user_account SET is_active = false WHERE username = 'officer'")
    assert holders(role=Role.AREA_OFFICER, on=DAY) == frozenset()
    assert fetch("SELECT count(*) FROM assignment") == [(1,)]
