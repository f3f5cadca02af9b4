"""Each number has exactly one definition and one formula, and says what its definition says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.reporting import indicators, summary
from takhai.reporting.indicators import Unit
from tests.reporting import samples

TOLD = summary.read(samples.summary())
OF = indicators.values(TOLD)
STEPS = {each["step"]: each for each in samples.summary()["steps"]}


def test_definitions_and_formulas_are_one_list() -> None:
    assert list(indicators.all_of_them()) == list(indicators.FORMULAS)


@pytest.mark.parametrize("name", indicators.FORMULAS)
def test_a_definition_speaks_both_languages_and_is_more_than_its_label(name: str) -> None:
    each = indicators.all_of_them()[name]
    for label, text in ((each.label.th, each.definition.th), (each.label.en, each.definition.en)):
        assert len(text) > len(label) > 0


def test_rows_read_are_all_rows_of_the_first_files() -> None:
    assert OF["register_rows"] == samples.ROWS


def test_beneficiaries_include_those_held_or_dropped_later() -> None:
    assert OF["beneficiaries"] == samples.OLD == STEPS["report"]["joined"]


def test_entitled_money_includes_the_held_and_the_dead_but_not_those_without_a_rate() -> None:
    held = samples.satang_of(samples.ENTITLE_HELD)
    assert OF["entitled"] == OF["listed"] + held + samples.satang(samples.DEAD)


def test_the_frozen_list_is_the_budget_drawn() -> None:
    assert OF["listed"] == -TOLD.ledger["budget"]


def test_pupils_paid_in_time_leave_late_receipts_out_and_the_money_has_them() -> None:
    assert OF["pupils_paid"] == STEPS["recover"]["out"]
    assert OF["paid"] == STEPS["recover"]["satang_out"] + samples.satang(samples.LATE)


def test_the_money_of_the_frozen_list_is_paid_held_on_the_way_back_or_back() -> None:
    later = samples.satang_of(samples.ORDER_HELD) + samples.satang_of(samples.RECONCILE_HELD)
    assert OF["listed"] == OF["paid"] + later + OF["due_back"] + OF["returned"]


def test_nothing_is_unexplained_in_a_good_round_and_one_satang_in_a_bad_one() -> None:
    assert OF["unexplained"] == 0
    assert indicators.values(summary.read(samples.broken()))["unexplained"] == 1


def test_a_round_before_its_first_step_has_every_indicator_at_nothing() -> None:
    raw = samples.summary()
    raw["steps"] = [samples.empty(each) for each in raw["steps"]]
    raw["ledger"] = {}
    assert set(indicators.values(summary.read(raw)).values()) == {0}


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(1, 3, 3333), (2, 3, 6667), (1, 1, 10_000), (0, 5, 0), (0, 0, 0), (1, 20_000, 1), (1, 20_001, 0)],
)
def test_a_share_is_rounded_half_up_to_two_decimals(part: int, whole: int, said: int) -> None:
    assert indicators.share(part, whole) == said


@given(part=st.integers(0, 10**12), whole=st.integers(1, 10**12))
def test_a_share_is_within_half_a_hundredth_of_the_truth(part: int, whole: int) -> None:
    said = indicators.share(part, whole)
    assert abs(2 * said * whole - 20_000 * part) <= whole


def test_every_unit_is_used_so_none_is_kept_for_nobody() -> None:
    assert {each.unit for each in indicators.all_of_them().values()} == set(Unit)
