"""Where each pupil of a round stands by his group: in one, or out and why."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from takhai.access.scope import system_scope
from takhai.access.types import Scope
from takhai.policy import for_round
from takhai.programmes import queries as programmes
from takhai.programmes.queries import Standing
from takhai.programmes.services import beneficiaries, groups
from takhai.thai.calendar import Term
from tests.programmes.world import World

pytestmark = pytest.mark.django_db

ROUND = Term(2563, 2)
ALL = system_scope(reason="test")
POOR = "เด็กยากจน"


@pytest.fixture
def world() -> World:
    return World()


def assign(world: World) -> None:
    groups.assign(
        round=ROUND,
        province="81",
        policy=for_round(ROUND),
        entries=world.entries_of("81"),
        present=world.present,
    )


def of(person: UUID) -> Standing:
    return programmes.standings(round=ROUND, scope=ALL, person=person)[person]


def test_who_goes_on_and_who_comes_anew_stand_in_their_groups_with_the_reason(world: World) -> None:
    old, poor = world.listed(), world.pupil()
    world.row(old)
    world.row(poor, says=POOR)
    assign(world)
    assert (of(old).group, of(old).reason, of(old).first_subsidy_year) == ("old", "on_last_list", 2562)
    assert (of(poor).group, of(poor).reason, of(poor).first_subsidy_year) == ("new", "never_applied", None)
    assert (of(poor).school, of(poor).grade, of(poor).province) == (world.school(), "ป.4", "81")


def test_who_is_in_no_group_says_why_and_stands_at_the_last_lists_school_if_there_is_one(
    world: World,
) -> None:
    gone, other = world.listed(), world.pupil()
    world.row(other)
    assign(world)
    assert (of(gone).group, of(gone).reason, of(gone).school) == ("", "not_in_register", world.school())
    assert (of(other).group, of(other).reason, of(other).school) == ("", "not_applicant", None)


def test_whether_he_is_on_the_rounds_list_is_told(world: World) -> None:
    old = world.listed()
    world.row(old)
    assign(world)
    assert not of(old).listed
    beneficiaries.admit(round=ROUND, group="old", province="81", as_of=date(2020, 12, 28))
    assert of(old).listed


def test_before_groups_are_made_nobody_stands_anywhere(world: World) -> None:
    world.row(world.listed())
    assert programmes.standings(round=ROUND, scope=ALL) == {}


def test_another_rounds_groups_are_not_this_rounds(world: World) -> None:
    world.row(world.listed())
    assign(world)
    assert programmes.standings(round=Term(2564, 1), scope=ALL) == {}


def test_a_scope_sees_the_pupils_of_its_schools_and_nobody_without_a_school(world: World) -> None:
    here, there, stranger = world.listed(), world.listed(school="81010002"), world.pupil()
    world.row(here)
    world.row(there, school="81010002")
    world.row(stranger)
    assign(world)
    director = Scope(paths=("th/81010002/",), by="director")
    assert set(programmes.standings(round=ROUND, scope=ALL)) == {here, there, stranger}
    assert set(programmes.standings(round=ROUND, scope=director)) == {there}
    assert programmes.standings(round=ROUND, scope=director, person=here) == {}


def test_one_query_whether_for_one_or_for_all(world: World) -> None:
    for _ in range(4):
        world.row(world.listed())
    assign(world)
    with CaptureQueriesContext(connection) as asked:
        assert len(programmes.standings(round=ROUND, scope=ALL)) == 4
    assert len(asked) == 1
