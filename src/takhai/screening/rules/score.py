"""The score of a household: the weights of its answers, added. Set form: ``sets/score.sql``.

The weights are policy data and not the Fund's own (its weights are not published).
"""

from collections.abc import Mapping
from typing import Final

from takhai.policy.pmt import QUESTIONS
from takhai.screening.types import Household

# Questions of which exactly one answer is true, and the answer is the household's own word.
CHOICES: Final = ("tenure", "floor", "wall", "roof", "farmland", "water", "electricity")
# Questions about things: what counts is that one is not there.
THINGS: Final = ("vehicles", "goods")


def answers(household: Household) -> frozenset[str]:
    """What is true of the household, as keys "<question>.<answer>": "tenure.rent", "vehicles.no_car"."""
    told = [f"{question}.{getattr(household, question)}" for question in CHOICES]
    told += [f"dependency.{flag}" for flag in QUESTIONS["dependency"] if getattr(household, flag)]
    for question in THINGS:
        missing = [each for each in QUESTIONS[question] if not getattr(household, each.removeprefix("no_"))]
        told += [f"{question}.{each}" for each in missing]
    told.append("toilet.has" if household.toilet else "toilet.none")
    return frozenset(told)


def score(household: Household, weights: Mapping[str, int]) -> int:
    """Millionths, higher is poorer; an answer without a weight adds nothing."""
    return sum(weights.get(answer, 0) for answer in answers(household))
