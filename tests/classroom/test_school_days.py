"""School days come in by month: every refusal, the first good row, the same file."""

from datetime import date

import pytest

from takhai.platform.problems import find
from takhai.platform.sets import fetch
from takhai.platform.types import Outcome
from tests.benefits.town import LATER
from tests.classroom.school import AWAY, EMPTY, HOME, MONTHS, School, counts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(school: School) -> School:
    school.school(HOME)
    school.school(AWAY)
    return school


def kept() -> list[tuple[object, ...]]:
    return fetch(
        "SELECT month, days_open FROM school_days WHERE round = '2563-2' ORDER BY month, days_open, row_no"
    )


def test_each_school_says_each_month_once(there: School) -> None:
    rows = [(code, month, 20) for code in (HOME, AWAY) for month in MONTHS]
    assert there.send("school_days", *rows) == Outcome(done=10)
    assert counts_of("school_days") == {"rows": 10, "taken": 10, "refused": {}}


@pytest.mark.parametrize(
    ("reason", "row"),
    [
        ("row_malformed", (HOME, "2020-11")),
        ("row_malformed", (HOME, "2020-11", 20, "more")),
        ("text_unclean", (HOME, "2020-11", "2\x000")),
        ("text_unclean", (f"{HOME[:-1]}\ufffd", "", "")),
        ("school_unknown", (EMPTY, "2020-11", 20)),
        ("school_unknown", ("", "2020-13", "x")),
        ("school_unknown", (EMPTY, "2020-10", 45)),
        ("month_unreadable", (HOME, "2020-13", 20)),
        ("month_unreadable", (HOME, "202011", 20)),
        ("month_unreadable", (HOME, "2563-11", "x")),
        ("month_unreadable", (HOME, "", 20)),
        ("month_outside_term", (HOME, "2020-10", 20)),
        ("month_outside_term", (HOME, "2021-05", "x")),
        ("month_outside_term", (HOME, "2019-11", 45)),
        ("days_unreadable", (HOME, "2020-11", "twenty")),
        ("days_unreadable", (HOME, "2020-11", "")),
        ("days_unreadable", (HOME, "2020-11", 12.5)),
        ("days_unreadable", (HOME, "2020-11", -2)),
        ("days_unreadable", (HOME, "2020-11", 31)),
        ("days_unreadable", (HOME, "2021-02", 29)),
        ("days_unreadable", (HOME, "2020-11", 1000)),
    ],
)
def test_a_bad_row_is_refused_by_the_first_reason_that_holds_and_the_rest_goes_on(
    there: School, reason: str, row: tuple[object, ...]
) -> None:
    assert there.send("school_days", row, (AWAY, "2020-12", 18)) == Outcome(done=1, refused={reason: 1})
    assert counts_of("school_days") == {"rows": 2, "taken": 1, "refused": {reason: 1}}
    assert kept() == [(date(2020, 12, 1), 18)]
    assert find(reason).th


@pytest.mark.parametrize(
    ("month", "days"), [("2020-11", 30), ("2021-02", 28), ("2020-12", 0), ("2021-04", 31 - 1)]
)
def test_a_whole_month_and_a_closed_one_are_answers(there: School, month: str, days: int) -> None:
    assert there.send("school_days", (HOME, month, days)) == Outcome(done=1)


def test_the_months_of_the_first_semester_begin_in_may_and_end_in_october(there: School) -> None:
    months = [f"2021-{month:02d}" for month in range(4, 12)]
    outcome = there.send("school_days", *((HOME, month, 10) for month in months), round=LATER)
    assert outcome == Outcome(done=6, refused={"month_outside_term": 2})


def test_of_several_rows_of_a_key_the_first_good_one_stands(there: School) -> None:
    outcome = there.send(
        "school_days",
        (HOME, "2020-11", 99),
        (HOME, "2020-11", 20),
        (HOME, "2020-11", 19),
        (HOME, "2020-11", 20),
        (AWAY, "2020-11", 18),
    )
    assert outcome == Outcome(done=2, refused={"days_repeated": 2, "days_unreadable": 1})
    assert [days for _, days in kept()] == [18, 20]


def test_a_later_file_adds_months_and_changes_none(there: School) -> None:
    there.send("school_days", (HOME, "2020-11", 20))
    assert there.send("school_days", (HOME, "2020-11", 5), (HOME, "2020-12", 18)) == Outcome(
        done=1, refused={"days_repeated": 1}
    )
    assert [days for _, days in kept()] == [20, 18]


def test_the_same_file_again_changes_nothing_and_counts_the_same(there: School) -> None:
    path = there.file("school_days", (HOME, "2020-11", 20), (HOME, "2020-11", 20), (HOME, "2020-12", "x"))
    refused = {"days_repeated": 1, "days_unreadable": 1}
    assert there.take("school_days", path) == Outcome(done=1, refused=refused)
    before = counts_of("school_days")
    assert there.take("school_days", path) == Outcome(done=0, same=1, refused=refused)
    assert counts_of("school_days") == before


def test_a_code_that_lost_its_zero_finds_its_school(school: School) -> None:
    school.school("01010001")
    assert school.send("school_days", ("1010001", "2020-11", 20)) == Outcome(done=1)
