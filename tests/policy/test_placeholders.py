"""A placeholder stands in the file for what is not decided; it cannot pay."""

from datetime import date

import pytest

from takhai.policy.library import Library, library
from takhai.policy.rounds import read_round
from takhai.policy.types import NoRate, PlaceholderCannotPay, Status
from takhai.thai.calendar import Term
from tests.policy.files import HEAD, VALUE, topic

TERM = Term(2565, 1)
UPPER = VALUE.replace('level = "primary"', 'level = "upper_secondary"')
SOURCE_OF_VALUES = 'source = "a"'


def with_rates(*values: str) -> Library:
    """The project's library with other rates."""
    others = tuple(t for t in library().topics if t.name != "equity_grant.rate")
    return Library((topic(HEAD + "".join(values)), *others), library().sources)


def placeholder(value: str) -> str:
    return value.replace(SOURCE_OF_VALUES, SOURCE_OF_VALUES + '\nstatus = "placeholder"')


def test_a_placeholder_is_no_rate_and_the_other_rates_still_pay() -> None:
    found = read_round(TERM, with_rates(VALUE, placeholder(UPPER)))
    assert [rate.level for rate in found.rates] == ["primary"]
    assert found.rate("primary", "obec")[0].satang == 100
    with pytest.raises(PlaceholderCannotPay) as refusal:
        found.rate("upper_secondary", "obec")
    assert isinstance(refusal.value, NoRate)
    assert (refusal.value.level, refusal.value.day) == ("upper_secondary", date(2022, 5, 16))


def test_one_open_component_leaves_none_of_its_pair_payable() -> None:
    basic = VALUE.replace('"living"', '"basic"')
    found = read_round(TERM, with_rates(VALUE, placeholder(basic), UPPER))
    assert {rate.level for rate in found.rates} == {"upper_secondary"}
    with pytest.raises(PlaceholderCannotPay):
        found.rate("primary", "obec")


def test_a_placeholder_for_any_leaves_the_rate_of_one_affiliation_payable() -> None:
    own = VALUE.replace("amount", 'affiliation = "bpp"\namount')
    found = read_round(TERM, with_rates(placeholder(VALUE), own))
    assert found.rate("primary", "bpp")[0].satang == 100
    with pytest.raises(PlaceholderCannotPay):
        found.rate("primary", "obec")


def test_a_placeholder_of_one_affiliation_does_not_fall_back_to_the_rate_for_any() -> None:
    own = VALUE.replace("amount", 'affiliation = "bpp"\namount')
    with pytest.raises(PlaceholderCannotPay) as refusal:
        read_round(TERM, with_rates(VALUE, placeholder(own)))
    assert refusal.value.affiliation == "bpp"


def test_the_project_ships_no_placeholder_rate() -> None:
    rates = next(t for t in library().topics if t.name == "equity_grant.rate")
    every = [*rates.rows, *(row for override in rates.rounds for row in override.rows)]
    assert Status.PLACEHOLDER not in {row.status for row in every}
    assert {row.status for row in every} == {Status.OFFICIAL, Status.INFERRED}


def test_own_rates_win_whole_over_rates_for_any() -> None:
    own = VALUE.replace("amount = 100", 'affiliation = "bpp"\namount = 300')
    basic = VALUE.replace('"living"', '"basic"')
    found = read_round(TERM, with_rates(VALUE, basic, own))
    assert [(r.component, r.satang) for r in found.rate("primary", "bpp")] == [("living", 300)]
    assert {r.component for r in found.rate("primary", "dla")} == {"living", "basic"}
