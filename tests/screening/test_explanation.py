"""What moved the score, and that the explanation decides as the round does, over every outcome."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhai.policy.pmt import ANSWERS, DIMENSIONS, QUESTIONS
from takhai.screening.rules import assessment
from takhai.screening.rules.changing import PEOPLE, THINGS, answer
from takhai.screening.rules.cutoff import choose, order
from takhai.screening.rules.explanation import Case, Moved, explain, judge, moved
from takhai.screening.rules.score import score
from takhai.screening.types import (
    ASSESS_DROPS,
    NO_FORM,
    NOT_EXTREMELY_POOR,
    OFFICIAL_REFUSED,
    OVER_INCOME,
    Cutoff,
    Household,
    Place,
    Way,
)
from tests.screening.cases import BARE, CEILING, WEIGHTS, cases, cutoff, households, weights


def place(home: Household, lottery: str) -> Place:
    return Place(
        score=score(home, WEIGHTS),
        income_satang=home.income_satang,
        members=home.members,
        lottery=lottery,
    )


# --- what moved the score -----------------------------------------------------------------------------


@given(households(), weights())
@settings(max_examples=60)
def test_what_moved_the_score_adds_up_to_it(home: Household, weighed: dict[str, int]) -> None:
    told = moved(household=home, weights=weighed)
    assert sum(each.weight for each in told) == score(home, weighed)
    assert all(each.weight for each in told)


@given(households(), weights())
@settings(max_examples=60)
def test_the_heaviest_answer_comes_first_and_each_is_told_once(
    home: Household, weighed: dict[str, int]
) -> None:
    told = moved(household=home, weights=weighed)
    assert [each.weight for each in told] == sorted((each.weight for each in told), reverse=True)
    assert len({each.field for each in told}) == len(told)


@given(households())
@settings(max_examples=60)
def test_an_answer_that_moved_the_score_is_the_households_own(home: Household) -> None:
    for each in moved(household=home, weights=WEIGHTS):
        assert answer(home, each.field) == each.answer


@given(households())
@settings(max_examples=40)
def test_the_order_of_equal_weights_is_that_of_the_form(home: Household) -> None:
    even = dict.fromkeys(ANSWERS, 1)
    told = [each.dimension for each in moved(household=home, weights=even)]
    assert told == sorted(told, key=list(DIMENSIONS).index)


def test_each_answer_stands_in_its_dimension() -> None:
    poor = replace(
        BARE,
        disabled=True,
        tenure="rent",
        floor="earth",
        toilet=False,
        farmland="none",
        water="natural",
        electricity="none",
        car=False,
        refrigerator=False,
    )
    assert moved(household=poor, weights=WEIGHTS) == (
        Moved("tenure", "tenure", "rent", 100_000),
        Moved("farmland", "farmland", "none", 100_000),
        Moved("electricity", "electricity", "none", 100_000),
        Moved("water", "water", "natural", 80_000),
        Moved("dwelling", "floor", "earth", 70_000),
        Moved("dwelling", "toilet", "no", 50_000),
        Moved("dependency", "disabled", "yes", 40_000),
        Moved("vehicles", "car", "no", 40_000),
        Moved("goods", "refrigerator", "no", 30_000),
    )


def test_a_household_that_lacks_nothing_moves_nothing() -> None:
    assert moved(household=BARE, weights=WEIGHTS) == ()


def test_a_weight_on_having_something_is_told_as_such() -> None:
    assert moved(household=BARE, weights={"toilet.has": 5, "floor.marble_tile": 7}) == (
        Moved("dwelling", "floor", "marble_tile", 7),
        Moved("dwelling", "toilet", "yes", 5),
    )


def test_every_question_of_the_form_belongs_to_a_field_of_the_household() -> None:
    named = {
        said.removeprefix("no_") if question in {"dependency", "vehicles", "goods"} else question
        for question, options in QUESTIONS.items()
        for said in options
    }
    assert named == {*PEOPLE, *THINGS}


# --- the verdict --------------------------------------------------------------------------------------


@given(cases())
@settings(max_examples=60)
def test_the_verdict_is_that_of_the_rule_that_decides(of: Case) -> None:
    assert of.household is not None
    said = assessment.decide(
        assessment.facts_of(
            household=of.household,
            refused=of.refused,
            score=score(of.household, of.weights),
            lottery=of.lottery,
            cutoff=of.cutoff,
        )
    )
    assert explain(of).verdict == said == judge(of, of.household)


@given(cases())
@settings(max_examples=30)
def test_without_a_form_there_is_nothing_to_weigh_and_nothing_to_change(of: Case) -> None:
    told = explain(replace(of, household=None))
    assert (told.verdict.reason, told.score, told.moved, told.ways) == (NO_FORM, 0, (), ())


@given(cases())
@settings(max_examples=30)
def test_what_the_official_refused_is_weighed_but_no_answer_would_turn_it(of: Case) -> None:
    told = explain(replace(of, refused=True))
    assert (told.verdict.reason, told.ways) == (OFFICIAL_REFUSED, ())
    assert told.score == sum(each.weight for each in told.moved)


@pytest.mark.parametrize(
    ("home", "line", "reason"),
    [
        (replace(BARE, income_satang=4 * CEILING + 1), cutoff(Way.SCORE), OVER_INCOME),
        (replace(BARE, income_satang=4 * CEILING), cutoff(Way.SCORE), None),
        (BARE, cutoff(Way.SCORE, score=1), NOT_EXTREMELY_POOR),
        (BARE, cutoff(Way.NOBODY), NOT_EXTREMELY_POOR),
        (BARE, cutoff(Way.QUOTA, members=1), NOT_EXTREMELY_POOR),
    ],
)
def test_each_outcome_of_a_household_is_told_by_its_reason(
    home: Household, line: Cutoff, reason: str | None
) -> None:
    of = Case(household=home, refused=False, lottery="5" * 64, weights=WEIGHTS, cutoff=line)
    assert explain(of).verdict.reason == reason
    assert reason is None or reason in ASSESS_DROPS


@given(st.lists(households(), min_size=1, max_size=20), st.integers(0, 20))
@settings(max_examples=60)
def test_a_whole_town_explained_one_by_one_is_the_list_of_those_who_got_a_place(
    town: list[Household], percent: int
) -> None:
    drawn = [f"{number:064d}" for number in range(len(town))]
    passing = [
        place(home, lottery)
        for home, lottery in zip(town, drawn, strict=True)
        if home.income_satang <= CEILING * home.members
    ]
    last = choose(passing, percent)
    line = (
        cutoff(Way.NOBODY)
        if last is None
        else cutoff(
            score=last.score, income_satang=last.income_satang, members=last.members, lottery=last.lottery
        )
    )
    told = {
        lottery
        for home, lottery in zip(town, drawn, strict=True)
        if explain(
            Case(household=home, refused=False, lottery=lottery, weights=WEIGHTS, cutoff=line)
        ).verdict.extremely_poor
    }
    assert told == {each.lottery for each in sorted(passing, key=order)[:percent]}
