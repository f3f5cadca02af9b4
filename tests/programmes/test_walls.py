"""The walls of programmes: each by its name, for the application and for the owner."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.utils import DatabaseError

from takhai.platform.history import acting
from takhai.platform.ids import uuid7
from takhai.platform.sets import execute, fetch
from tests.programmes.world import World

pytestmark = pytest.mark.django_db

NOBODY = UUID("00000000-0000-7000-8000-000000000000")


@pytest.fixture
def world() -> World:
    return World()


def beneficiary(world: World, **changes: object) -> None:
    row: dict[str, object] = {
        "round": "2563-2",
        "person": world.pupil(),
        "group": "old",
        "school": world.school(),
        "year": 2563,
        "source": "enrol",
    } | changes
    execute(
        'INSERT INTO beneficiary (round, person_id, "group", school_id, agency, grade, level, province, area_code,'
        " first_subsidy_year, channel, compliant, source, source_file, recorded_at, recorded_by)"
        " VALUES (%(round)s, %(person)s, %(group)s, %(school)s, 'obec', 'ป.4', 'primary', '81', '8101', %(year)s,"
        " 'school', NULL, %(source)s, '', now(), 'test')",
        **row,
    )


def member(world: World, **changes: object) -> None:
    row: dict[str, object] = {
        "person": world.pupil(),
        "group": "new",
        "school": world.school(),
    } | changes
    execute(
        'INSERT INTO round_member (round, person_id, "group", reason, school_id, agency, grade, level, province,'
        " area_code, recorded_at, recorded_by) VALUES ('2563-2', %(person)s, %(group)s, 'moved', %(school)s, 'obec',"
        " 'ป.4', 'primary', '81', '8101', now(), 'test')",
        **row,
    )


def enrolment(world: World, **changes: object) -> None:
    row: dict[str, object] = {
        "id": uuid7(),
        "person": world.pupil(),
        "programme": "equity_grant",
        "status": "active",
        "left_on": None,
        "reason": "",
    } | changes
    execute(
        "INSERT INTO programme_enrolment (id, person_id, programme, entered_on, status, left_on, left_reason,"
        " recorded_at, recorded_by) VALUES (%(id)s, %(person)s, %(programme)s, '2020-05-16', %(status)s, %(left_on)s,"
        " %(reason)s, now(), 'test')",
        **row,
    )


WRITES: dict[str, Callable[..., None]] = {
    "beneficiary": beneficiary,
    "round_member": member,
    "programme_enrolment": enrolment,
}


@pytest.mark.parametrize("table", WRITES)
def test_a_well_formed_row_is_taken(world: World, table: str) -> None:
    WRITES[table](world)
    assert fetch(f"SELECT count(*) FROM {table}") == [(1,)]


@pytest.mark.parametrize(
    ("table", "changes", "wall"),
    [
        ("beneficiary", {"source": "guess"}, "beneficiary_"),
        ("beneficiary", {"source": "enrol", "group": ""}, "beneficiary_admitted_in_a_group"),
        ("beneficiary", {"source": "list", "group": "old"}, "beneficiary_admitted_in_a_group"),
        ("beneficiary", {"year": -1}, "first_subsidy_year"),
        ("round_member", {"group": ""}, "round_member_has_a_group"),
        ("programme_enrolment", {"status": "left"}, "exit_has_day_and_reason"),
        ("programme_enrolment", {"status": "left", "left_on": date(2021, 1, 1)}, "exit_has_day_and_reason"),
        ("programme_enrolment", {"status": "left", "reason": "moved"}, "exit_has_day_and_reason"),
        ("programme_enrolment", {"left_on": date(2021, 1, 1)}, "exit_has_day_and_reason"),
        ("programme_enrolment", {"reason": "moved"}, "exit_has_day_and_reason"),
        ("programme_enrolment", {"status": "asleep"}, "exit_has_day_and_reason"),
        (
            "programme_enrolment",
            {"status": "left", "left_on": date(2020, 5, 16), "reason": "moved"},
            "programme_enrolment_period",
        ),
    ],
)
def test_a_row_that_breaks_a_rule_meets_its_wall(
    world: World, table: str, changes: dict[str, object], wall: str
) -> None:
    with pytest.raises(IntegrityError, match=wall), transaction.atomic():
        WRITES[table](world, **changes)


def test_who_left_on_the_day_after_he_entered_was_there_a_day(world: World) -> None:
    enrolment(world, status="left", left_on=date(2020, 5, 17), reason="moved")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("beneficiary", "person"),
        ("beneficiary", "school"),
        ("round_member", "person"),
        ("round_member", "school"),
        ("programme_enrolment", "person"),
    ],
)
def test_a_row_of_nobody_or_of_no_school_is_refused(world: World, table: str, column: str) -> None:
    with pytest.raises(IntegrityError, match=f"{column}_id names a row that is not in"), transaction.atomic():
        WRITES[table](world, **{column: NOBODY})


@pytest.mark.parametrize("table", ["beneficiary", "round_member"])
def test_a_pupil_stands_once_on_a_rounds_list(world: World, table: str) -> None:
    pupil = world.pupil()
    WRITES[table](world, person=pupil)
    with pytest.raises(IntegrityError, match=f"{table}_pkey"), transaction.atomic():
        WRITES[table](world, person=pupil, group="other")


def test_a_pupil_is_in_one_programme_once_at_a_time_and_in_another_beside_it(world: World) -> None:
    pupil = world.pupil()
    enrolment(world, person=pupil)
    enrolment(world, person=pupil, programme="scholarship")
    enrolment(world, person=pupil, status="left", left_on=date(2021, 1, 1), reason="moved")
    with pytest.raises(IntegrityError, match="once_at_a_time"), transaction.atomic():
        enrolment(world, person=pupil)


@pytest.mark.parametrize("table", ["beneficiary", "programme_enrolment"])
def test_a_row_is_never_given_to_another_pupil(world: World, table: str) -> None:
    WRITES[table](world)
    with (
        pytest.raises(DatabaseError, match="Cannot update"),
        transaction.atomic(),
    ):
        execute(f"UPDATE {table} SET person_id = %(other)s", other=world.pupil())


def test_a_listed_pupils_school_is_never_exchanged(world: World) -> None:
    beneficiary(world)
    other = world.school("81010002")
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        execute("UPDATE beneficiary SET school_id = %(other)s", other=other)


@pytest.mark.parametrize("table", ["beneficiary", "programme_enrolment"])
def test_what_is_deleted_is_kept_with_who_did_it(world: World, table: str) -> None:
    WRITES[table](world)
    with acting(by="mender", source="f00d"):
        execute(f"DELETE FROM {table}")
    rows = fetch(
        f"SELECT c.metadata->>'by', c.metadata->>'source', count(*) FROM {table}_event e"
        " JOIN pghistory_context c ON c.id = e.pgh_context_id GROUP BY 1, 2"
    )
    assert rows == [("mender", "f00d", 1)]


def test_each_change_keeps_the_row_that_was_before_it(world: World) -> None:
    beneficiary(world)
    for compliant in (True, False, None):
        execute("UPDATE beneficiary SET compliant = %(compliant)s", compliant=compliant)
    kept = fetch("SELECT compliant FROM beneficiary_event ORDER BY pgh_id")
    assert kept == [(None,), (True,), (False,)]


def test_a_change_of_many_rows_keeps_each_of_them(world: World) -> None:
    for _ in range(5):
        beneficiary(world)
    assert execute("UPDATE beneficiary SET compliant = true") == 5
    assert fetch("SELECT count(DISTINCT person_id) FROM beneficiary_event") == [(5,)]


@pytest.mark.parametrize("table", ["beneficiary_event", "programme_enrolment_event"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET pgh_label = pgh_label", "DELETE FROM {}"])
def test_history_is_only_added_to(table: str, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement.format(table))


@pytest.mark.django_db(transaction=True)
def test_not_even_the_owner_takes_a_fate_back(owner_link: psycopg.Connection[object]) -> None:
    execute(
        'INSERT INTO fate (round, "group", step, entitlement_round, person_id, kind, reason, satang, province,'
        " recorded_at, recorded_by) VALUES ('2563-2', 'old', 'entitle', '2563-2', %(person)s, 'held', 'dead', 0,"
        " '81', now(), 'test')",
        person=World().pupil(),
    )
    for statement in ("UPDATE fate SET reason = 'x'", "DELETE FROM fate"):
        with pytest.raises(psycopg.Error, match="only added"):
            owner_link.execute(statement)  # type: ignore[call-overload]
        owner_link.rollback()
