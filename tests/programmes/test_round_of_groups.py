"""Steps ``group`` and ``enrol`` on a database: sets, counts from different sources, chosen schools."""

from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from takhai.access.scope import system_scope
from takhai.platform.flow import Flow
from takhai.platform.relations import constant
from takhai.platform.sets import fetch
from takhai.policy import for_round
from takhai.programmes import queries
from takhai.programmes.models import Beneficiary, Fate, ProgrammeEnrolment, RoundMember
from takhai.programmes.services import beneficiaries, fates, groups
from takhai.thai.calendar import Term
from tests.programmes.world import World

ROUND = Term(2563, 2)
POOR = "เด็กยากจน"
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def assign(world: World, province: str = "81") -> Flow:
    return groups.assign(
        round=ROUND,
        province=province,
        policy=for_round(ROUND),
        entries=world.entries_of(province),
        present=world.present,
    )


def group_of(person: UUID) -> tuple[str, str]:
    member = RoundMember.objects.get(round="2563-2", person_id=person)
    return member.group, member.reason


def test_every_pupil_is_counted_once_and_the_law_holds(world: World) -> None:
    old, moved, three, gone, poor, other = (
        world.listed(),
        world.listed(),
        world.listed(first_year=2560),
        world.listed(),
        world.pupil(),
        world.pupil(),
    )
    world.row(old)
    world.row(moved, school="81010002")
    world.row(three, says=POOR)
    world.row(poor, says=POOR)
    world.row(other)
    flow = assign(world)
    assert flow.broken() == ()
    assert (flow.in_, flow.joined, flow.out) == (5, 1, 4)
    assert flow.to == {"old": 1, "new": 3}
    assert flow.dropped == {"not_in_register": 1, "not_applicant": 1}
    assert [group_of(person) for person in (old, moved, three, poor)] == [
        ("old", "on_last_list"),
        ("new", "moved"),
        ("new", "three_years"),
        ("new", "never_applied"),
    ]
    assert {(fate.person_id, fate.reason) for fate in Fate.objects.all()} == {
        (gone, "not_in_register"),
        (other, "not_applicant"),
    }


def test_of_two_schools_the_last_lists_school_speaks_even_in_another_province(world: World) -> None:
    pupil = world.listed(school="80010001")
    world.row(pupil, school="81010001", counted=True)
    world.row(pupil, school="80010001", counted=False)
    flow = assign(world)
    member = RoundMember.objects.get(person_id=pupil)
    assert (member.group, member.province, member.school_id) == ("old", "80", world.school("80010001"))
    assert flow.in_ == 1
    assert assign(world, "80").in_ == 0


@pytest.mark.parametrize(
    ("agency", "says", "applies"),
    [
        ("obec", POOR, True),
        ("obec", "-", False),
        ("obec", "ต้องการสมัครขอรับทุน", False),
        ("dla", "ต้องการสมัครขอรับทุน", True),
        ("dla", POOR, False),
        ("bpp", "-", True),
        ("unknown", POOR, False),
    ],
)
def test_each_affiliation_marks_its_applicants_in_its_own_way(
    world: World, agency: str, says: str, applies: bool
) -> None:
    pupil = world.pupil()
    world.row(pupil, agency=agency, says=says)
    assert assign(world).to == {"old": 0, "new": int(applies)}


def test_an_applicant_above_the_screened_levels_is_no_applicant(world: World) -> None:
    world.row(world.pupil(), level="upper_secondary", says=POOR)
    assert assign(world).dropped == {"not_applicant": 1}


def test_an_empty_province_gives_an_empty_flow(world: World) -> None:
    flow = assign(world)
    assert (flow.in_, flow.joined, flow.out, flow.broken()) == (0, 0, 0, ())


def test_members_become_beneficiaries_who_keep_their_first_year_and_enter_the_programme_once(
    world: World,
) -> None:
    old, new = world.listed(first_year=2561), world.pupil()
    world.row(old)
    world.row(new, says=POOR)
    assign(world)
    for group in ("old", "new"):
        flow = beneficiaries.admit(round=ROUND, group=group, province="81", as_of=date(2020, 12, 28))
        assert (flow.in_, flow.out, flow.broken()) == (1, 1, ())
    years = dict(Beneficiary.objects.filter(round="2563-2").values_list("person_id", "first_subsidy_year"))
    assert years == {old: 2561, new: 2563}
    assert ProgrammeEnrolment.objects.filter(person_id=new, status="active").count() == 1
    assert queries.count_beneficiaries(round=ROUND) == 2
    assert queries.provinces(round=ROUND, group="old") == ["81"]


def test_a_list_we_made_ourselves_needs_no_file(world: World) -> None:
    assert queries.needs_last_list(round=ROUND)
    world.row(world.listed())
    assert queries.provinces_of_last_list(round=ROUND) == ["81"]
    assign(world)
    beneficiaries.admit(round=ROUND, group="old", province="81", as_of=date(2020, 12, 28))
    assert queries.needs_last_list(round=ROUND), "what came by file does not count as ours"
    assert not queries.needs_last_list(round=ROUND.next())


@pytest.mark.parametrize("compliant", [True, False, None])
def test_what_the_last_round_says_of_the_conditions_comes_along(world: World, compliant: bool | None) -> None:
    world.row(world.listed(compliant=compliant))
    assign(world)
    beneficiaries.admit(round=ROUND, group="old", province="81", as_of=date(2020, 12, 28))
    listed = queries.beneficiaries(round=ROUND, group="old", province="81", scope=system_scope(reason="test"))
    assert fetch("SELECT compliant FROM beneficiaries", listed) == [(compliant,)]


def test_a_pupil_of_this_provinces_list_who_is_counted_in_another_is_not_missing_here(world: World) -> None:
    pupil = world.listed(school="81010001")
    world.row(pupil, school="92010001")
    here, there = assign(world, "81"), assign(world, "92")
    assert (here.in_, here.joined, here.dropped) == (0, 0, {})
    assert (there.in_, there.to) == (1, {"old": 0, "new": 1})
    assert group_of(pupil) == ("new", "moved")


def test_units_of_provinces_add_up_to_every_pupil_once(world: World) -> None:
    stays, moves, gone = world.listed(), world.listed(), world.listed(school="92010001")
    back = world.listed(school="92010001")
    world.row(stays)
    world.row(moves, school="92010001")
    world.row(back, school="81010001")
    world.row(back, school="92010001", counted=False)
    total = assign(world, "81") + assign(world, "92")
    assert total.broken() == ()
    assert (total.in_, total.joined, total.out) == (3, 1, 3)
    assert total.dropped == {"not_in_register": 1}
    assert group_of(back) == ("old", "on_last_list")
    assert {fate.person_id for fate in Fate.objects.all()} == {gone}


def test_who_was_refused_in_an_earlier_round_applies_again(world: World) -> None:
    refused, accepted_long_ago, later = world.pupil(), world.pupil(), world.pupil()
    for pupil, round, step, kind in (
        (refused, "2562-2", "assess", "dropped"),
        (accepted_long_ago, "2562-2", "order", "held"),
        (later, "2563-2", "assess", "dropped"),
    ):
        world.row(pupil, says=POOR)
        fated = constant(
            name="fated",
            columns=fates.VERDICT,
            rows=[(round, pupil, kind, "official_refused", 0, "81")],
        )
        fates.record(round=Term.parse(round), group="new", step=step, verdicts=fated)
    assign(world)
    assert [group_of(pupil)[1] for pupil in (refused, accepted_long_ago, later)] == [
        "failed_before",
        "never_applied",
        "never_applied",
    ]


def test_a_unit_that_is_done_again_is_refused_by_the_database(world: World) -> None:
    world.row(world.listed())
    assign(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        assign(world)
    assert RoundMember.objects.count() == 1
