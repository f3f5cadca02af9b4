"""Growth against a reference of L, M and S for the age (WHO's method): scores, and bands of 1.5, 2 and 3 SD.

Weight and BMI go on in a straight line beyond 3 SD, by the distance from SD2 to SD3; height does not.
Between two months L, M and S are interpolated (a month is 30.4375 days). Lying length and oedema are
unknown to schools, so nothing is corrected for them. The numbers of a reference are never ours.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from takhai.classroom.types import Growth, Measure

ONE: Final = 1_000_000
# Days of a month are 304375 / 10000.
_MONTH: Final = (304_375, 10_000)
_STRAIGHT: Final = frozenset({Measure.WEIGHT, Measure.BMI})
# Hundredths of a score beyond which it is no growth but a slip of the pen (WHO's flags).
FLAGS: Final[Mapping[Measure, tuple[int, int]]] = {
    Measure.HEIGHT: (-600, 600),
    Measure.WEIGHT: (-600, 500),
    Measure.BMI: (-500, 500),
}
_BANDS: Final = (
    (-300, Growth.UNDER_3),
    (-200, Growth.UNDER_2),
    (-150, Growth.UNDER_1_5),
)


@dataclass(frozen=True, slots=True)
class Lms:
    """L, M and S in millionths; M of kilograms, centimetres or kg/m2."""

    l: int  # noqa: E741
    m: int
    s: int


Curve = Mapping[int, Lms]


def at_age(*, curve: Curve, days: int) -> Lms | None:
    """L, M and S at an age in days; None outside the curve's months, or where one of the two is missing."""
    long, unit = _MONTH
    month, over = divmod(days * unit, long)
    low, high = curve.get(month), curve.get(month + 1)
    if low is None or over == 0:
        return low
    if high is None:
        return None
    return Lms(
        *(
            one + _rounded((other - one) * over / long)
            for one, other in ((low.l, high.l), (low.m, high.m), (low.s, high.s))
        )
    )


def value_of(*, measure: Measure, weight_g: int, height_mm: int) -> int | None:
    """The measure in millionths of its unit (kg, cm, kg/m2); None when something was not measured."""
    if measure is Measure.WEIGHT:
        return weight_g * 1_000 or None
    if measure is Measure.HEIGHT:
        return height_mm * 100_000 or None
    return weight_g * 1_000 * ONE // height_mm**2 or None if height_mm else None


def score(*, measure: Measure, value: int, lms: Lms) -> int:
    """The score in hundredths, rounded half away from zero."""
    y, l, m, s = value / ONE, lms.l / ONE, lms.m / ONE, lms.s / ONE  # noqa: E741
    z = math.log(y / m) / s if lms.l == 0 else (math.pow(y / m, l) - 1) / (l * s)
    if measure in _STRAIGHT and abs(z) > 3:
        side = math.copysign(1, z)
        two, three = _at(2 * side, l, m, s), _at(3 * side, l, m, s)
        z = 3 * side + (y - three) / abs(three - two)
    return _rounded(z * 100)


def band(*, measure: Measure, hundredths: int) -> Growth:
    """The band of a score: a bound itself belongs to the band nearer to the median."""
    least, most = FLAGS[measure]
    if not least <= hundredths <= most:
        return Growth.IMPLAUSIBLE
    for below, found in _BANDS:
        if hundredths < below:
            return found
    if hundredths <= 150:
        return Growth.WITHIN_1_5
    if hundredths <= 200:
        return Growth.OVER_1_5
    return Growth.OVER_2 if hundredths <= 300 else Growth.OVER_3


def growth_of(*, measure: Measure, curve: Curve | None, days: int, weight_g: int, height_mm: int) -> Growth:
    """The band of a pupil of an age in days; NOT_COMPUTED without a curve, an age in it, or a measure."""
    value = value_of(measure=measure, weight_g=weight_g, height_mm=height_mm)
    lms = None if curve is None else at_age(curve=curve, days=days)
    if value is None or lms is None:
        return Growth.NOT_COMPUTED
    return band(measure=measure, hundredths=score(measure=measure, value=value, lms=lms))


def _at(sd: float, l: float, m: float, s: float) -> float:  # noqa: E741
    """The value at a score that lies between 0 and one that a value had: so the power is of a positive base."""
    return m * (math.exp(s * sd) if l == 0 else math.pow(1 + l * s * sd, 1 / l))


def _rounded(number: float) -> int:
    return int(math.copysign(math.floor(abs(number) + 0.5), number))
