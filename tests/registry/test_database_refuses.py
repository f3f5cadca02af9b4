"""What the rules forbid, the database refuses: as the application, with plain SQL."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from takhai.platform.sets import fetch
from takhai.registry.services import identity, intake
from takhai.thai.calendar import Term
from tests.registry.world import EXTRACT_COLUMNS, FIELD, World, citizen_of, count, pupil

pytestmark = pytest.mark.django_db

ROUND = Term(2563, 2)
NOBODY = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def filled(world: World) -> World:
    rows = [pupil(1), pupil(2), pupil(2, school_code=FIELD)]
    intake.commit(path=world.register(*rows), round=ROUND, received_on=date(2020, 12, 9))
    extract = world.write("x.csv", EXTRACT_COLUMNS, [citizen_of(pupil(1))])
    identity.compare(path=extract, round=ROUND, on=date(2020, 12, 28))
    identity.check(round=ROUND, province="81", as_of=date(2020, 12, 28))
    return world


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.replace("NOBODY", NOBODY))


@pytest.mark.parametrize(
    "statement",
    [
        # one number is one person's, and a person has one current number
        "UPDATE identifier SET idx = (SELECT max(idx) FROM identifier)",
        "INSERT INTO identifier (id, person_id, form, idx, cipher, from_day, recorded_at, recorded_by)"
        " SELECT gen_random_uuid(), person_id, 'gcode', 'x', 'x', '2020-12-10', now(), 'x' FROM identifier",
        "UPDATE identifier SET form = 'mars'",
        "UPDATE identifier SET to_day = from_day - 1",
        # one entry of a pupil counts, once a school
        "UPDATE register_entry SET standing = 'first'",
        "INSERT INTO register_entry (round, person_id, school_id, standing, agency, grade, level, province, clash,"
        " row_no, received_on, recorded_at, recorded_by) SELECT round, person_id, school_id, standing, agency, grade,"
        " level, province, clash, row_no, received_on, recorded_at, recorded_by FROM register_entry",
        "UPDATE register_entry SET standing = 'third'",
        "UPDATE register_entry SET grade = 'ป.7'",
        "UPDATE register_entry SET level = 'university'",
        # the same school once at a time, ends with reasons
        "INSERT INTO school_enrolment (id, person_id, school_id, grade, room, pupil_no, from_day, end_reason, ended_in,"
        " recorded_at, recorded_by) SELECT gen_random_uuid(), person_id, school_id, grade, room, pupil_no,"
        " from_day + 9, '', '', now(), 'x' FROM school_enrolment",
        "UPDATE school_enrolment SET to_day = '2021-01-01'",
        "UPDATE school_enrolment SET end_reason = 'moved'",
        "UPDATE school_enrolment SET to_day = '2021-01-01', end_reason = 'forgotten'",
        "UPDATE school_enrolment SET to_day = from_day - 1, end_reason = 'left'",
        # one doubt at a time, of a known kind, with a day at least
        "UPDATE identity_finding SET reason = 'ugly'",
        "UPDATE identity_finding SET to_day = from_day",
        "INSERT INTO identity_finding (round, person_id, reason, from_day, recorded_at, recorded_by)"
        " SELECT round, person_id, 'dead', from_day + 1, now(), 'x' FROM identity_finding",
        # whole or erased
        "UPDATE person SET first_name = ''",
        "UPDATE person SET birth_date = NULL",
        "UPDATE person SET erased_on = '2021-01-01'",
        "UPDATE person SET sex = 'x'",
        # one household at a time
        "INSERT INTO household_link (person_id, household_id, from_day, recorded_at, recorded_by)"
        " SELECT person_id, household_id, from_day + 1, now(), 'x' FROM household_link",
        "UPDATE household_link SET to_day = from_day",
        "UPDATE household SET key = (SELECT max(key) FROM household)",
        "UPDATE guardian_link SET to_day = from_day",
    ],
)
def test_a_row_that_breaks_a_rule_is_refused(filled: World, statement: str) -> None:
    with pytest.raises(IntegrityError):
        run(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO household_link (person_id, household_id, from_day, recorded_at, recorded_by)"
        " SELECT 'NOBODY', id, '2021-01-01', now(), 'x' FROM household LIMIT 1",
        "INSERT INTO comparison (round, person_id, alive, first_ok, last_ok, birth_ok, sex_ok, compared_on,"
        " recorded_at, recorded_by) VALUES ('2563-2', 'NOBODY', true, true, true, true, true, '2021-01-01',"
        " now(), 'x')",
        "INSERT INTO guardian (id, household_id, names, occupation, recorded_at, recorded_by)"
        " VALUES (gen_random_uuid(), 'NOBODY', 'x', '', now(), 'x')",
        "INSERT INTO identity_finding (round, person_id, reason, from_day, recorded_at, recorded_by)"
        " VALUES ('2563-2', 'NOBODY', 'dead', '2021-01-01', now(), 'x')",
    ],
)
def test_a_row_about_nobody_is_refused(filled: World, statement: str) -> None:
    with pytest.raises(IntegrityError, match="names a row that is not in"):
        run(statement)


def test_one_stranger_in_a_set_refuses_the_whole_statement(filled: World) -> None:
    before = count("SELECT count(*) FROM household_link_event") + count("SELECT count(*) FROM comparison")
    with pytest.raises(IntegrityError):
        run(
            "INSERT INTO comparison (round, person_id, alive, first_ok, last_ok, birth_ok, sex_ok, compared_on,"
            " recorded_at, recorded_by)"
            " SELECT '2564-1', id, true, true, true, true, true, DATE '2021-01-01', now(), 'x'"
            " FROM (SELECT id FROM person UNION ALL SELECT 'NOBODY'::uuid) told"
        )
    assert (
        count("SELECT count(*) FROM household_link_event") + count("SELECT count(*) FROM comparison")
        == before
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register_entry SET person_id = person_id",
        "UPDATE school_enrolment SET school_id = school_id",
        "UPDATE identifier SET person_id = person_id",
        "UPDATE person SET id = id",
        "UPDATE household SET id = id",
    ],
)
def test_a_reference_and_a_key_never_change(filled: World, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="Cannot update"):
        run(statement)


@pytest.mark.parametrize("table", ["person", "household", "school", "agency"])
def test_who_is_referred_to_is_not_deleted(filled: World, table: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    "table", ["register_file", "intake_exception", "person_event", "register_entry_event"]
)
@pytest.mark.parametrize("verb", ["UPDATE {} SET recorded_by = 'x'", "DELETE FROM {}"])
def test_what_was_written_down_stays_written(filled: World, table: str, verb: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(verb.format(table))


def test_the_application_may_neither_make_nor_empty_a_table(filled: World) -> None:
    for statement in ("CREATE TABLE stolen (id int)", "TRUNCATE person", "DROP TABLE guardian_link"):
        with pytest.raises(ProgrammingError):
            run(statement)


def test_every_update_and_delete_keeps_the_old_row(filled: World) -> None:
    run("UPDATE school_enrolment SET room = 'ก'")
    run("DELETE FROM guardian_link")
    kept = fetch("SELECT pgh_label, room FROM school_enrolment_event")
    assert kept == [("update", "1")] * 3
    assert count("SELECT count(*) FROM guardian_link_event WHERE pgh_label = 'delete'") > 0


def test_an_update_that_changes_nothing_leaves_no_trace(filled: World) -> None:
    run("UPDATE school_enrolment SET room = room")
    assert count("SELECT count(*) FROM school_enrolment_event") == 0
