"""Members become the round's list; what others ask of it they get within their scope."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from takhai.access.types import Scope, system_scope
from takhai.platform.sets import fetch
from takhai.policy import for_round
from takhai.programmes import queries
from takhai.programmes.services import beneficiaries, groups
from takhai.thai.calendar import Term
from tests.programmes.world import World

pytestmark = pytest.mark.django_db

ROUND = Term(2563, 2)
DAY = date(2020, 12, 28)
ALL = system_scope(reason="test")


@pytest.fixture
def world() -> World:
    return World()


def assign(world: World, *provinces: str) -> None:
    for province in provinces or ("81",):
        groups.assign(
            round=ROUND,
            province=province,
            policy=for_round(ROUND),
            entries=world.entries_of(province),
            present=world.present,
        )


def admit(group: str = "old", province: str = "81") -> tuple[int, int]:
    flow = beneficiaries.admit(round=ROUND, group=group, province=province, as_of=DAY)
    assert flow.broken() == ()
    return flow.in_, flow.out


def listed(scope: Scope = ALL, group: str = "old", province: str = "81") -> set[UUID]:
    relation = queries.beneficiaries(round=ROUND, group=group, province=province, scope=scope)
    return {UUID(str(person)) for (person,) in fetch("SELECT person FROM beneficiaries", relation)}


def test_a_group_is_admitted_province_by_province(world: World) -> None:
    here, there = world.listed(), world.listed(school="92010001")
    world.row(here)
    world.row(there, school="92010001")
    assign(world, "81", "92")
    assert queries.provinces(round=ROUND, group="old") == ["81", "92"]
    assert (admit(province="81"), admit(province="92")) == ((1, 1), (1, 1))
    assert (listed(), listed(province="92")) == ({here}, {there})


def test_a_group_or_province_without_members_admits_nobody(world: World) -> None:
    world.row(world.listed())
    assign(world)
    assert admit(group="new") == (0, 0)
    assert admit(province="10") == (0, 0)
    assert listed(group="new") == set()


def test_a_beneficiary_stands_on_the_list_as_this_rounds_register_has_him(world: World) -> None:
    pupil = world.listed(first_year=2561, channel="promptpay")
    world.row(pupil)
    assign(world)
    admit()
    rows = fetch(
        'SELECT "group", grade, level, province, first_subsidy_year, channel, compliant, source'
        " FROM beneficiary WHERE round = '2563-2'"
    )
    assert rows == [("old", "ป.4", "primary", "81", 2561, "promptpay", None, "enrol")]


def test_who_is_new_begins_with_this_year_and_the_schools_channel(world: World) -> None:
    world.row(world.pupil(), says="เด็กยากจน")
    assign(world)
    assert admit(group="new") == (1, 1)
    assert fetch("SELECT first_subsidy_year, channel FROM beneficiary") == [(2563, "school")]


def test_a_unit_that_is_done_again_is_refused_and_the_list_stays(world: World) -> None:
    world.row(world.listed())
    assign(world)
    admit()
    with pytest.raises(IntegrityError), transaction.atomic():
        admit()
    assert queries.count_beneficiaries(round=ROUND) == 1


def test_who_is_in_the_programme_does_not_enter_again(world: World) -> None:
    pupil = world.listed()
    world.row(pupil)
    assign(world)
    admit()
    entered = fetch("SELECT person_id, entered_on, status FROM programme_enrolment")
    assert entered == [(pupil, DAY, "active")]
    later = ROUND.next()
    world.round = str(later)
    groups.assign(
        round=later,
        province="81",
        policy=for_round(later),
        entries=world.entries_of("81"),
        present=world.present,
    )
    beneficiaries.admit(round=later, group="old", province="81", as_of=date(2021, 6, 30))
    assert fetch("SELECT person_id, entered_on, status FROM programme_enrolment") == entered


def test_a_list_is_seen_by_who_may_see_its_schools(world: World) -> None:
    one, two = world.listed(school="81010001"), world.listed(school="81010002")
    world.row(one, school="81010001")
    world.row(two, school="81010002")
    assign(world)
    admit()
    assert listed(Scope(paths=("th/81010001/",), by="director")) == {one}
    assert listed(Scope(paths=("th/",), by="officer")) == {one, two}
    assert listed(Scope(by="nobody")) == set()


def test_only_our_own_lists_are_counted(world: World) -> None:
    world.row(world.listed())
    world.listed()
    assign(world)
    admit()
    assert queries.count_beneficiaries(round=ROUND) == 1
    assert queries.count_beneficiaries(round=ROUND.previous()) == 0


def test_the_number_of_statements_does_not_grow_with_the_pupils(
    world: World, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _ in range(60):
        world.row(world.listed())
        world.row(world.pupil(), says="เด็กยากจน")
    with django_assert_max_num_queries(24):  # type: ignore[attr-defined]
        assign(world)
        admit()
        admit(group="new")
    assert queries.count_beneficiaries(round=ROUND) == 120
