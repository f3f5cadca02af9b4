"""Why a household was chosen or not: recomputed from its stored inputs by the rules that decided.

Nothing of what was decided comes in here, so that the two can be compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from takhai.policy.pmt import DIMENSIONS, QUESTIONS
from takhai.screening.rules import certification, meeting
from takhai.screening.rules.assessment import Verdict, decide, facts_of
from takhai.screening.rules.changing import NO, YES, Change, ways
from takhai.screening.rules.score import CHOICES, answers, score
from takhai.screening.types import Cutoff, Household

_OF_QUESTION: Final = {question: name for name, questions in DIMENSIONS.items() for question in questions}
_ORDER: Final = [f"{question}.{said}" for question, options in QUESTIONS.items() for said in options]


@dataclass(frozen=True, slots=True)
class Case:
    """The stored inputs of one pupil of a screened group; ``household`` is None where no form came.

    ``refused``: the state official's word. ``weights``: of the policy, by answer, in millionths.
    """

    household: Household | None
    refused: bool
    lottery: str
    weights: Mapping[str, int]
    cutoff: Cutoff


@dataclass(frozen=True, slots=True)
class Moved:
    """An answer that moved the score, by how many millionths."""

    dimension: str
    field: str
    answer: str
    weight: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """``moved`` adds up to ``score``, the heaviest first. ``ways``: each turns the verdict round (``changing``).

    Where no household was compared (no form, or refused by the official) there are no ways.
    """

    verdict: Verdict
    score: int
    moved: tuple[Moved, ...]
    ways: tuple[tuple[Change, ...], ...]


def judge(case: Case, household: Household | None) -> Verdict:
    """What the rule says of this household in place of the one that was sent."""
    weighed = score(household, case.weights) if household else 0
    return decide(
        facts_of(
            household=household,
            refused=case.refused,
            score=weighed,
            lottery=case.lottery,
            cutoff=case.cutoff,
        )
    )


def explain(case: Case) -> Explanation:
    """The verdict of one pupil with all that made it."""
    verdict = judge(case, case.household)
    if case.household is None:
        return Explanation(verdict=verdict, score=0, moved=(), ways=())
    found = ways(
        household=case.household,
        weights=case.weights,
        ceiling_satang=case.cutoff.ceiling_satang,
        chosen=lambda household: judge(case, household).extremely_poor,
    )
    return Explanation(
        verdict=verdict,
        score=score(case.household, case.weights),
        moved=moved(household=case.household, weights=case.weights),
        ways=found if verdict.screened else (),
    )


def moved(*, household: Household, weights: Mapping[str, int]) -> tuple[Moved, ...]:
    """The answers with a weight, the heaviest first, then in the order of the form."""
    keys = [key for key in answers(household) if weights.get(key)]
    return tuple(
        _moved(key, weights[key]) for key in sorted(keys, key=lambda key: (-weights[key], _ORDER.index(key)))
    )


def _moved(key: str, weight: int) -> Moved:
    question, said = key.split(".", 1)
    dimension = _OF_QUESTION[question]
    if question in CHOICES:
        return Moved(dimension, question, said, weight)
    if question == "toilet":
        return Moved(dimension, question, YES if said == "has" else NO, weight)
    return Moved(dimension, said.removeprefix("no_"), NO if said.startswith("no_") else YES, weight)


def certify(*, result: str | None, met: meeting.Facts | None) -> certification.Verdict:
    """What the committee's word comes to; ``met`` is None where its school had no meeting."""
    valid = met is not None and meeting.decide(met).valid
    return certification.decide(certification.Facts(result=result, met=valid))
