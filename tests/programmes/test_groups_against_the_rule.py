"""Random lists and registers over several provinces: each pupil goes where the rule says, once in all units."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takhai.platform.flow import Flow
from takhai.platform.sets import fetch
from takhai.policy import for_round
from takhai.programmes.rules.groups import Facts, Verdict, decide
from takhai.programmes.services import groups
from takhai.programmes.types import Group
from takhai.thai.calendar import Term
from tests.programmes.world import World
from tests.registry.world import undone

pytestmark = pytest.mark.django_db

ROUND = Term(2563, 2)
POLICY = for_round(ROUND)
PROVINCES = ("80", "81", "92")
SCHOOLS = ("80010001", "81010001", "81010002", "92010001")
MARKS = {"obec": "เด็กยากจน", "dla": "ต้องการสมัครขอรับทุน", "bpp": "-"}
WORDS = ("เด็กยากจน", "ต้องการสมัครขอรับทุน", "-")


@dataclass(frozen=True)
class Case:
    """A pupil: where he was listed, at which schools the registers have him (the first counts), what they say."""

    listed_at: str | None
    first_year: int
    schools: tuple[str, ...]
    agency: str
    level: str
    says: str

    @property
    def speaking(self) -> str:
        """The school whose row speaks for him."""
        return self.listed_at if self.listed_at in self.schools else self.schools[0]

    @property
    def verdict(self) -> Verdict:
        applies = self.agency == "bpp" or self.says == MARKS[self.agency]
        return decide(
            Facts(
                on_last_list=self.listed_at is not None,
                has_row=bool(self.schools),
                same_school=self.listed_at in self.schools,
                first_subsidy_year=self.first_year,
                limit_year=ROUND.year - 3,
                applies=applies,
                screened_level=self.level == "primary",
                failed_before=False,
            )
        )

    @property
    def unit(self) -> str:
        """The province whose unit he is counted in."""
        return (self.schools[0] if self.schools else str(self.listed_at))[:2]


cases = st.builds(
    Case,
    listed_at=st.none() | st.sampled_from(SCHOOLS),
    first_year=st.integers(2558, 2563),
    schools=st.lists(st.sampled_from(SCHOOLS), max_size=3, unique=True).map(tuple),
    agency=st.sampled_from(sorted(MARKS)),
    level=st.sampled_from(["primary", "upper_secondary"]),
    says=st.sampled_from(WORDS),
).filter(lambda case: case.listed_at is not None or case.schools)


def settle(world: World, case: Case) -> UUID:
    person = (
        world.pupil()
        if case.listed_at is None
        else world.listed(school=case.listed_at, first_year=case.first_year)
    )
    for at, school in enumerate(case.schools):
        world.row(
            person, school=school, counted=at == 0, agency=case.agency, level=case.level, says=case.says
        )
    return person


def assign(world: World, province: str) -> Flow:
    return groups.assign(
        round=ROUND,
        province=province,
        policy=POLICY,
        entries=world.entries_of(province),
        present=world.present,
    )


def play(pupils: list[Case], order: tuple[str, ...]) -> None:
    world = World()
    persons = {settle(world, case): case for case in pupils}
    flows = {province: assign(world, province) for province in order}
    members = (
        fetch(
            'SELECT person_id, "group", reason, s.code FROM round_member m JOIN schools s ON s.id = m.school_id',
            world.school_codes,
        )
        if persons
        else []
    )
    dropped = fetch("SELECT person_id, reason, province FROM fate WHERE kind = 'dropped'")
    told = {
        UUID(str(person)): (str(group), str(reason), str(code)) for person, group, reason, code in members
    }
    told |= {UUID(str(person)): ("", str(reason), str(unit)) for person, reason, unit in dropped}
    expected = {}
    for person, case in persons.items():
        verdict = case.verdict
        place = case.unit if verdict.group is Group.NONE else case.speaking
        expected[person] = (verdict.group.value, verdict.reason.value, place)
    assert told == expected
    for province, flow in flows.items():
        assert flow.broken() == ()
        counted = [case for case in pupils if case.schools and case.unit == province]
        assert flow.in_ == len(counted)
        assert flow.joined == sum(not case.schools and case.unit == province for case in pupils)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(cases, min_size=1, max_size=8), st.permutations(PROVINCES).map(tuple))
def test_each_pupil_goes_once_where_the_rule_says_in_whatever_order_the_units_run(
    pupils: list[Case], order: tuple[str, ...]
) -> None:
    with undone():
        play(pupils, order)


def test_the_old_group_of_one_province_may_be_taught_in_another() -> None:
    with transaction.atomic():
        play([Case("80010001", 2562, ("81010001", "80010001"), "obec", "primary", "-")], PROVINCES)


@pytest.mark.parametrize("agency", sorted(MARKS))
@pytest.mark.parametrize("says", WORDS)
@pytest.mark.parametrize("level", ["primary", "upper_secondary"])
def test_every_affiliation_word_and_level_of_a_pupil_who_was_never_listed(
    agency: str, says: str, level: str
) -> None:
    play([Case(None, 2563, ("81010001",), agency, level, says)], PROVINCES)
