"""How a household was read and what would have been otherwise, in words."""

from collections.abc import Iterator
from typing import Final

from takhai.policy.pmt import DIMENSIONS, PmtModel
from takhai.reporting.words import Speech
from takhai.screening.rules.changing import INCOME, Change
from takhai.screening.rules.explanation import Explanation, Moved
from takhai.screening.types import Cutoff, Household, Way
from takhai.thai.money import baht

# Scores are millionths; a mother reads them as points of a thousand.
POINT: Final = 1_000


def points(millionths: int) -> str:
    """412_000 is "412", 412_500 is "412.5", 1_000_000 is "1,000"."""
    whole, rest = divmod(millionths, POINT)
    return f"{whole:,}.{rest:03d}".rstrip("0") if rest else f"{whole:,}"


def money(satang: int) -> str:
    """Baht without a tail of zeros: "1,000", "1,000.50"."""
    return baht(satang).removesuffix(".00")


def income(*, household: Household, cutoff: Cutoff, speech: Speech) -> Iterator[str]:
    """Income of all and of each beside the ceiling; who is over it is shown above it by rounding up."""
    ceiling, members = cutoff.ceiling_satang, household.members
    over = household.income_satang > ceiling * members
    each = -(-household.income_satang // members) if over else household.income_satang // members
    yield speech.say("screening", "income", income=money(household.income_satang), members=members)
    key = "income_over" if over else "income_passes"
    yield speech.say("screening", key, each=money(each), ceiling=money(ceiling))


def score(*, told: Explanation, model: PmtModel, speech: Speech) -> Iterator[str]:
    """The score and each answer that moved it."""
    most = points(sum(model.most(dimension) for dimension in DIMENSIONS))
    if not told.moved:
        yield speech.say("screening", "score_none", most=most)
        return
    yield speech.say("screening", "score", score=points(told.score), most=most)
    width = max(len(points(each.weight)) for each in told.moved) + 3
    yield from (f"{f'+{points(each.weight)}'.rjust(width)} {_moved(each, speech)}" for each in told.moved)
    yield speech.say("screening", "rest")


def line(*, told: Explanation, cutoff: Cutoff, speech: Speech) -> Iterator[str]:
    """Where the cut-off lay, and on which side of it the household stands."""
    if cutoff.way is Way.NOBODY:
        yield speech.say("screening", "line_nobody")
        return
    if everybody(cutoff):
        yield speech.say("screening", "line_everybody")
        return
    yield speech.say(
        "screening", "line_score" if cutoff.way is Way.SCORE else "line", score=points(cutoff.score)
    )
    apart = told.score - cutoff.score
    if apart:
        yield speech.say("screening", "above" if apart > 0 else "below", points=points(abs(apart)))
    elif cutoff.way is Way.QUOTA:
        yield speech.say("screening", "equal")
        yield speech.say("screening", "equal_next")


def everybody(cutoff: Cutoff) -> bool:
    """Whether the quota had a place for every household within the income limit."""
    return cutoff.way is Way.QUOTA and cutoff.candidates <= cutoff.places


def otherwise(*, told: Explanation, cutoff: Cutoff, speech: Speech) -> Iterator[str]:
    """Each way to the other result."""
    chosen = told.verdict.extremely_poor
    ways = told.ways
    if chosen and everybody(cutoff):
        # With a place for everybody no answer was compared with another's.
        ways = tuple(way for way in ways if way[0].field == INCOME)
    if not ways:
        yield speech.say("way", "none")
        return
    yield speech.say("way", "title_out" if chosen else "title_in")
    for number, way in enumerate(ways):
        if number:
            yield speech.say("way", "or")
        for at, change in enumerate(way):
            text = _change(change, chosen, speech)
            yield f"  {speech.say('way', 'and', text=text) if at else text}"
    yield speech.say("way", "true")


def _moved(each: Moved, speech: Speech) -> str:
    return f"{speech.say(each.field, each.answer)} · {speech.say('dimension', each.dimension)}"


def _change(change: Change, chosen: bool, speech: Speech) -> str:
    if change.field == INCOME:
        return speech.say("way", "income_up" if chosen else "income_down", income=f"{int(change.to):,}")
    return speech.say(change.field, change.to)
