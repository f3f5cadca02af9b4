"""Grouping and admitting go by the round's policy and by the row that speaks for the pupil."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from uuid import UUID

import pytest

from takhai.platform.relations import BadRelation, constant
from takhai.platform.sets import execute, fetch
from takhai.policy import RoundPolicy, for_round
from takhai.policy.types import Entry
from takhai.programmes import queries
from takhai.programmes.services import beneficiaries, fates, groups
from takhai.thai.calendar import Term
from tests.programmes.world import World

pytestmark = pytest.mark.django_db

ROUND = Term(2563, 2)
POLICY = for_round(ROUND)
POOR = "เด็กยากจน"


@pytest.fixture
def world() -> World:
    return World()


def assign(world: World, policy: RoundPolicy = POLICY, province: str = "81") -> dict[UUID, tuple[str, str]]:
    """Person -> (group, reason) after the province's unit; who dropped has the group ""."""
    flow = groups.assign(
        round=ROUND,
        province=province,
        policy=policy,
        entries=world.entries_of(province),
        present=world.present,
    )
    assert flow.broken() == ()
    rows = fetch(
        'SELECT person_id, "group", reason FROM round_member'
        " UNION ALL SELECT person_id, '', reason FROM fate WHERE step = 'group' AND round = '2563-2'"
    )
    return {UUID(str(person)): (str(group), str(reason)) for person, group, reason in rows}


def admit(group: str) -> None:
    beneficiaries.admit(round=ROUND, group=group, province="81", as_of=date(2020, 12, 28))


def refused_before(pupil: UUID, *, step: str, kind: str = "dropped", round: str = "2563-1") -> None:
    rows = [(round, pupil, kind, "official_refused", 0, "81")]
    fated = constant(name="fated", columns=fates.VERDICT, rows=rows)
    fates.record(round=Term.parse(round), group="new", step=step, verdicts=fated)


@pytest.mark.parametrize(("years", "group"), [(1, "new"), (2, "old"), (3, "old")])
def test_how_many_years_make_a_pupil_new_is_policy(world: World, years: int, group: str) -> None:
    pupil = world.listed(first_year=2562)
    world.row(pupil)
    assert assign(world, replace(POLICY, three_years=years))[pupil][0] == group


@pytest.mark.parametrize(("levels", "group"), [(("primary",), "new"), (("kindergarten",), ""), ((), "")])
def test_which_levels_are_screened_is_policy(world: World, levels: tuple[str, ...], group: str) -> None:
    pupil = world.pupil()
    world.row(pupil, says=POOR)
    assert assign(world, replace(POLICY, screened_levels=levels))[pupil][0] == group


@pytest.mark.parametrize(("mark", "group"), [(POOR, "new"), ("อื่น", ""), (None, "new")])
def test_what_marks_an_applicant_is_policy(world: World, mark: str | None, group: str) -> None:
    pupil = world.pupil()
    world.row(pupil, says=POOR)
    entry = MappingProxyType({"obec": Entry("obec", mark)})
    assert assign(world, replace(POLICY, entry=entry))[pupil][0] == group


def test_a_group_of_the_policy_that_nobody_goes_to_is_counted_as_zero(world: World) -> None:
    flow = groups.assign(
        round=ROUND,
        province="81",
        policy=replace(POLICY, groups=("old", "new", "late")),
        entries=world.entries_of("81"),
        present=world.present,
    )
    assert flow.to == {"old": 0, "new": 0, "late": 0}


@pytest.mark.parametrize("step", ["assess", "certify"])
def test_who_was_refused_by_a_screening_before_applies_again(world: World, step: str) -> None:
    pupil = world.pupil()
    world.row(pupil, says=POOR)
    refused_before(pupil, step=step)
    assert assign(world)[pupil] == ("new", "failed_before")


@pytest.mark.parametrize(("step", "kind"), [("assess", "held"), ("entitle", "dropped"), ("group", "dropped")])
def test_other_ends_of_an_earlier_round_are_no_failed_screening(world: World, step: str, kind: str) -> None:
    pupil = world.pupil()
    world.row(pupil, says=POOR)
    refused_before(pupil, step=step, kind=kind)
    assert assign(world)[pupil] == ("new", "never_applied")


def test_a_failed_screening_matters_only_to_who_applies(world: World) -> None:
    listed, silent = world.listed(), world.pupil()
    world.row(listed, says=POOR)
    world.row(silent)
    for pupil in (listed, silent):
        refused_before(pupil, step="assess")
    told = assign(world)
    assert (told[listed], told[silent]) == (("old", "on_last_list"), ("", "not_applicant"))


def test_the_row_at_the_last_lists_school_says_class_and_level(world: World) -> None:
    pupil = world.listed(school="81010002")
    world.row(pupil, school="81010001", level="primary", agency="dla")
    world.row(pupil, school="81010002", counted=False, level="upper_secondary", agency="obec")
    assign(world)
    rows = fetch("SELECT school_id, agency, grade, level FROM round_member")
    assert rows == [(world.school("81010002"), "obec", "ม.4", "upper_secondary")]


def test_without_a_last_list_the_counted_row_speaks(world: World) -> None:
    pupil = world.pupil()
    world.row(pupil, school="81010001", says="-")
    world.row(pupil, school="81010002", counted=False, says=POOR)
    assert assign(world)[pupil] == ("", "not_applicant")


def test_the_list_of_an_earlier_round_is_no_last_list(world: World) -> None:
    pupil = world.listed()
    execute("UPDATE beneficiary SET round = '2562-2'")
    world.row(pupil)
    assert assign(world)[pupil] == ("", "not_applicant")
    assert queries.provinces_of_last_list(round=ROUND) == []


def test_who_drops_drops_without_money_in_the_province_that_looked_for_him(world: World) -> None:
    gone = world.listed(school="92010001")
    assign(world, province="92")
    rows = fetch('SELECT person_id, "group", entitlement_round, satang, province FROM fate')
    assert rows == [(gone, "", "2563-2", 0, "92")]


def test_who_moved_begins_anew_and_keeps_his_channel(world: World) -> None:
    pupil = world.listed(first_year=2561, channel="promptpay")
    world.row(pupil, school="81010002")
    assert assign(world)[pupil] == ("new", "moved")
    admit("new")
    rows = fetch("SELECT first_subsidy_year, channel, school_id FROM beneficiary WHERE source = 'enrol'")
    assert rows == [(2563, "promptpay", world.school("81010002"))]


def test_a_group_that_is_admitted_admits_nobody_of_the_other(world: World) -> None:
    old, new = world.listed(), world.pupil()
    world.row(old)
    world.row(new, says=POOR)
    assign(world)
    admit("old")
    assert fetch("SELECT person_id FROM beneficiary WHERE source = 'enrol'") == [(old,)]
    assert fetch("SELECT person_id FROM programme_enrolment") == [(old,)]


def test_who_left_the_programme_enters_again_on_the_day_of_the_step(world: World) -> None:
    pupil = world.listed()
    world.row(pupil)
    assign(world)
    execute(
        "INSERT INTO programme_enrolment (id, person_id, programme, entered_on, status, left_on, left_reason,"
        " recorded_at, recorded_by) VALUES (gen_random_uuid(), %(pupil)s, 'equity_grant', '2017-05-16', 'left',"
        " '2019-05-16', 'moved', now(), 'test')",
        pupil=pupil,
    )
    admit("old")
    rows = fetch("SELECT entered_on, status FROM programme_enrolment ORDER BY entered_on")
    assert rows == [(date(2017, 5, 16), "left"), (date(2020, 12, 28), "active")]


def test_entries_that_lack_a_column_are_a_mistake_of_the_program(world: World) -> None:
    short = constant(name="entries", columns={"person": "uuid"}, rows=[])
    with pytest.raises(BadRelation, match="school"):
        groups.assign(round=ROUND, province="81", policy=POLICY, entries=short, present=world.present)
