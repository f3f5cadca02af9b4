"""The list of the round before comes in by file, and whoever is on it is in the programme."""

from datetime import date

import pytest

from takhai.platform.exchange import sha256
from takhai.platform.sets import execute, fetch
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


def test_a_row_says_from_which_file_it_came_and_by_whom(world: World) -> None:
    load(world, LISTED)
    rows = fetch("SELECT source_file, recorded_by FROM beneficiary")
    assert rows == [(sha256(world.root / "last_round.csv"), "last list")]


def test_a_list_of_our_own_making_is_not_changed_by_a_file(world: World) -> None:
    load(world, LISTED)
    ours = "source = 'enrol', \"group\" = 'old', channel = 'school', first_subsidy_year = 2561"
    assert execute(f"UPDATE beneficiary SET {ours}") == 1
    assert load(world, LISTED, name="again.csv") == Outcome(done=0, same=1)
    rows = fetch('SELECT "group", channel, first_subsidy_year, source FROM beneficiary')
    assert rows == [("old", "school", 2561, "enrol")]


def test_a_pupil_who_stands_twice_in_the_file_is_listed_once_and_told(world: World) -> None:
    outcome = load(world, LISTED, LISTED | {"channel": "school"})
    assert outcome == Outcome(done=1, refused={"repeated_in_file": 1})
    assert fetch("SELECT channel FROM beneficiary") == [("promptpay",)], "his first row counts"


def test_a_list_of_another_round_is_another_list(world: World) -> None:
    load(world, LISTED)
    load(world, other(2), round=Term(2564, 1), name="later.csv")
    rows = fetch("SELECT round, count(*) FROM beneficiary GROUP BY round ORDER BY round")
    assert rows == [("2563-1", 1), ("2563-2", 1)]


def test_a_list_whose_every_school_is_unknown_lists_nobody_and_makes_nobody(world: World) -> None:
    outcome = load(world, other(2, school_code="99999999"), other(3, school_code="99999998"))
    assert outcome == Outcome(done=0, refused={"school_unknown": 2})
    assert count("SELECT count(*) FROM person") == 0
    assert count("SELECT count(*) FROM programme_enrolment") == 0


def test_who_left_the_programme_comes_back_with_the_list(world: World) -> None:
    load(world, LISTED)
    execute("UPDATE programme_enrolment SET status = 'left', left_on = '2020-10-01', left_reason = 'moved'")
    load(world, LISTED, round=ROUND.next(), name="next.csv")
    rows = fetch("SELECT status FROM programme_enrolment ORDER BY status")
    assert rows == [("active",), ("left",)]
