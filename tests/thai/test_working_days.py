import tomllib
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.thai.working_days import NoHolidayTable, count, end_day, is_holiday, is_working

POLICIES = ("weekday", "government_holidays")
DAY = timedelta(days=1)

# The calendar of 2/2563: range, Monday to Friday, less public holidays.
WINDOWS = [
    (date(2020, 11, 13), date(2020, 12, 9), 19, 16),
    (date(2020, 12, 23), date(2020, 12, 28), 4, 4),
    (date(2021, 1, 6), date(2021, 1, 11), 4, 4),
    (date(2021, 1, 18), date(2021, 2, 18), 24, 23),
    (date(2020, 11, 13), date(2020, 12, 9), 19, 16),
    (date(2020, 12, 10), date(2020, 12, 28), 13, 11),
    (date(2021, 1, 4), date(2021, 1, 15), 10, 10),
    (date(2021, 1, 31), date(2021, 2, 12), 10, 9),
    (date(2021, 2, 22), date(2021, 2, 26), 5, 4),
    (date(2021, 3, 2), date(2021, 3, 29), 20, 20),
]
days = st.dates(date(2016, 1, 1), date(2030, 12, 31))
policies = st.sampled_from(POLICIES)
known = st.none() | st.dates(date(2020, 1, 1), date(2021, 12, 31))


@pytest.mark.parametrize(("first", "last", "weekdays", "working"), WINDOWS)
def test_windows_of_2563_2_are_counted_as_published(
    first: date, last: date, weekdays: int, working: int
) -> None:
    assert count(first, last, "weekday") == weekdays
    assert count(first, last, "government_holidays") == working


def test_cash_of_the_old_group_has_20_stated_days_that_only_its_explicit_end_gives() -> None:
    opens, closes = date(2021, 1, 18), date(2021, 2, 18)
    for policy in POLICIES:
        assert end_day(opens, 20, policy) != closes
        assert end_day(opens, 20, policy, explicit_end=closes) == closes
    assert end_day(opens, 20, "weekday") == date(2021, 2, 12)
    assert end_day(opens, 20, "government_holidays") == date(2021, 2, 15)


def test_cash_of_the_new_group_ends_where_twenty_working_days_end() -> None:
    for policy in POLICIES:
        assert end_day(date(2021, 3, 2), 20, policy) == date(2021, 3, 29)


def test_a_recount_knows_only_the_holidays_of_its_day() -> None:
    window = date(2021, 1, 18), date(2021, 2, 18)
    decided = date(2020, 12, 29)
    assert count(*window, "government_holidays", decided - DAY) == 24
    assert count(*window, "government_holidays", decided) == 23
    # 19 and 20 November were decided on 22 September; 7 December was always the substitution day.
    autumn = date(2020, 11, 13), date(2020, 12, 9)
    assert count(*autumn, "government_holidays", date(2020, 9, 21)) == 18
    assert count(*autumn, "government_holidays", date(2020, 9, 22)) == 16


def test_the_weekday_policy_knows_no_holiday_at_any_time() -> None:
    window = date(2021, 1, 18), date(2021, 2, 18)
    assert count(*window, "weekday", date(2020, 1, 1)) == 24


def test_a_moved_holiday_is_off_where_it_came_to_and_on_where_it_was() -> None:
    before, after = date(2020, 12, 28), date(2020, 12, 29)
    was, became = date(2021, 10, 25), date(2021, 10, 22)
    assert is_holiday(was, before)
    assert not is_holiday(became, before)
    assert not is_holiday(was, after)
    assert is_holiday(became, after)
    assert (is_holiday(was), is_holiday(became)) == (False, True)


def test_a_special_holiday_the_library_lacks_is_counted() -> None:
    assert is_holiday(date(2021, 7, 27))
    assert not is_holiday(date(2021, 7, 27), date(2020, 12, 28))


@pytest.mark.parametrize(
    "day",
    [
        date(2023, 5, 1),  # Labour Day on a Monday
        date(2021, 5, 3),  # its substitution
        date(2021, 1, 9),  # Children's Day, a Saturday
    ],
)
def test_days_on_which_only_others_rest_are_no_government_holidays(day: date) -> None:
    assert not is_holiday(day)


def test_offices_are_closed_for_the_royal_ploughing() -> None:
    assert is_holiday(date(2020, 5, 11))
    assert not is_working(date(2020, 5, 11), "government_holidays")


@pytest.mark.parametrize("day", [date(2020, 11, 19), date(2020, 12, 10), date(2021, 1, 1), date(2021, 2, 26)])
def test_holidays_of_the_round_are_known(day: date) -> None:
    assert is_holiday(day)
    assert is_working(day, "weekday")


@given(days, st.integers(1, 60), policies, known)
def test_the_end_day_is_the_working_day_that_completes_the_count(
    start: date, n: int, policy: str, known_on: date | None
) -> None:
    end = end_day(start, n, policy, known_on)
    assert count(start, end, policy, known_on) == n
    assert count(start, end - DAY, policy, known_on) == n - 1


@given(days, st.integers(0, 90), st.integers(0, 90), policies, known)
def test_two_adjoining_periods_count_as_one(
    start: date, one: int, two: int, policy: str, known_on: date | None
) -> None:
    middle = start + one * DAY
    end = middle + (two + 1) * DAY
    parts = count(start, middle, policy, known_on) + count(middle + DAY, end, policy, known_on)
    assert parts == count(start, end, policy, known_on)


@given(days, st.integers(0, 30))
def test_whole_weeks_have_five_weekdays_each(start: date, weeks: int) -> None:
    assert count(start, start + (7 * weeks - 1) * DAY, "weekday") == 5 * weeks


@given(days, days, known)
def test_holidays_never_add_a_working_day(one: date, two: date, known_on: date | None) -> None:
    first, last = sorted((one, min(two, one + 400 * DAY)))
    last = min(last, first + 400 * DAY)
    weekdays = count(first, last, "weekday")
    assert 0 <= count(first, last, "government_holidays", known_on) <= weekdays


@given(days, st.integers(1, 30))
def test_an_empty_period_has_no_day(day: date, back: int) -> None:
    assert count(day, day - back * DAY, "weekday") == 0


@given(days, days, policies)
def test_an_explicit_end_wins_over_any_count(start: date, explicit: date, policy: str) -> None:
    assert end_day(start, 20, policy, explicit_end=explicit) == explicit


@pytest.mark.parametrize("n", [0, -1])
def test_a_period_without_a_day_has_no_end(n: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        end_day(date(2021, 1, 4), n, "weekday")


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(ValueError, match="lunar"):
        count(date(2021, 1, 4), date(2021, 1, 5), "lunar")
    with pytest.raises(ValueError, match="lunar"):
        end_day(date(2021, 1, 4), 1, "lunar")


@pytest.mark.parametrize("year", [2015, 2041])
def test_a_year_outside_the_holiday_table_is_refused(year: int) -> None:
    first_working = next(date(year, 1, n) for n in range(1, 8) if date(year, 1, n).weekday() < 5)
    with pytest.raises(NoHolidayTable) as refusal:
        count(first_working, first_working, "government_holidays")
    assert refusal.value.year == year
    assert count(first_working, first_working, "weekday") == 1


def test_every_override_has_a_source_and_was_decided_before_its_day() -> None:
    text = files("takhai.thai").joinpath("data/holidays.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    assert len({day["date"] for day in table["day"]}) == len(table["day"]) == 9
    for day in table["day"]:
        assert table["sources"][day["source"]]
        assert day["known_on"] < day["date"]
        assert is_holiday(day["date"]) is day["holiday"]
    assert {day["source"] for day in table["day"]} == set(table["sources"])
