"""The predicted order of a round is that of the cut-off, and goes on behind it to the last who was screened."""

from dataclasses import replace

from takhai.screening.queries.ranked import ranked
from takhai.screening.rules import cutoff, lottery, score
from takhai.screening.rules.income import passes
from tests.benefits.town import ROUND
from tests.screening.cases import BARE
from tests.screening.hall import POLICY, Hall, quota

HOMES = [
    replace(BARE, electricity=light, floor=floor, members=members, income_satang=income)
    for light in ("none", "own_meter")
    for floor in ("earth", "marble_tile")
    for members, income in ((2, 400_000), (3, 600_000), (2, 400_001), (4, 9_000_000))
]


def test_nobody_is_ranked_before_anybody_is_assessed(hall: Hall) -> None:
    hall.pupil()
    assert list(ranked(round=ROUND)) == []


def test_the_order_is_that_of_the_row_form_and_who_failed_the_income_test_comes_last(hall: Hall) -> None:
    people = [hall.pupil(home) for home in (*HOMES, *HOMES)]
    hall.pupil(BARE, refused=True)
    hall.pupil(None)
    hall.fix(quota(30))
    hall.assess(policy=quota(30))
    keys = {}
    for person, home in zip(people, (*HOMES, *HOMES), strict=True):
        number = hall.forms[person]
        drawn = lottery.decide(lottery.Facts(round=str(ROUND), seed=POLICY.lottery_seed, form_no=number))
        place = cutoff.Place(
            score=score.score(home, POLICY.pmt.weights),
            income_satang=home.income_satang,
            members=home.members,
            lottery=drawn.lottery,
        )
        poor = passes(
            income_satang=home.income_satang,
            members=home.members,
            ceiling_satang=POLICY.income_ceiling_satang,
        )
        keys[number] = (not poor, *cutoff.order(place))
    told = list(ranked(round=ROUND))
    assert [each.form_no for each in told] == sorted(keys, key=lambda number: keys[number])
    assert [each.poor for each in told] == sorted((each.poor for each in told), reverse=True)


def test_the_chosen_are_the_first_of_the_order(hall: Hall) -> None:
    for home in (*HOMES, *HOMES):
        hall.pupil(home)
    hall.fix(quota(30))
    hall.assess(policy=quota(30))
    chosen = [each.extremely_poor for each in ranked(round=ROUND)]
    assert sum(chosen) == len(chosen) * 30 // 100 > 0
    assert chosen == sorted(chosen, reverse=True)
