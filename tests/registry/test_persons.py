"""A list of another room names persons: they are found by their number or made, and never changed by it."""

from datetime import date

import pytest
from django.db import transaction

from takhai.platform.sets import fetch
from takhai.registry.services import intake, persons
from takhai.thai.calendar import Term
from tests.registry.world import TOWN, World, citizen, count, gcode, pupil

pytestmark = pytest.mark.django_db

ROUND = Term(2563, 2)
COLUMNS = (
    "identifier",
    "prefix",
    "first_name",
    "last_name",
    "birth_date",
    "sex",
    "school_code",
    "class",
    "channel",
    "first_subsidy_year",
    "compliant",
)
LISTED = dict(
    zip(
        COLUMNS,
        (citizen(1), "เด็กชาย", "มานี", "รักเรียน", "2012-06-02", "ช", TOWN, "ป.2", "promptpay", "2562", "yes"),
        strict=True,
    )
)


def take(world: World, *rows: dict[str, str]) -> tuple[list[tuple[object, ...]], dict[str, int]]:
    path = world.write("last_round.csv", COLUMNS, [tuple(row[column] for column in COLUMNS) for row in rows])
    with transaction.atomic():
        taken, refused = persons.take(path=path, layout="last_round", round=ROUND)
        columns = "agency, grade, level, province, area_code, first_subsidy_year, channel, compliant"
        return fetch(f"SELECT {columns} FROM taken ORDER BY person", taken), dict(refused)


def test_an_unknown_number_becomes_a_person_with_the_lists_values(world: World) -> None:
    rows, refused = take(world, LISTED)
    assert rows == [("obec", "ป.2", "primary", "81", "8101", 2562, "promptpay", True)]
    assert refused == {}
    assert fetch("SELECT first_name, last_name, birth_date FROM person") == [
        ("มานี", "รักเรียน", date(2012, 6, 2))
    ]


def test_a_known_person_stays_as_he_is(world: World) -> None:
    path = world.register(pupil(1, first_name="ปัจจุบัน"))
    intake.commit(path=path, round=ROUND, received_on=date(2020, 12, 9))
    take(world, LISTED)
    assert fetch("SELECT first_name FROM person") == [("ปัจจุบัน",)]
    assert count("SELECT count(*) FROM person_event") == 0


def test_a_number_of_before_the_round_is_dated_to_the_round_before(world: World) -> None:
    take(world, LISTED)
    assert fetch("SELECT from_day FROM identifier") == [(date(2020, 5, 16),)]


def test_a_pupil_named_twice_is_taken_once_by_his_first_row(world: World) -> None:
    rows, _ = take(world, LISTED, LISTED | {"class": "ป.5"})
    assert [row[1] for row in rows] == ["ป.2"]


def test_bad_rows_and_unknown_schools_are_counted(world: World) -> None:
    rows, refused = take(
        world,
        LISTED,
        LISTED | {"identifier": citizen(2), "school_code": "99999999"},
        LISTED | {"identifier": citizen(3), "channel": "pigeon"},
    )
    assert len(rows) == 1
    assert refused == {"value_not_a_choice": 1, "school_unknown": 1}


def test_a_pupil_known_by_a_g_code_is_on_the_list_by_it(world: World) -> None:
    rows, _ = take(world, LISTED | {"identifier": gcode(1)})
    assert len(rows) == 1
    assert fetch("SELECT form FROM identifier") == [("gcode",)]


def test_a_register_row_with_another_name_and_birth_date_than_the_list_clashes(world: World) -> None:
    take(world, LISTED)
    path = world.register(pupil(1, first_name="อื่น", birth_date="02/06/2550"))
    intake.commit(path=path, round=ROUND, received_on=date(2020, 12, 9))
    assert fetch("SELECT clash FROM register_entry") == [(True,)]
    assert fetch("SELECT first_name FROM person") == [("มานี",)]
