"""What forms say of households is counted of each population by itself, and nobody's figures are shown."""

from dataclasses import replace
from uuid import UUID

import pytest

from takhai.platform.sets import execute
from takhai.screening.queries.profile import POPULATIONS, SOURCES, Profile, profile
from takhai.screening.queries.summary import screening
from takhai.screening.types import Household
from tests.benefits.town import ROUND
from tests.screening.cases import BARE
from tests.screening.hall import Hall, by_score

POOREST = replace(BARE, members=4, income_satang=400_001, electricity="none", unemployed=True)
POOR = replace(BARE, members=2, income_satang=600_000, electricity="own_meter", unemployed=False)
RICH = replace(POOR, income_satang=600_001)
NOBODY = Profile(0, 0, 0, 0, 0, dict.fromkeys(SOURCES, 0))


def earns(hall: Hall, person: UUID, *, no: int = 1, **incomes: int) -> None:
    """A member of the household with these incomes in satang."""
    execute(
        "INSERT INTO form_member (round, form_no, member_no, relation, age, disabled, chronic, studies, works,"
        " wages, agriculture, business, welfare, other) VALUES (%(round)s, %(form_no)s, %(no)s, 'mother', 40,"
        " false, false, false, true, %(wages)s, %(agriculture)s, %(business)s, %(welfare)s, %(other)s)",
        round=str(ROUND),
        form_no=hall.forms[person],
        no=no,
        **{name: incomes.get(name, 0) for name in SOURCES},
    )


def assessed(hall: Hall, *households: Household) -> list[UUID]:
    """So many pupils; the band ends between the poorest and the poor."""
    people = [hall.pupil(each) for each in households]
    hall.fix(by_score(100_000))
    hall.assess(policy=by_score(100_000))
    return people


def test_before_anybody_is_assessed_there_is_nobody(hall: Hall) -> None:
    hall.pupil()
    assert profile(round=ROUND) == dict.fromkeys(POPULATIONS, NOBODY)


def test_a_population_is_a_part_of_the_one_before_it(hall: Hall) -> None:
    assessed(hall, POOREST, POOR, POOR, RICH)
    told = profile(round=ROUND)
    assert list(told) == list(POPULATIONS)
    assert [each.pupils for each in told.values()] == [4, 3, 1]
    assert [each.members for each in told.values()] == [10, 8, 4]


def test_whom_the_official_refused_or_who_sent_no_form_is_in_no_population(hall: Hall) -> None:
    hall.pupil(POOR, refused=True)
    hall.pupil(None)
    assessed(hall, POOR)
    assert [each.pupils for each in profile(round=ROUND).values()] == [1, 1, 0]


def test_income_per_head_is_rounded_down_for_each_household_before_it_is_added(hall: Hall) -> None:
    assessed(hall, POOREST, POOREST, RICH)
    told = profile(round=ROUND)
    assert told["extremely_poor"].per_head == 2 * 100_000
    assert told["screened"].per_head == 2 * 100_000 + 300_000


def test_the_mean_is_the_one_of_the_summary(hall: Hall) -> None:
    assessed(hall, POOREST, POOR, RICH, replace(POOR, members=3, income_satang=100_001))
    told, counted = profile(round=ROUND), screening(round=ROUND)
    for name in POPULATIONS:
        assert told[name].pupils == counted[name]
        mean = told[name].per_head // told[name].pupils if told[name].pupils else 0
        assert mean == counted["income_per_head"][name]


def test_unemployment_is_of_the_household_and_counts_its_pupil_once(hall: Hall) -> None:
    assessed(hall, POOREST, POOR, RICH)
    told = profile(round=ROUND)
    assert [each.unemployed for each in told.values()] == [1, 1, 1]


def test_a_household_with_several_sources_counts_under_each_and_once_however_many_earn(hall: Hall) -> None:
    poorest, poor = assessed(hall, POOREST, POOR)
    earns(hall, poorest, wages=100_000, welfare=60_000)
    earns(hall, poorest, no=2, wages=40_000)
    earns(hall, poor, agriculture=1)
    told = profile(round=ROUND)
    assert told["screened"].sources == dict(zip(SOURCES, (1, 1, 0, 1, 0), strict=True))
    assert told["extremely_poor"].sources == dict(zip(SOURCES, (1, 0, 0, 1, 0), strict=True))


@pytest.mark.parametrize("loss", [0, -1, -500_000])
def test_a_loss_or_nothing_is_no_source(hall: Hall, loss: int) -> None:
    (person,) = assessed(hall, POOREST)
    earns(hall, person, agriculture=loss, business=loss)
    earns(hall, person, no=2, other=5)
    assert profile(round=ROUND)["screened"].sources == dict(zip(SOURCES, (0, 0, 0, 0, 1), strict=True))


def test_a_guardian_without_a_welfare_card_is_not_counted(hall: Hall) -> None:
    assessed(hall, POOREST, POOR)
    assert [each.welfare_card for each in profile(round=ROUND).values()] == [0, 0, 0]


def test_another_round_is_not_mixed_in(hall: Hall) -> None:
    assessed(hall, POOREST)
    assert profile(round=ROUND.next()) == dict.fromkeys(POPULATIONS, NOBODY)
    assert profile(round=ROUND.previous()) == dict.fromkeys(POPULATIONS, NOBODY)
