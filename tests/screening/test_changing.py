"""What would have to be otherwise: applied it turns the decision round, and nothing of it can be left out."""

from dataclasses import fields, replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhai.policy.pmt import QUESTIONS
from takhai.screening.rules.changing import INCOME, PEOPLE, THINGS, Change, answer, apply, others
from takhai.screening.rules.explanation import Case, explain, judge
from takhai.screening.rules.score import score
from takhai.screening.types import Cutoff, Household, Way
from tests.screening.cases import BARE, CEILING, WEIGHTS, cases, cutoff, households

HIGH, LOW = "9" * 64, "1" * 64


def case(home: Household, line: Cutoff, *, lottery: str = LOW, weights: dict[str, int] | None = None) -> Case:
    return Case(household=home, refused=False, lottery=lottery, weights=weights or dict(WEIGHTS), cutoff=line)


def ways(of: Case) -> tuple[tuple[Change, ...], ...]:
    return explain(of).ways


def chosen(of: Case, changes: tuple[Change, ...] = ()) -> bool:
    assert of.household is not None
    return judge(of, apply(changes, of.household)).extremely_poor


# --- one change ---------------------------------------------------------------------------------------


def test_every_field_of_the_form_can_be_another_but_the_size_of_the_household() -> None:
    named = {field.name for field in fields(Household)}
    assert {*PEOPLE, *THINGS} == named - {"members", "income_satang"}
    assert len({*PEOPLE, *THINGS}) == len(PEOPLE) + len(THINGS)


@given(households())
@settings(max_examples=30)
def test_an_answer_that_is_another_is_said_as_the_household_would_say_it(home: Household) -> None:
    for field in (*PEOPLE, *THINGS):
        for change in others(home, field):
            after = apply([change], home)
            assert answer(after, field) == change.to != answer(home, field)
            assert replace(after, **{field: getattr(home, field)}) == home


@given(households(), st.integers(0, 100_000))
@settings(max_examples=30)
def test_a_change_of_income_is_in_whole_baht_and_touches_nothing_else(home: Household, baht: int) -> None:
    after = apply([Change(INCOME, str(baht))], home)
    assert after == replace(home, income_satang=baht * 100)


def test_the_options_of_a_field_are_those_of_the_form() -> None:
    assert {change.to for change in others(BARE, "roof")} == set(QUESTIONS["roof"]) - {"tile"}
    assert others(BARE, "toilet") == (Change("toilet", "no"),)
    assert others(BARE, "disabled") == (Change("disabled", "yes"),)


def test_no_change_at_all_leaves_the_household_as_it_is() -> None:
    assert apply((), BARE) == BARE


# --- the laws -----------------------------------------------------------------------------------------


@given(cases())
@settings(max_examples=60)
def test_each_way_turns_the_decision_round(of: Case) -> None:
    assert all(chosen(of, way) is not chosen(of) for way in ways(of))


@given(cases())
@settings(max_examples=60)
def test_nothing_of_a_way_can_be_left_out(of: Case) -> None:
    for way in ways(of):
        for left_out in way:
            assert chosen(of, tuple(each for each in way if each != left_out)) is chosen(of)


@given(cases())
@settings(max_examples=60)
def test_no_part_of_a_way_turns_it_either(of: Case) -> None:
    for way in ways(of):
        parts = (part for size in range(len(way)) for part in combinations(way, size))
        assert all(chosen(of, part) is chosen(of) for part in parts)


@given(cases())
@settings(max_examples=40)
def test_one_answer_alone_is_found_whenever_there_is_one(of: Case) -> None:
    assert of.household is not None
    single = [
        change
        for field in THINGS
        for change in others(of.household, field)
        if chosen(of, (change,)) is not chosen(of)
    ]
    alone = [way for way in ways(of) if all(change.field != INCOME for change in way)]
    assert bool(single) == any(len(way) == 1 and way[0].field in THINGS for way in alone)
    # Of several the one that moves the score least.
    if single:
        (change,) = next(way for way in alone if len(way) == 1)
        now = score(of.household, of.weights)
        moved = {each: abs(score(apply([each], of.household), of.weights) - now) for each in single}
        assert moved[change] == min(moved.values())


@given(cases())
@settings(max_examples=40)
def test_two_answers_are_told_only_where_one_would_not_do_and_always_where_two_would(of: Case) -> None:
    assert of.household is not None
    pairs = (
        pair
        for one, other in combinations(THINGS, 2)
        for pair in ((a, b) for a in others(of.household, one) for b in others(of.household, other))
    )
    alone = [way for way in ways(of) if all(change.field in THINGS for change in way)]
    if not any(len(way) == 1 for way in alone):
        assert any(len(way) == 2 for way in alone) == any(
            chosen(of, pair) is not chosen(of) for pair in pairs
        )


@given(cases())
@settings(max_examples=60)
def test_a_way_says_each_field_once_and_only_what_is_not_so_already(of: Case) -> None:
    assert of.household is not None
    for way in ways(of):
        names = [change.field for change in way]
        assert len(set(names)) == len(names) > 0
        for change in way:
            if change.field == INCOME:
                assert int(change.to) * 100 != of.household.income_satang
            else:
                assert change in others(of.household, change.field)


@given(cases())
@settings(max_examples=60)
def test_the_income_told_is_the_nearest_in_whole_baht(of: Case) -> None:
    assert of.household is not None
    step = -1 if chosen(of) else 1
    for way in ways(of):
        for change in way:
            if change.field == INCOME:
                nearer = Change(INCOME, str(int(change.to) + step))
                assert chosen(of, (*(each for each in way if each is not change), nearer)) is chosen(of)


@given(cases())
@settings(max_examples=60)
def test_there_are_two_ways_at_most_and_the_shorter_comes_first(of: Case) -> None:
    found = ways(of)
    assert len(found) <= 2
    assert [len(way) for way in found] == sorted(len(way) for way in found)
    assert len({any(each.field == INCOME for each in way) for way in found}) == len(found)


@given(cases())
@settings(max_examples=60)
def test_who_was_chosen_would_not_be_with_a_higher_income(of: Case) -> None:
    if chosen(of):
        assert any([each.field for each in way] == [INCOME] for way in ways(of))


@given(cases())
@settings(max_examples=60)
def test_people_are_not_wished_otherwise_while_things_would_do(of: Case) -> None:
    for way in ways(of):
        if any(change.field in PEOPLE for change in way):
            assert of.household is not None
            strongest = max if not chosen(of) else min
            things = of.household
            for field in THINGS:
                options = [(), *((each,) for each in others(of.household, field))]
                things = apply(
                    strongest(options, key=lambda each: score(apply(each, of.household), of.weights)), things
                )
            income = 0 if not chosen(of) else of.household.income_satang
            at_most = replace(of, household=replace(things, income_satang=income))
            assert chosen(at_most) is chosen(of)


# --- cases --------------------------------------------------------------------------------------------


def test_a_household_just_below_the_line_needs_the_smallest_thing_only() -> None:
    line = cutoff(score=20_000, income_satang=0, members=4, lottery=LOW)
    (way,) = ways(case(BARE, line))
    assert len(way) == 1
    assert score(apply(way, BARE), WEIGHTS) == 25_000


def test_one_over_the_income_needs_the_income_and_what_the_score_lacks() -> None:
    rich = replace(BARE, income_satang=4 * CEILING + 50)
    line = cutoff(score=90_000, income_satang=0, members=4, lottery=LOW)
    (way,) = ways(case(rich, line))
    assert way[0] == Change(INCOME, "12000")
    assert [change.field for change in way[1:]] != []
    assert chosen(case(rich, line), way)


def test_one_over_the_income_whose_score_would_do_needs_the_income_alone() -> None:
    poor = replace(BARE, tenure="rent", electricity="none", income_satang=4 * CEILING + 1)
    line = cutoff(score=100_000, income_satang=0, members=4, lottery=LOW)
    assert ways(case(poor, line)) == ((Change(INCOME, "12000"),),)


def test_at_equal_scores_a_lower_income_each_is_enough() -> None:
    line = cutoff(score=0, income_satang=400_000, members=4, lottery=LOW)
    # An equal income would leave it to the lottery, which the other has won.
    assert ways(case(BARE, line, lottery=HIGH)) == ((Change("tractor", "no"),), (Change(INCOME, "3999"),))


def test_at_equal_scores_and_a_lottery_won_an_equal_income_is_enough() -> None:
    line = cutoff(score=0, income_satang=400_000, members=4, lottery=HIGH)
    found = ways(case(BARE, line, lottery=LOW))
    assert (Change(INCOME, "4000"),) in found


def test_a_lottery_lost_is_turned_by_one_baht_or_one_thing() -> None:
    line = cutoff(score=0, income_satang=500_000, members=4, lottery=LOW)
    found = ways(case(BARE, line, lottery=HIGH))
    assert (Change(INCOME, "4999"),) in found
    assert [len(way) for way in found] == [1, 1]


def test_a_round_that_ends_at_a_score_minds_no_income_below_the_ceiling() -> None:
    found = ways(case(BARE, cutoff(Way.SCORE, score=300_000)))
    assert found
    assert all(change.field != INCOME for way in found for change in way)
    assert len(found[0]) == 3


def test_where_nobody_had_a_place_nothing_would_have_helped() -> None:
    assert ways(case(BARE, cutoff(Way.NOBODY))) == ()


def test_people_come_in_where_things_are_not_enough() -> None:
    line = cutoff(Way.SCORE, score=900_000)
    (way,) = ways(case(BARE, line))
    assert {"disabled", "single_parent"} <= {change.field for change in way}
    assert chosen(case(BARE, line), way)


@pytest.mark.parametrize("points", [1, 100_000, 500_000, 850_000, 1_000_000])
def test_every_score_that_can_be_reached_is_reached(points: int) -> None:
    of = case(BARE, cutoff(Way.SCORE, score=points))
    (way,) = ways(of)
    assert score(apply(way, BARE), WEIGHTS) >= points


def test_a_score_beyond_all_answers_is_not() -> None:
    assert ways(case(BARE, cutoff(Way.SCORE, score=1_000_001))) == ()


def test_who_was_chosen_by_a_hair_would_lose_it_by_one_thing() -> None:
    home = replace(BARE, motorcycle=False)
    of = case(home, cutoff(Way.SCORE, score=20_000))
    found = ways(of)
    assert chosen(of)
    assert (Change("motorcycle", "yes"),) in found
    assert (Change(INCOME, "12001"),) in found
