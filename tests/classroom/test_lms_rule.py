"""Growth scores from L, M and S: checked against values solved from the formula, never a published table."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhai.classroom.rules.lms import FLAGS, ONE, Lms, at_age, band, growth_of, score, value_of
from takhai.classroom.types import Growth, Measure

# A made-up curve: no child was ever measured for it.
MADE_UP = Lms(l=-400_000, m=20 * ONE, s=120_000)
FLAT = Lms(l=0, m=20 * ONE, s=100_000)
STRAIGHT = (Measure.WEIGHT, Measure.BMI)
curves = st.builds(
    Lms,
    l=st.integers(-1_500_000, 1_500_000),
    m=st.integers(5 * ONE, 150 * ONE),
    s=st.integers(20_000, 150_000),
)


def value_at(sd: float, lms: Lms) -> float:
    """The value, in its unit, whose score is ``sd``: the formula solved for it."""
    l, m, s = lms.l / ONE, lms.m / ONE, lms.s / ONE  # noqa: E741
    return m * math.exp(s * sd) if l == 0 else m * (1 + l * s * sd) ** (1 / l)


def millionths(value: float) -> int:
    return round(value * ONE)


@pytest.mark.parametrize("measure", list(Measure))
@pytest.mark.parametrize("lms", [MADE_UP, FLAT, Lms(l=ONE, m=110 * ONE, s=40_000)])
@pytest.mark.parametrize("sd", [-3, -2.5, -1.5, -0.01, 0, 0.42, 1, 2.99])
def test_within_3_sd_the_score_is_the_formula(measure: Measure, lms: Lms, sd: float) -> None:
    assert score(measure=measure, value=millionths(value_at(sd, lms)), lms=lms) == round(sd * 100)


@pytest.mark.parametrize("measure", STRAIGHT)
@pytest.mark.parametrize("lms", [MADE_UP, FLAT])
@pytest.mark.parametrize("steps", [0.5, 1, 1.25])
@pytest.mark.parametrize("side", [1, -1])
def test_beyond_3_sd_weight_and_bmi_go_on_in_a_straight_line(
    measure: Measure, lms: Lms, steps: float, side: int
) -> None:
    two, three = value_at(2 * side, lms), value_at(3 * side, lms)
    value = three + steps * (three - two)
    assert score(measure=measure, value=millionths(value), lms=lms) == round(side * (3 + steps) * 100)


@pytest.mark.parametrize("sd", [-5.5, -4, 4, 5])
def test_height_keeps_the_formula_beyond_3_sd(sd: float) -> None:
    lms = Lms(l=ONE, m=110 * ONE, s=40_000)
    assert score(measure=Measure.HEIGHT, value=millionths(value_at(sd, lms)), lms=lms) == round(sd * 100)


@settings(max_examples=60)
@given(curves, st.integers(-300, 300), st.sampled_from(list(Measure)))
def test_any_curve_gives_back_the_score_its_value_was_made_of(
    lms: Lms, hundredths: int, measure: Measure
) -> None:
    found = score(measure=measure, value=millionths(value_at(hundredths / 100, lms)), lms=lms)
    assert abs(found - hundredths) <= 1


@settings(max_examples=60)
@given(curves, st.sampled_from(list(Measure)), st.integers(1, 10_000), st.integers(0, 10_000))
def test_more_of_a_measure_never_scores_less(lms: Lms, measure: Measure, low: int, more: int) -> None:
    values = [lms.m * part // 5_000 for part in (low, low + more)]
    found = [score(measure=measure, value=value, lms=lms) for value in values if value > 0]
    assert found == sorted(found)


CURVE = {60: Lms(l=0, m=18 * ONE, s=100_000), 61: Lms(l=-100_000, m=19 * ONE, s=120_000), 63: FLAT}


@pytest.mark.parametrize(
    ("days", "lms"),
    [
        (1_826, None),
        (1_827, Lms(l=-2_464, m=18_024_641, s=100_493)),
        (1_841, Lms(l=-48_460, m=18_484_600, s=109_692)),
        (1_857, None),
        (1_900, None),
        (3_000, None),
    ],
)
def test_between_two_months_the_curve_is_interpolated_and_nowhere_else(days: int, lms: Lms | None) -> None:
    assert at_age(curve=CURVE, days=days) == lms


def test_on_the_day_of_a_month_no_month_after_it_is_needed() -> None:
    # 304375 / 10000 days a month: 487 days are 16 whole months.
    assert at_age(curve={16: FLAT}, days=487) == FLAT
    assert at_age(curve={16: FLAT}, days=488) is None


@settings(max_examples=60)
@given(st.integers(1_827, 1_856))
def test_interpolated_values_lie_between_their_neighbours(days: int) -> None:
    found = at_age(curve=CURVE, days=days)
    assert found is not None
    assert -100_000 <= found.l <= 0
    assert 18 * ONE <= found.m <= 19 * ONE
    assert 100_000 <= found.s <= 120_000


@pytest.mark.parametrize(
    ("measure", "weight_g", "height_mm", "value"),
    [
        (Measure.WEIGHT, 28_400, 0, 28_400_000),
        (Measure.WEIGHT, 0, 1_315, None),
        (Measure.HEIGHT, 0, 1_315, 131_500_000),
        (Measure.HEIGHT, 28_400, 0, None),
        (Measure.BMI, 20_000, 1_000, 20_000_000),
        (Measure.BMI, 28_400, 1_315, 16_423_542),
        (Measure.BMI, 28_400, 0, None),
        (Measure.BMI, 0, 1_315, None),
    ],
)
def test_what_was_not_measured_has_no_value(
    measure: Measure, weight_g: int, height_mm: int, value: int | None
) -> None:
    assert value_of(measure=measure, weight_g=weight_g, height_mm=height_mm) == value


@pytest.mark.parametrize(
    ("hundredths", "found"),
    [
        (-301, Growth.UNDER_3),
        (-300, Growth.UNDER_2),
        (-201, Growth.UNDER_2),
        (-200, Growth.UNDER_1_5),
        (-151, Growth.UNDER_1_5),
        (-150, Growth.WITHIN_1_5),
        (0, Growth.WITHIN_1_5),
        (150, Growth.WITHIN_1_5),
        (151, Growth.OVER_1_5),
        (200, Growth.OVER_1_5),
        (201, Growth.OVER_2),
        (300, Growth.OVER_2),
        (301, Growth.OVER_3),
    ],
)
@pytest.mark.parametrize("measure", list(Measure))
def test_a_bound_belongs_to_the_band_nearer_to_the_median(
    measure: Measure, hundredths: int, found: Growth
) -> None:
    assert band(measure=measure, hundredths=hundredths) is found


@pytest.mark.parametrize("measure", list(Measure))
def test_beyond_its_flags_a_score_is_implausible(measure: Measure) -> None:
    least, most = FLAGS[measure]
    assert band(measure=measure, hundredths=least) is Growth.UNDER_3
    assert band(measure=measure, hundredths=most) is Growth.OVER_3
    assert band(measure=measure, hundredths=least - 1) is Growth.IMPLAUSIBLE
    assert band(measure=measure, hundredths=most + 1) is Growth.IMPLAUSIBLE


def test_without_curve_age_or_measure_nothing_is_computed() -> None:
    asked = {"measure": Measure.WEIGHT, "days": 1_841, "weight_g": 18_500, "height_mm": 1_100}
    assert growth_of(curve=CURVE, **asked) is Growth.WITHIN_1_5  # type: ignore[arg-type]
    assert growth_of(curve=None, **asked) is Growth.NOT_COMPUTED  # type: ignore[arg-type]
    assert growth_of(curve=CURVE, **(asked | {"days": 4_000})) is Growth.NOT_COMPUTED  # type: ignore[arg-type]
    assert growth_of(curve=CURVE, **(asked | {"weight_g": 0})) is Growth.NOT_COMPUTED  # type: ignore[arg-type]
