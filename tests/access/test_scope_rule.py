"""One function decides what a user may see."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.access.rules.paths import below, step
from takhai.access.rules.scope import decide, in_force
from takhai.access.types import Grant, PlaceKind, Role, Scope, system_scope

DAY = date(2020, 12, 28)
LOEI = "cth/p42/"
LOEI_TOWN = "cth/p42/d4201/"
AREA = "cth/gobec/a4201/"
SCHOOL = "cth/gobec/a4201/h42010001/"


def grant(path: str, *, from_day: date = DAY, to_day: date | None = None) -> Grant:
    return Grant(role=Role.AREA_OFFICER, path=path, from_day=from_day, to_day=to_day)


def test_a_user_without_an_assignment_sees_nothing() -> None:
    scope = decide(grants=[], on=DAY, by="nobody")
    assert scope.paths == ()
    assert not scope.covers(SCHOOL, LOEI_TOWN)
    assert not scope.everything


def test_an_area_officer_sees_the_schools_of_the_area_and_no_other() -> None:
    scope = decide(grants=[grant(AREA)], on=DAY, by="area")
    assert scope.covers(SCHOOL)
    assert not scope.covers("cth/gobec/a4202/h42020001/")


def test_a_code_that_begins_like_another_is_another() -> None:
    scope = decide(grants=[grant("cth/p4/")], on=DAY, by="province")
    assert not scope.covers("cth/p42/d4201/")


def test_a_province_officer_sees_a_school_by_where_it_lies_whoever_governs_it() -> None:
    scope = decide(grants=[grant(LOEI)], on=DAY, by="province")
    assert scope.covers(SCHOOL, "cth/p42/d4201/s420101/h42010001/")
    assert not scope.covers(SCHOOL, "cth/p41/d4101/s410101/h42010001/")
    assert not scope.covers(SCHOOL, "")


def test_an_assignment_holds_from_its_first_day_until_before_its_last() -> None:
    period = grant(AREA, from_day=DAY, to_day=DAY + timedelta(days=1))
    assert not in_force(period, on=DAY - timedelta(days=1))
    assert in_force(period, on=DAY)
    assert not in_force(period, on=DAY + timedelta(days=1))


def test_an_open_assignment_never_ends() -> None:
    assert in_force(grant(AREA), on=date(2100, 1, 1))


def test_a_place_inside_another_of_the_same_user_is_not_named_twice() -> None:
    scope = decide(grants=[grant(SCHOOL), grant(AREA), grant(AREA)], on=DAY, by="both")
    assert scope.paths == (AREA,)


def test_an_ended_assignment_takes_its_place_away() -> None:
    ended = grant(AREA, from_day=DAY - timedelta(days=9), to_day=DAY)
    assert decide(grants=[ended, grant(LOEI)], on=DAY, by="moved").paths == (LOEI,)


def test_the_machine_sees_everything_and_says_why() -> None:
    scope = system_scope(reason="2563-2/old/entitle")
    assert scope.everything
    assert scope.covers("")
    assert scope.reason == "2563-2/old/entitle"


def test_a_system_scope_without_a_reason_is_no_scope() -> None:
    with pytest.raises(ValueError, match="reason"):
        system_scope(reason="  ")


def test_a_scope_is_either_places_or_a_reason() -> None:
    with pytest.raises(ValueError, match="either"):
        Scope(paths=(AREA,), reason="both")


def test_a_path_part_bears_the_letter_of_its_kind_and_ends_with_a_slash() -> None:
    assert step(kind=PlaceKind.PROVINCE, code="42") == "p42/"
    assert below(path=LOEI, kind=PlaceKind.DISTRICT, code="4201") == LOEI_TOWN


@pytest.mark.parametrize("code", ["", "a/b"])
def test_a_code_that_would_break_a_path_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="slash"):
        step(kind=PlaceKind.SCHOOL, code=code)


def test_no_two_kinds_of_places_share_a_letter() -> None:
    assert len({step(kind=kind, code="1") for kind in PlaceKind}) == len(PlaceKind)


paths = st.lists(st.sampled_from(["a1/", "a11/", "b2/", "c/"]), min_size=1, max_size=4).map("".join)
days = st.integers(-3, 3).map(lambda n: DAY + timedelta(days=n))
periods = st.tuples(days, st.none() | days)
grants = st.lists(
    st.builds(
        lambda path, period: Grant(Role.DIRECTOR, path, period[0], period[1]),
        paths,
        periods,
    ),
    max_size=6,
)


@given(grants, paths, days)
def test_a_scope_covers_exactly_what_lies_below_a_grant_in_force(
    given_grants: list[Grant], place: str, on: date
) -> None:
    scope = decide(grants=given_grants, on=on, by="user")
    assert scope.covers(place) == any(in_force(g, on=on) and place.startswith(g.path) for g in given_grants)


@given(grants, days)
def test_no_path_of_a_scope_lies_inside_another(given_grants: list[Grant], on: date) -> None:
    found = decide(grants=given_grants, on=on, by="user").paths
    assert all(not one.startswith(other) for one in found for other in found if one is not other)
    assert len(set(found)) == len(found)
