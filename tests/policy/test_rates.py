"""Rates as ROUND and the cabinet's table have them, written down once more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai import policy
from takhai.policy import AFFILIATIONS
from takhai.policy.types import NoRate, NoValue, Status
from takhai.thai.calendar import Term
from takhai.thai.grades import Level

COVID = Term(2563, 2)
# year: (kindergarten, primary, lower secondary, upper secondary in BPP schools) in baht a year
YEARLY = {
    2563: (4_000, 3_000, 3_000, 3_000),
    2564: (4_000, 3_000, 3_000, 3_000),
    2565: (4_000, 3_000, 3_000, 3_000),
    2566: (4_000, 3_000, 3_000, 3_000),
    2567: (4_000, 3_480, 3_480, 3_480),
    2568: (4_000, 3_840, 3_840, 3_840),
    2569: (4_000, 4_200, 4_200, 4_200),
}
ORDINARY = [Term(year, s) for year in YEARLY for s in (1, 2) if Term(year, s) != COVID]
affiliations = st.sampled_from(AFFILIATIONS)


def parts(term: Term, level: str, affiliation: str) -> dict[str, int]:
    return {rate.component: rate.satang for rate in policy.for_round(term).rate(level, affiliation)}


@given(affiliations)
def test_in_2563_2_kindergarten_gets_a_basic_and_a_living_part(affiliation: str) -> None:
    assert parts(COVID, "kindergarten", affiliation) == {"basic": 50_000, "living": 100_000}


@given(affiliations, st.sampled_from(["primary", "lower_secondary"]))
def test_in_2563_2_primary_and_lower_secondary_get_a_living_part(affiliation: str, level: str) -> None:
    assert parts(COVID, level, affiliation) == {"living": 100_000}


@given(affiliations, st.sampled_from(["upper_secondary", "vocational", "university", ""]))
def test_in_2563_2_nothing_else_has_a_rate(affiliation: str, level: str) -> None:
    with pytest.raises(NoRate) as refusal:
        policy.for_round(COVID).rate(level, affiliation)
    assert (refusal.value.level, refusal.value.affiliation) == (level, affiliation)
    assert refusal.value.day == date(2020, 11, 1)


def test_in_2563_2_four_rates_exist_all_official() -> None:
    rates = policy.for_round(COVID).rates
    assert sum(rate.satang for rate in rates) == 350_000
    assert len(rates) == 4
    assert {(rate.status, rate.source) for rate in rates} == {(Status.OFFICIAL, "slides-2-2563")}


@pytest.mark.parametrize("term", ORDINARY, ids=str)
def test_other_rounds_pay_half_the_yearly_rate_all_of_it_living(term: Term) -> None:
    kindergarten, primary, lower, upper = (baht * 100 // 2 for baht in YEARLY[term.year])
    for affiliation in AFFILIATIONS:
        assert parts(term, "kindergarten", affiliation) == {"living": kindergarten}
        assert parts(term, "primary", affiliation) == {"living": primary}
        assert parts(term, "lower_secondary", affiliation) == {"living": lower}
    assert parts(term, "upper_secondary", "bpp") == {"living": upper}


@pytest.mark.parametrize("term", ORDINARY, ids=str)
def test_upper_secondary_is_paid_only_in_schools_of_the_border_police(term: Term) -> None:
    for affiliation in set(AFFILIATIONS) - {"bpp"}:
        with pytest.raises(NoRate):
            policy.for_round(term).rate("upper_secondary", affiliation)
    with pytest.raises(NoRate):
        policy.for_round(term).rate("vocational", "bpp")


@pytest.mark.parametrize("term", ORDINARY, ids=str)
def test_rates_are_official_from_2567_and_inferred_before(term: Term) -> None:
    expected = Status.OFFICIAL if term.year >= 2567 else Status.INFERRED
    assert {rate.status for rate in policy.for_round(term).rates} == {expected}


@pytest.mark.parametrize(
    "term", [Term(2562, 2), Term(2562, 1), Term(2550, 1), Term(2570, 1), Term(2580, 2)], ids=str
)
def test_a_round_outside_the_tables_has_no_rate_and_never_nothing_to_pay(term: Term) -> None:
    with pytest.raises(NoRate) as refusal:
        policy.for_round(term)
    assert refusal.value.day == term.first_day


@pytest.mark.parametrize("day", [date(2020, 5, 15), date(2000, 1, 1)])
def test_before_the_first_date_there_is_no_rate(day: date) -> None:
    with pytest.raises(NoRate):
        policy.as_of(day).value("equity_grant.rate", level="primary", affiliation="obec", component="living")
    with pytest.raises(NoValue):
        policy.as_of(day).value("equity_grant.income_ceiling")


@pytest.mark.parametrize(
    ("day", "satang"),
    [
        (date(2020, 5, 16), 150_000),
        (date(2020, 10, 31), 150_000),
        (date(2020, 11, 1), 100_000),
        (date(2021, 5, 15), 100_000),
        (date(2021, 5, 16), 150_000),
        (date(2024, 5, 15), 150_000),
        (date(2024, 5, 16), 174_000),
        (date(2025, 5, 16), 192_000),
        (date(2027, 5, 15), 210_000),
    ],
)
def test_a_rate_holds_from_its_first_day_to_the_day_before_the_next(day: date, satang: int) -> None:
    found = policy.as_of(day).value(
        "equity_grant.rate", level="primary", affiliation="dla", component="living"
    )
    assert found == satang


def test_before_the_cabinet_decided_nobody_knew_the_rates_of_2567() -> None:
    first_day = Term(2567, 1).first_day
    keys = {"level": "primary", "component": "living"}
    with pytest.raises(NoRate):
        policy.as_of(first_day, known_on=date(2023, 3, 13)).value("equity_grant.rate", **keys)
    assert policy.as_of(first_day, known_on=date(2023, 3, 14)).value("equity_grant.rate", **keys) == 174_000


@given(st.sampled_from([COVID, *ORDINARY]), st.sampled_from(Level), affiliations)
def test_a_pupil_has_a_positive_whole_number_of_satang_or_a_refusal(
    term: Term, level: Level, affiliation: str
) -> None:
    try:
        rates = policy.for_round(term).rate(level, affiliation)
    except NoRate:
        rates = ()
        assert level in (Level.UPPER_SECONDARY, Level.VOCATIONAL)
    assert all(type(rate.satang) is int and rate.satang > 0 for rate in rates)
    assert len({rate.component for rate in rates}) == len(rates)
