"""The list of the round before comes in by file, and whoever is on it is in the programme."""

from datetime import date

import pytest

from takhai.platform.sets import fetch
from takhai.platform.types import Outcome
from takhai.programmes.services import last_list
from takhai.registry.services import intake
from takhai.thai.calendar import Term
from tests.registry.test_persons import COLUMNS, LISTED
from tests.registry.world import FIELD, World, citizen, count, pupil

pytestmark = pytest.mark.django_db

ROUND = Term(2563, 2)


def load(world: World, *rows: dict[str, str], name: str = "last_round.csv", round: Term = ROUND) -> Outcome:
    path = world.write(name, COLUMNS, [tuple(row[column] for column in COLUMNS) for row in rows])
    return last_list.load(path=path, round=round)


def other(number: int, **changes: str) -> dict[str, str]:
    return LISTED | {"identifier": citizen(number)} | changes


def test_a_row_becomes_a_beneficiary_of_the_round_before(world: World) -> None:
    assert load(world, LISTED) == Outcome(done=1)
    rows = fetch(
        'SELECT round, "group", agency, grade, level, province, area_code, first_subsidy_year, channel, compliant,'
        " source FROM beneficiary"
    )
    assert rows == [
        ("2563-1", "", "obec", "ป.2", "primary", "81", "8101", 2562, "promptpay", True, "list"),
    ]


def test_who_did_not_comply_is_on_the_list_too(world: World) -> None:
    load(world, LISTED | {"compliant": "no"})
    assert fetch("SELECT compliant FROM beneficiary") == [(False,)]


def test_the_same_list_again_changes_nothing(world: World) -> None:
    load(world, LISTED, other(2))
    assert load(world, LISTED, other(2)) == Outcome(done=0, same=2)
    assert count("SELECT count(*) FROM beneficiary_event") == 0


def test_a_longer_list_adds_who_is_new(world: World) -> None:
    load(world, LISTED)
    assert load(world, LISTED | {"channel": "school"}, other(2), name="b.csv") == Outcome(done=1, same=1)
    assert fetch("SELECT DISTINCT channel FROM beneficiary WHERE first_subsidy_year = 2562 ORDER BY 1") == [
        ("promptpay",)
    ]


def test_rows_that_cannot_be_taken_are_counted(world: World) -> None:
    outcome = load(world, LISTED, other(2, school_code="99999999"), other(3, first_subsidy_year="x"))
    assert outcome == Outcome(done=1, refused={"value_not_a_number": 1, "school_unknown": 1})


def test_a_beneficiary_is_in_the_programme_since_his_first_year(world: World) -> None:
    load(world, LISTED, other(2, first_subsidy_year="2560"), other(3, first_subsidy_year="2560"))
    rows = fetch("SELECT programme, entered_on, status FROM programme_enrolment ORDER BY entered_on")
    assert rows == [
        ("equity_grant", date(2017, 5, 16), "active"),
        ("equity_grant", date(2017, 5, 16), "active"),
        ("equity_grant", date(2019, 5, 16), "active"),
    ]


def test_nobody_enters_the_programme_twice(world: World) -> None:
    load(world, LISTED)
    load(world, LISTED, round=ROUND.next(), name="next.csv")
    assert count("SELECT count(*) FROM programme_enrolment") == 1
    assert count("SELECT count(*) FROM beneficiary") == 2


def test_the_pupil_of_the_list_and_of_the_register_is_one_person(world: World) -> None:
    load(world, LISTED)
    path = world.register(pupil(1, school_code=FIELD))
    intake.commit(path=path, round=ROUND, received_on=date(2020, 12, 9))
    assert count("SELECT count(*) FROM beneficiary") == 1
    assert count("SELECT count(*) FROM person") == 1
