from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from takhai.thai.calendar import (
    BadDateForm,
    BadTerm,
    ImpossibleDate,
    NotBuddhistYear,
    Term,
    be_year,
    fiscal_quarter,
    long_date,
    parse_be_date,
    short_date,
    window_text,
)

days = st.dates(date(1950, 1, 1), date(2100, 12, 31))
terms = st.builds(Term, st.integers(2500, 2600), st.sampled_from([1, 2]))
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def test_the_second_semester_of_2563_is_written_two_ways() -> None:
    term = Term.parse("2563-2")
    assert (term.year, term.semester) == (2563, 2)
    assert str(term) == "2563-2"
    assert term.label == "2/2563"


def test_semesters_run_from_16_may_and_from_1_november() -> None:
    first, second = Term(2563, 1), Term(2563, 2)
    assert (first.first_day, first.last_day) == (date(2020, 5, 16), date(2020, 10, 11))
    assert (second.first_day, second.last_day) == (date(2020, 11, 1), date(2021, 4, 1))


@pytest.mark.parametrize(
    "text", ["", "2563", "2/2563", "2563-3", "2563-0", "2020-2", "2563-12", "25632", "2563 -2", "x2563-2"]
)
def test_anything_else_is_no_semester(text: str) -> None:
    with pytest.raises(BadTerm):
        Term.parse(text)


@pytest.mark.parametrize(("year", "semester"), [(2563, 0), (2563, 3), (2020, 1), (2701, 1)])
def test_a_semester_cannot_be_made_that_no_year_has(year: int, semester: int) -> None:
    with pytest.raises(BadTerm):
        Term(year, semester)


@given(terms)
def test_a_semester_is_read_as_it_is_written(term: Term) -> None:
    assert Term.parse(str(term)) == term
    assert Term.parse(f" {str(term).translate(THAI)} ") == term


@given(terms)
def test_semesters_follow_each_other_without_overlap(term: Term) -> None:
    assert term.next().previous() == term
    assert term.previous().next() == term
    assert term < term.next()
    assert term.first_day < term.last_day < term.next().first_day


@given(terms, terms)
def test_semesters_sort_by_their_days(one: Term, two: Term) -> None:
    assert (one < two) is (one.first_day < two.first_day)


@given(days)
def test_a_day_belongs_to_the_semester_begun_last(day: date) -> None:
    term = Term.begun(day)
    assert term.first_day <= day < term.next().first_day


def test_the_holidays_count_to_the_semester_before_them() -> None:
    assert Term.begun(date(2026, 5, 2)) == Term(2568, 2)
    assert Term.begun(date(2020, 10, 31)) == Term(2563, 1)
    assert Term.begun(date(2021, 1, 1)) == Term(2563, 2)


@given(days)
def test_a_buddhist_date_is_read_back_as_it_was_written(day: date) -> None:
    year = be_year(day)
    plain, padded = f"{day.day}/{day.month}/{year}", f"{day.day:02}/{day.month:02}/{year}"
    for text in (plain, padded, padded.translate(THAI), f" {plain}\u200b"):
        assert parse_be_date(text) == day


def test_a_leap_day_is_one_of_the_gregorian_year_behind() -> None:
    assert parse_be_date("29/02/2563") == date(2020, 2, 29)
    with pytest.raises(ImpossibleDate):
        parse_be_date("29/02/2564")


@pytest.mark.parametrize(
    "text", ["31/02/2555", "00/01/2555", "01/13/2555", "32/01/2555", "31/04/2555", "1/0/2555"]
)
def test_a_day_no_calendar_has_is_told_from_a_bad_form(text: str) -> None:
    with pytest.raises(ImpossibleDate):
        parse_be_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "2555-01-31",
        "31-01-2555",
        "31/01/55",
        "31/01/25555",
        "31/01",
        "1/1/1/2555",
        "ก/1/2555",
        "31 ม.ค. 2555",
    ],
)
def test_a_bad_form_is_no_date(text: str) -> None:
    with pytest.raises(BadDateForm):
        parse_be_date(text)


@pytest.mark.parametrize("text", ["31/01/2012", "31/02/2012", "01/01/0000", "01/01/2399", "01/01/2701"])
def test_an_era_is_never_guessed(text: str) -> None:
    with pytest.raises(NotBuddhistYear):
        parse_be_date(text)


@given(st.text(min_size=4, max_size=30))
@example("๓๑/๐๒/๒๕๕๕")
def test_a_text_is_a_date_or_refused_with_a_reason_that_does_not_repeat_it(text: str) -> None:
    reason = ""
    try:
        parse_be_date(text)
    except (BadDateForm, ImpossibleDate, NotBuddhistYear) as refusal:
        reason = str(refusal)
    assert text not in reason


def test_dates_are_written_as_thai_readers_write_them() -> None:
    assert short_date(date(2020, 12, 9)) == "9 ธ.ค. 2563"
    assert long_date(date(2020, 12, 9)) == "9 ธันวาคม 2563"
    assert long_date(date(2020, 2, 29)) == "29 กุมภาพันธ์ 2563"


def test_every_month_has_its_own_short_and_long_name() -> None:
    short = [short_date(date(2021, month, 1)).split()[1] for month in range(1, 13)]
    long = [long_date(date(2021, month, 1)).split()[1] for month in range(1, 13)]
    assert short == [
        "ม.ค.",
        "ก.พ.",
        "มี.ค.",
        "เม.ย.",
        "พ.ค.",
        "มิ.ย.",
        "ก.ค.",
        "ส.ค.",
        "ก.ย.",
        "ต.ค.",
        "พ.ย.",
        "ธ.ค.",
    ]
    assert all(name[0] in full for name, full in zip(short, long, strict=True))
    assert len(set(long)) == 12
    assert {full[-2:] for full in long[3:4] + long[5:6] + long[8:9] + long[10:11]} == {"ยน"}


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2023, 9, 30), (2566, 4)),
        (date(2023, 10, 1), (2567, 1)),
        (date(2023, 12, 31), (2567, 1)),
        (date(2024, 1, 1), (2567, 2)),
        (date(2024, 4, 1), (2567, 3)),
        (date(2024, 7, 1), (2567, 4)),
        (date(2024, 9, 30), (2567, 4)),
    ],
)
def test_fiscal_years_begin_in_october(day: date, quarter: tuple[int, int]) -> None:
    assert fiscal_quarter(day) == quarter


@given(days)
def test_fiscal_quarters_follow_each_other_every_three_months(day: date) -> None:
    year, quarter = fiscal_quarter(day)
    month, more = (day.month + 3, day.year) if day.month <= 9 else (day.month - 9, day.year + 1)
    after = fiscal_quarter(date(more, month, 1))
    assert after == ((year, quarter + 1) if quarter < 4 else (year + 1, 1))


@pytest.mark.parametrize(
    ("opens", "closes", "text"),
    [
        (date(2021, 6, 5), date(2021, 6, 20), "5–20 มิ.ย. 2564"),
        (date(2020, 11, 13), date(2020, 12, 9), "13 พ.ย.–9 ธ.ค. 2563"),
        (date(2020, 12, 28), date(2021, 1, 6), "28 ธ.ค. 2563–6 ม.ค. 2564"),
        (date(2020, 12, 28), date(2020, 12, 28), "28 ธ.ค. 2563"),
        (date(2020, 6, 5), date(2021, 6, 20), "5 มิ.ย. 2563–20 มิ.ย. 2564"),
    ],
)
def test_a_window_says_nothing_twice(opens: date, closes: date, text: str) -> None:
    assert window_text(opens, closes) == text


@given(days)
def test_a_window_turned_round_is_refused(day: date) -> None:
    with pytest.raises(ValueError, match="closes"):
        window_text(day, day - timedelta(days=1))
