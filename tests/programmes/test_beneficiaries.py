"""Members become the round's list; what others ask of it they get within their scope."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from takhai.access.types import Scope, system_scope
from takhai.platform.relations import constant
from takhai.platform.sets import fetch
from takhai.policy import for_round
from takhai.programmes import queries
from takhai.programmes.services import beneficiaries, fates, groups
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


def refuse(
    person: UUID, *, step: str, kind: str = "dropped", group: str = "new", round: Term = ROUND
) -> None:
    fates.record(
        round=round,
        group=group,
        step=step,
        verdicts=constant(
            name="verdicts",
            columns=fates.VERDICT,
            rows=[(str(round), person, kind, "official_refused", 0, "81")],
        ),
    )


@pytest.mark.parametrize("step", ["assess", "certify"])
def test_whom_a_screening_dropped_is_not_admitted_and_not_counted(world: World, step: str) -> None:
    refused, stays = world.pupil(), world.pupil()
    world.row(refused, says="เด็กยากจน")
    world.row(stays, says="เด็กยากจน")
    assign(world)
    refuse(refused, step=step)
    assert admit(group="new") == (1, 1)
    assert listed(group="new") == {stays}
    assert fetch("SELECT person_id FROM programme_enrolment") == [(stays,)]


def test_who_is_dropped_at_both_screenings_is_left_out_once(world: World) -> None:
    refused = world.pupil()
    world.row(refused, says="เด็กยากจน")
    assign(world)
    refuse(refused, step="assess")
    refuse(refused, step="certify")
    assert admit(group="new") == (0, 0)


@pytest.mark.parametrize(
    "other",
    [
        {"step": "entitle"},
        {"step": "assess", "kind": "held"},
        {"step": "assess", "group": "old"},
        {"step": "assess", "round": ROUND.previous()},
    ],
)
def test_a_fate_of_another_kind_step_group_or_round_keeps_nobody_out(
    world: World, other: dict[str, Any]
) -> None:
    person = world.pupil()
    world.row(person, says="เด็กยากจน")
    assign(world)
    refuse(person, **other)
    assert admit(group="new") == (1, 1)


def test_a_round_that_skips_its_screening_admits_every_member(world: World) -> None:
    everyone = {world.pupil() for _ in range(3)}
    for person in everyone:
        world.row(person, says="เด็กยากจน")
    assign(world)
    assert admit(group="new") == (3, 3)
    assert listed(group="new") == everyone


def members(scope: Scope = ALL, group: str = "new", province: str | None = "81") -> set[tuple[UUID, str]]:
    relation = queries.members(round=ROUND, group=group, province=province, scope=scope)
    return {
        (UUID(str(person)), str(reason))
        for person, reason in fetch("SELECT person, reason FROM members", relation)
    }


def everyone_listed(
    scope: Scope = ALL, province: str | None = None, round: Term = ROUND
) -> set[tuple[UUID, str]]:
    relation = queries.listed(round=round, province=province, scope=scope)
    return {
        (UUID(str(person)), str(place))
        for person, place in fetch("SELECT person, province FROM listed", relation)
    }


def test_members_are_told_with_their_reason_of_one_province_or_all(world: World) -> None:
    here, there, old = world.pupil(), world.pupil(), world.listed()
    world.row(here, says="เด็กยากจน")
    world.row(there, school="92010001", says="เด็กยากจน")
    world.row(old)
    assign(world, "81", "92")
    assert members() == {(here, "never_applied")}
    assert members(province=None) == {(here, "never_applied"), (there, "never_applied")}
    assert members(group="old") == {(old, "on_last_list")}


def test_a_member_is_told_with_the_school_and_class_the_round_goes_by(world: World) -> None:
    person = world.pupil()
    world.row(person, says="เด็กยากจน")
    assign(world)
    relation = queries.members(round=ROUND, group="new", province="81", scope=ALL)
    assert fetch(
        "SELECT person, school, agency, grade, level, province, area_code, reason FROM members", relation
    ) == [(person, world.schools["81010001"], "obec", "ป.4", "primary", "81", "8101", "never_applied")]


def test_members_and_the_listed_are_seen_by_who_may_see_their_schools(world: World) -> None:
    one, two = world.pupil(), world.pupil()
    world.row(one, school="81010001", says="เด็กยากจน")
    world.row(two, school="81010002", says="เด็กยากจน")
    assign(world)
    admit(group="new")
    director = Scope(paths=("th/81010001/",), by="director")
    assert {person for person, _ in members(director)} == {one}
    assert {person for person, _ in everyone_listed(director)} == {one}
    assert members(Scope(by="nobody")) == set()
    assert everyone_listed(Scope(by="nobody")) == set()


def test_the_listed_are_the_beneficiaries_of_all_groups_that_we_admitted(world: World) -> None:
    old, new = world.listed(), world.pupil()
    world.row(old)
    world.row(new, school="92010001", says="เด็กยากจน")
    assign(world, "81", "92")
    assert everyone_listed() == set()
    admit()
    admit(group="new", province="92")
    assert everyone_listed() == {(old, "81"), (new, "92")}
    assert everyone_listed(province="92") == {(new, "92")}
    assert everyone_listed(round=ROUND.previous()) == set()


def test_members_and_last_rounds_listed_can_be_asked_together(world: World) -> None:
    person = world.listed()
    world.row(person)
    assign(world)
    admit()
    both = fetch(
        "SELECT m.person FROM members m JOIN listed l ON l.person = m.person",
        queries.members(round=ROUND, group="old", province="81", scope=ALL),
        queries.listed(round=ROUND, province="81", scope=ALL),
    )
    assert both == [(person,)]


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
