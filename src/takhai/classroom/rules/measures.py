"""Weight and height as schools write them, and what cannot be true of a pupil. Set form: ``sets/growth.sql``.

0 is "not measured" (the registers' own way to say it) and is kept as 0. The bounds are ours, no published
ones: far outside every pupil from kindergarten to upper secondary, so that only slips of the pen fall
beyond them (grams for kilograms, metres for centimetres, two digits swapped into the next column). Scores
against a reference need its table (``rules/lms.py``) and so refuse nothing.
"""

import re
from dataclasses import dataclass
from typing import Final

from takhai.classroom.types import Reason

WEIGHT_G: Final = (5_000, 200_000)
HEIGHT_MM: Final = (600, 2_200)
_DECIMAL: Final = re.compile(r"([0-9]{1,6})(?:\.([0-9]{1,6}))?")


@dataclass(frozen=True, slots=True)
class Measured:
    """A row of weight and height, in grams and millimetres; None when the text is no number."""

    broken: str | None
    pupil: bool
    school: bool
    inside: bool
    weight_g: int | None
    height_mm: int | None
    enrolled: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """None: the row is good; whether it is the first of its key is asked of the good rows only."""

    reason: str | None


def scaled(*, text: str, scale: int) -> int | None:
    """A plain decimal as whole ``scale``-ths, what is finer cut off (kg to g: 1000); None for other text."""
    found = _DECIMAL.fullmatch(text)
    if found is None:
        return None
    millionths = int((found[2] or "").ljust(6, "0"))
    return int(found[1]) * scale + millionths * scale // 1_000_000


def plausible(*, weight_g: int, height_mm: int) -> bool:
    """Whether each is 0 or within its bounds, both ends included."""
    return _within(weight_g, WEIGHT_G) and _within(height_mm, HEIGHT_MM)


def decide(facts: Measured) -> Verdict:
    """The first refusal that holds. A day that cannot be read lies in no term."""
    if facts.broken is not None:
        return Verdict(facts.broken)
    reason: Reason | None = None
    if not facts.pupil:
        reason = Reason.PUPIL_UNKNOWN
    elif not facts.school:
        reason = Reason.SCHOOL_UNKNOWN
    elif not facts.inside:
        reason = Reason.DAY_OUTSIDE_TERM
    elif facts.weight_g is None or facts.height_mm is None:
        reason = Reason.MEASURE_UNREADABLE
    elif not plausible(weight_g=facts.weight_g, height_mm=facts.height_mm):
        reason = Reason.MEASURE_IMPLAUSIBLE
    elif not facts.enrolled:
        reason = Reason.NOT_ENROLLED
    return Verdict(reason)


def _within(value: int, bounds: tuple[int, int]) -> bool:
    least, most = bounds
    return value == 0 or least <= value <= most
