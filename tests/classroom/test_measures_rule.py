"""Weight and height: how they are written, 0 for not measured, and what cannot be true."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhai.classroom.rules.measures import HEIGHT_MM, WEIGHT_G, Measured, decide, plausible, scaled
from takhai.classroom.types import REFUSALS, Kind

GOOD = Measured(
    broken=None, pupil=True, school=True, inside=True, weight_g=28_400, height_mm=1_315, enrolled=True
)
FAULTS: list[tuple[str, dict[str, object]]] = [
    ("row_malformed", {"broken": "row_malformed"}),
    ("text_unclean", {"broken": "text_unclean"}),
    ("pupil_unknown", {"pupil": False}),
    ("school_unknown", {"school": False}),
    ("day_outside_term", {"inside": False}),
    ("measure_unreadable", {"height_mm": None}),
    ("measure_implausible", {"weight_g": 284}),
    ("not_enrolled", {"enrolled": False}),
]


@pytest.mark.parametrize(
    ("text", "scale", "amount"),
    [
        ("28.4", 1_000, 28_400),
        ("28", 1_000, 28_000),
        ("0", 1_000, 0),
        ("0.0", 10, 0),
        ("131.59", 10, 1_315),
        ("28.000001", 1_000, 28_000),
        ("999999", 1_000, 999_999_000),
    ],
)
def test_a_plain_decimal_is_read(text: str, scale: int, amount: int) -> None:
    assert scaled(text=text, scale=scale) == amount


@pytest.mark.parametrize("text", ["", ".5", "5.", "-1", "+1", "1,5", "1e3", "1.2.3", "๑๒", "1234567", "nan"])
def test_other_text_is_no_measure(text: str) -> None:
    assert scaled(text=text, scale=10) is None


@settings(max_examples=60)
@given(st.decimals(0, 999_999, places=6), st.sampled_from([10, 1_000]))
def test_what_is_finer_than_the_unit_is_cut_off(number: Decimal, scale: int) -> None:
    assert scaled(text=f"{number:f}", scale=scale) == int(number * scale)


@pytest.mark.parametrize(
    ("weight_g", "height_mm", "good"),
    [
        (0, 0, True),
        (0, 1_200, True),
        (28_400, 0, True),
        (WEIGHT_G[0], HEIGHT_MM[0], True),
        (WEIGHT_G[1], HEIGHT_MM[1], True),
        (WEIGHT_G[0] - 1, 1_200, False),
        (WEIGHT_G[1] + 1, 1_200, False),
        (28_400, HEIGHT_MM[0] - 1, False),
        (28_400, HEIGHT_MM[1] + 1, False),
        (1, 0, False),
        (0, 1, False),
    ],
)
def test_plausible_is_0_or_within_the_bounds(weight_g: int, height_mm: int, good: bool) -> None:
    assert plausible(weight_g=weight_g, height_mm=height_mm) is good


def test_a_good_row_has_no_reason() -> None:
    assert decide(GOOD).reason is None
    assert decide(replace(GOOD, weight_g=0, height_mm=0)).reason is None


@pytest.mark.parametrize(("reason", "fault"), FAULTS)
def test_each_fault_alone_is_the_reason(reason: str, fault: dict[str, object]) -> None:
    assert decide(replace(GOOD, **fault)).reason == reason  # type: ignore[arg-type]


@pytest.mark.parametrize("at", range(1, len(FAULTS)))
def test_of_several_faults_the_first_in_the_order_counts(at: int) -> None:
    together = {name: value for _, fault in reversed(FAULTS[at:]) for name, value in fault.items()}
    assert decide(replace(GOOD, **together)).reason == FAULTS[at][0]  # type: ignore[arg-type]


def test_the_cases_walk_through_all_reasons_of_the_kind_but_repetition() -> None:
    assert [reason for reason, _ in FAULTS] == [each.value for each in REFUSALS[Kind.GROWTH][:-1]]
