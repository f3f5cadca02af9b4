"""Each number has exactly one definition and one formula, and says what its definition says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.reporting import indicators, summary
from takhai.reporting.indicators import Part, Unit
from takhai.reporting.types import Population
from tests.reporting import counts, samples

TOLD = summary.read(samples.summary())
OF = indicators.values(TOLD)
RAW = samples.summary()
KNOWN_SOURCES = ("wages", "agriculture", "business", "welfare", "other")


def test_definitions_and_formulas_are_one_list() -> None:
    named = {part: [each.name for each in indicators.of(part)] for part in Part}
    of_summary = [*named[Part.ROUND], *named[Part.SCREENING], *named[Part.CONDITIONS]]
    assert of_summary == list(indicators.FORMULAS)
    assert named[Part.PROFILE] == list(indicators.PROFILE)
    assert named[Part.SOURCE] == ["source_share"]
    assert named[Part.TARGETING] == ["exclusion", "inclusion"]


@pytest.mark.parametrize("name", indicators.all_of_them())
def test_a_definition_speaks_both_languages_and_is_more_than_its_label(name: str) -> None:
    each = indicators.all_of_them()[name]
    for label, text in ((each.label.th, each.definition.th), (each.label.en, each.definition.en)):
        assert len(text) > len(label) > 0


def test_rows_read_are_all_rows_of_the_first_files() -> None:
    assert OF["register_rows"] == samples.ROWS


def test_beneficiaries_include_those_held_or_dropped_later() -> None:
    assert OF["beneficiaries"] == samples.OLD + samples.CERTIFIED == samples.at(RAW, "report")["joined"]


def test_entitled_money_includes_the_held_and_the_dead_but_not_those_without_a_rate() -> None:
    entitled = [samples.at(RAW, "entitle", group) for group in ("old", "new")]
    lost = sum(sum((each["satang_held"] | each["satang_dropped"]).values()) for each in entitled)
    assert OF["entitled"] == OF["listed"] + lost


def test_who_came_back_joined_entitle_or_order_of_a_later_group() -> None:
    assert OF["pupils_back"] == counts.BACK_AT_ENTITLE + counts.BACK_AT_ORDER


def test_the_share_that_arrived_is_of_the_frozen_lists_on_which_nobody_stands_twice() -> None:
    assert OF["paid_share"] == indicators.share(OF["paid"], OF["listed"])


def test_the_frozen_list_is_the_budget_drawn() -> None:
    assert OF["listed"] == -TOLD.ledger["budget"]


def test_pupils_paid_in_time_leave_late_receipts_out_and_the_money_has_them() -> None:
    recover = [samples.at(RAW, "recover", group) for group in ("old", "new")]
    assert OF["pupils_paid"] == sum(each["out"] for each in recover)
    assert OF["paid"] == sum(each["satang_out"] for each in recover) + samples.satang(samples.LATE)


def test_the_money_of_the_frozen_list_is_paid_held_on_the_way_back_or_back() -> None:
    held = [
        samples.at(RAW, step, group)["satang_held"]
        for step in ("order", "reconcile")
        for group in ("old", "new")
    ]
    later = sum(sum(each.values()) for each in held) - samples.satang(counts.BACK_AT_ORDER)
    assert OF["listed"] == OF["paid"] + later + OF["due_back"] + OF["returned"]


def test_nothing_is_unexplained_in_a_good_round_and_one_satang_in_a_bad_one() -> None:
    assert OF["unexplained"] == 0
    assert indicators.values(summary.read(samples.broken()))["unexplained"] == 1


def test_a_round_before_its_first_step_has_every_indicator_at_nothing() -> None:
    raw = samples.summary()
    raw["steps"] = [samples.empty(each) for each in raw["steps"]]
    raw["ledger"] = {}
    raw["screening"] = samples.nothing(raw["screening"])
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


def test_the_funnel_narrows_from_screened_to_certified() -> None:
    assert OF["screened"] > OF["poor"] > OF["extremely_poor"] > OF["certified"] > 0
    assert (OF["poor_share"], OF["extremely_poor_share"]) == (7986, 1999)


def test_conditions_make_all_beneficiaries() -> None:
    assert OF["compliant"] + OF["not_compliant"] + OF["not_reported"] == OF["beneficiaries"]


def test_the_groups_of_a_round_are_no_conditions() -> None:
    sorted_only = samples.summary()
    sorted_only["steps"] = [each for each in sorted_only["steps"] if each["step"] != "comply"]
    told = indicators.values(summary.read(sorted_only))
    assert (told["compliant"], told["not_compliant"], told["not_reported"]) == (0, 0, 0)


def test_the_profile_of_a_population_is_of_that_population_alone() -> None:
    facts = samples.facts()
    for name in summary.POPULATIONS:
        assert indicators.profile(getattr(facts, name))["income_per_head"] == samples.PER_HEAD[name]
    assert indicators.profile(facts.extremely_poor)["household_size"] == 490


@pytest.mark.parametrize(
    ("members", "pupils", "said"), [(9, 2, 450), (10, 3, 333), (5, 3, 167), (1, 200, 1), (1, 201, 0)]
)
def test_a_household_size_is_rounded_half_up_to_two_decimals(members: int, pupils: int, said: int) -> None:
    one = Population(pupils, 0, members, 0, 0, {})
    assert indicators.profile(one)["household_size"] == said


def test_the_profile_of_nobody_is_nothing() -> None:
    nobody = Population(0, 0, 0, 0, 0, dict.fromkeys(KNOWN_SOURCES, 0))
    assert set(indicators.profile(nobody).values()) == set(indicators.sources(nobody).values()) == {0}


def test_income_sources_may_add_up_to_more_than_everybody() -> None:
    told = indicators.sources(samples.facts().extremely_poor)
    assert list(told) == list(KNOWN_SOURCES)
    assert max(told.values()) <= 10_000 < sum(told.values())


@given(
    pupils=st.integers(1, 10**6),
    per_head=st.integers(0, 10**12),
)
def test_a_mean_income_is_rounded_down_never_up(pupils: int, per_head: int) -> None:
    told = indicators.profile(Population(pupils, per_head, 0, 0, 0, {}))["income_per_head"]
    assert told * pupils <= per_head < (told + 1) * pupils
