"""The score: weights of the answers that are true, added; the same for one household and for a set."""

from dataclasses import fields, replace
from typing import Any, Final, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takhai.platform.ids import uuid7s
from takhai.platform.relations import constant
from takhai.platform.sets import apply, copy_in, fetch, load
from takhai.policy import for_round
from takhai.policy.pmt import ANSWERS, DIMENSIONS, QUESTIONS
from takhai.screening.rules.score import CHOICES, answers, score
from takhai.screening.types import Household
from takhai.thai.calendar import Term
from tests.screening.cases import BARE

MODEL: Final = for_round(Term(2563, 2)).pmt
POOREST: Final = Household(
    disabled=True,
    chronic=True,
    elderly=True,
    single_parent=True,
    unemployed=True,
    tenure="rent",
    floor="earth",
    wall="thatch",
    roof="thatch",
    toilet=False,
    farmland="none",
    water="natural",
    electricity="none",
    car=False,
    pickup=False,
    tractor=False,
    motorcycle=False,
    computer=False,
    air_conditioner=False,
    television=False,
    washing_machine=False,
    refrigerator=False,
    members=5,
    income_satang=100_000,
)
SQL: Final = {bool: "boolean", str: "text", int: "bigint"}
HINTS: Final = get_type_hints(Household)


def households() -> st.SearchStrategy[Household]:
    drawn: dict[str, st.SearchStrategy[Any]] = {
        name: st.booleans() if kind is bool else st.integers(1, 12) for name, kind in HINTS.items()
    }
    drawn |= {topic: st.sampled_from(QUESTIONS[topic]) for topic in CHOICES}
    return st.builds(Household, **drawn)


def test_a_household_that_lacks_nothing_scores_nothing() -> None:
    assert score(BARE, MODEL.weights) == 0


def test_the_poorest_answers_are_worth_one() -> None:
    assert score(POOREST, MODEL.weights) == 1_000_000


def test_the_eight_dimensions_together_are_worth_one() -> None:
    assert len(DIMENSIONS) == 8
    assert sum(MODEL.most(dimension) for dimension in DIMENSIONS) == 1_000_000


@pytest.mark.parametrize(
    ("change", "weight"),
    [
        ({"disabled": True}, 40_000),
        ({"chronic": True}, 20_000),
        ({"elderly": True}, 25_000),
        ({"single_parent": True}, 35_000),
        ({"unemployed": True}, 30_000),
        ({"tenure": "rent"}, 100_000),
        ({"tenure": "free"}, 80_000),
        ({"tenure": "dormitory"}, 60_000),
        ({"floor": "vinyl"}, 20_000),
        ({"floor": "salvaged"}, 70_000),
        ({"wall": "fibre_cement"}, 35_000),
        ({"roof": "wood_shingle"}, 35_000),
        ({"toilet": False}, 50_000),
        ({"farmland": "under_1"}, 80_000),
        ({"farmland": "1_to_5"}, 40_000),
        ({"water": "well"}, 60_000),
        ({"electricity": "shared_battery"}, 60_000),
        ({"car": False}, 40_000),
        ({"motorcycle": False}, 20_000),
        ({"refrigerator": False, "television": False}, 50_000),
        # Neither the income nor the size of the household is part of the score.
        ({"income_satang": 0}, 0),
        ({"members": 11}, 0),
    ],
)
def test_each_answer_adds_its_weight(change: dict[str, Any], weight: int) -> None:
    assert score(replace(BARE, **change), MODEL.weights) == weight


def test_an_answer_without_a_weight_adds_nothing() -> None:
    assert score(POOREST, {"tenure.rent": 7}) == 7
    assert score(POOREST, {}) == 0


@settings(max_examples=60)
@given(households())
def test_every_answer_of_a_household_is_one_of_the_forms_answers(household: Household) -> None:
    told = answers(household)
    assert told <= ANSWERS
    for question in (*CHOICES, "toilet"):
        assert len([key for key in told if key.startswith(f"{question}.")]) == 1


@settings(max_examples=60)
@given(households())
def test_a_score_lies_between_nothing_and_one(household: Household) -> None:
    assert 0 <= score(household, MODEL.weights) <= 1_000_000


@pytest.mark.django_db
def test_the_set_scores_every_household_as_the_row_does() -> None:
    rule = load("takhai.screening", "score")
    assert rule.inputs == ("households", "weights")

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(households(), min_size=1, max_size=30),
        st.dictionaries(st.sampled_from(sorted(ANSWERS)), st.integers(-5, 400_000)),
    )
    def agree(given_households: list[Household], weights: dict[str, int]) -> None:
        keys = uuid7s(len(given_households))
        names = [field.name for field in fields(Household)]
        rows = copy_in(
            name="households",
            columns={"key": "uuid", **{name: SQL[HINTS[name]] for name in names}},
            rows=[
                (key, *(getattr(each, name) for name in names))
                for key, each in zip(keys, given_households, strict=True)
            ],
        )
        weighed = constant(
            name="weights", columns={"answer": "text", "weight": "bigint"}, rows=weights.items()
        )
        found = fetch("SELECT key, score FROM scores", apply(rule, rows, weighed).named("scores"))
        assert dict(found) == {
            key: score(each, weights) for key, each in zip(keys, given_households, strict=True)
        }

    agree()
