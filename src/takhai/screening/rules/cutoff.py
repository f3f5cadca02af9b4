"""Where the band of the extremely poor ends: fixed once for a round and group. Set form: ``sets/cutoff.sql``.

Source: ROUND §4. A quota takes the first so many of the candidates in one declared order.
"""

from collections.abc import Iterable
from fractions import Fraction

from takhai.screening.types import Place


def order(place: Place) -> tuple[int, Fraction, int, str]:
    """Sorts candidates: higher score, lower income per head, larger household, then the lottery."""
    return (-place.score, Fraction(place.income_satang, place.members), -place.members, place.lottery)


def places(*, screened: int, percent: int) -> int:
    """How many a quota takes of the screened, rounded down."""
    return screened * percent // 100


def choose(candidates: Iterable[Place], places: int) -> Place | None:
    """The last place that is given; None where nobody gets one. Too few candidates: all of them."""
    ordered = sorted(candidates, key=order)[:places]
    return ordered[-1] if ordered else None
