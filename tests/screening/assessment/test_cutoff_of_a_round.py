"""The cut-off is fixed once, over all provinces, from the forms that are good and not refused (ROUND §4)."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from takhai.platform.sets import execute
from takhai.screening.queries.cutoffs import find_cutoff
from takhai.screening.rules.cutoff import choose, places
from takhai.screening.rules.lottery import Facts, decide
from takhai.screening.rules.score import score
from takhai.screening.types import Household, Place, Way
from takhai.thai.calendar import Term
from tests.benefits.town import ROUND, one
from tests.screening.cases import BARE
from tests.screening.hall import GROUP, POLICY, Hall, by_score, quota

POOR = replace(BARE, tenure="rent")  # scores 100,000
POORER = replace(BARE, tenure="rent", toilet=False)  # 150,000
RICH = replace(POORER, income_satang=1_200_001)  # four members, a satang over


def place(number: str, household: Household) -> Place:
    lot = decide(Facts(round="2563-2", seed=POLICY.lottery_seed, form_no=number)).lottery
    return Place(score(household, POLICY.pmt.weights), household.income_satang, household.members, lot)


def test_two_provinces_have_one_cutoff(hall: Hall) -> None:
    for _ in range(4):
        hall.pupil(POOR, school="81010001")
    best = hall.pupil(POORER, school="92010001")
    cutoff = hall.fix(quota(20))
    assert (cutoff.screened, cutoff.places) == (5, 1)
    assert hall.assess("81", policy=quota(20)).out == 0
    flow = hall.assess("92", policy=quota(20))
    assert (flow.in_, flow.out) == (1, 1)
    assert cutoff.lottery == place(hall.forms[best], POORER).lottery


def test_the_quota_counts_the_over_income_but_not_whom_the_official_refused(hall: Hall) -> None:
    for _ in range(5):
        hall.pupil(POOR)
    for _ in range(5):
        hall.pupil(RICH)
    for _ in range(9):
        hall.pupil(POORER, refused=True)
    hall.pupil(None)
    cutoff = hall.fix()
    assert (cutoff.screened, cutoff.candidates, cutoff.places) == (10, 5, 2)
    assert (cutoff.way, cutoff.score) == (Way.QUOTA, 100_000)


@pytest.mark.parametrize(("forms", "given"), [(4, 0), (5, 1), (9, 1), (10, 2)])
def test_a_fifth_is_rounded_down(hall: Hall, forms: int, given: int) -> None:
    for _ in range(forms):
        hall.pupil(POOR)
    cutoff = hall.fix()
    assert cutoff.places == given
    assert cutoff.way is (Way.QUOTA if given else Way.NOBODY)
    assert hall.assess().out == given


def test_where_there_are_fewer_candidates_than_places_all_of_them_are_inside(hall: Hall) -> None:
    people = [hall.pupil(POOR), hall.pupil(BARE)]
    for _ in range(13):
        hall.pupil(RICH)
    cutoff = hall.fix()
    assert (cutoff.places, cutoff.candidates, cutoff.score) == (3, 2, 0)
    assert hall.assess().out == len(people)


def test_the_last_place_is_that_of_the_row_form(hall: Hall) -> None:
    households = [
        replace(POOR, members=size, income_satang=income)
        for size, income in [(4, 800_000), (2, 400_000), (4, 799_999), (8, 1_600_000), (1, 200_000)]
    ] * 2 + [BARE, POORER]
    numbers = [hall.forms[hall.pupil(each)] for each in households]
    candidates = [place(number, each) for number, each in zip(numbers, households, strict=True)]
    cutoff = hall.fix(quota(50))
    last = choose(candidates, places(screened=len(households), percent=50))
    assert Place(cutoff.score, cutoff.income_satang, cutoff.members, cutoff.lottery) == last


def test_a_band_by_score_has_no_places(hall: Hall) -> None:
    inside = [hall.pupil(POORER), hall.pupil(replace(POOR, toilet=False, water="tap"))]
    hall.pupil(POOR)
    cutoff = hall.fix(by_score(150_000))
    assert (cutoff.way, cutoff.score, cutoff.places, cutoff.lottery) == (Way.SCORE, 150_000, 0, "")
    assert hall.assess(policy=by_score(150_000)).out == len(inside)


def test_no_form_at_all_is_no_candidate(hall: Hall) -> None:
    hall.pupil(None)
    cutoff = hall.fix()
    assert (cutoff.way, cutoff.screened, cutoff.places) == (Way.NOBODY, 0, 0)
    assert hall.assess().dropped == {"no_form": 1}


def test_a_cutoff_says_with_what_it_was_fixed(hall: Hall) -> None:
    cutoff = hall.fix()
    assert cutoff.policy_sha256 == POLICY.sha256
    assert (cutoff.pmt_version, cutoff.pmt_sha256) == (POLICY.pmt.version, POLICY.pmt.sha256)
    assert cutoff.lottery_seed == "takhai-2563-2"
    assert cutoff.ceiling_satang == 300_000
    assert find_cutoff(round=ROUND, group=GROUP) == cutoff


def test_fixing_again_gives_what_stands(hall: Hall) -> None:
    for _ in range(5):
        hall.pupil(POOR)
    first = hall.fix()
    assert hall.fix(quota(100)) == first
    assert one("SELECT count(*) FROM cutoff") == 1


def test_the_database_takes_no_form_once_the_cutoff_is_fixed(hall: Hall) -> None:
    hall.pupil(POOR)
    hall.fix()
    with pytest.raises(DatabaseError), transaction.atomic():
        hall.pupil(POORER)
    hall.form(hall.pupil(None), POORER, round=Term(2564, 1))
    assert one("SELECT count(*) FROM form") == 2


def test_another_group_or_round_has_its_own(hall: Hall) -> None:
    hall.pupil(POOR)
    hall.fix()
    assert find_cutoff(round=Term(2564, 1), group=GROUP) is None
    assert find_cutoff(round=ROUND, group="old") is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cutoff SET score = 0",
        "DELETE FROM cutoff",
        "INSERT INTO cutoff SELECT * FROM cutoff",
    ],
)
def test_a_cutoff_is_neither_changed_nor_doubled(hall: Hall, statement: str) -> None:
    hall.fix()
    with pytest.raises(DatabaseError), transaction.atomic():
        execute(statement)
