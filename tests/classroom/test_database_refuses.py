"""The database refuses what the rules forbid, whoever writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID, uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from takhai.platform.sets import execute
from tests.classroom.school import HOME, School

pytestmark = pytest.mark.django_db
TABLES = ("school_days", "attendance_month", "growth_measure", "class_refusal", "class_file")


@contextmanager
def refused(message: str) -> Iterator[None]:
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        yield


@pytest.fixture
def pupil(school: School) -> UUID:
    """One good row in each table, and a refused one."""
    (person,) = school.class_of()
    number = school.number_of(person)
    school.open(months=["2020-11"])
    school.send("attendance", (number, HOME, "2020-11", 18, 1, 1), ("x", HOME, "2020-11", 18, 1, 1))
    school.send("growth", (number, HOME, "2021-03-20", "30", "131"))
    return person


def a_file() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM class_file")
        return int(cursor.fetchone()[0])


def attend(school: School, person: UUID, **changed: object) -> None:
    row = {
        "person": person,
        "at": school.school(HOME),
        "month": date(2020, 12, 1),
        "present": 18,
        "sick": 0,
        "personal": 0,
        "file": a_file(),
    } | changed
    execute(
        "INSERT INTO attendance_month (round, person_id, school_id, month, days_present, sick_leave, personal_leave,"
        " file_id, row_no) VALUES ('2563-2', %(person)s, %(at)s, %(month)s, %(present)s, %(sick)s, %(personal)s,"
        " %(file)s, 9)",
        **row,
    )


def measure(school: School, person: UUID, weight: int, height: int) -> None:
    execute(
        "INSERT INTO growth_measure (round, person_id, school_id, measured_on, weight_g, height_mm, file_id, row_no)"
        " VALUES ('2563-1', %(person)s, %(school)s, '2020-09-20', %(weight)s, %(height)s, %(file)s, 9)",
        person=person,
        school=school.school(HOME),
        weight=weight,
        height=height,
        file=a_file(),
    )


def open_days(school: School, month: date, days: int) -> None:
    execute(
        "INSERT INTO school_days (round, school_id, month, days_open, file_id, row_no)"
        " VALUES ('2563-2', %(school)s, %(month)s, %(days)s, %(file)s, 9)",
        school=school.school(HOME),
        month=month,
        days=days,
        file=a_file(),
    )


def test_the_table_list_is_whole() -> None:
    assert {model._meta.db_table for model in apps.get_app_config("classroom").get_models()} == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET row_no = 1"])
def test_rows_are_only_added_by_the_application(pupil: UUID, table: str, statement: str) -> None:
    column = "rows" if table == "class_file" else "row_no"
    with refused("permission denied"):
        execute(statement.format(table).replace("row_no", column))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET row_no = 1"])
def test_not_even_the_owner_changes_or_deletes_one(
    pupil: UUID, owner_link: psycopg.Connection[object], table: str, statement: str
) -> None:
    column = "rows" if table == "class_file" else "row_no"
    with pytest.raises(psycopg.errors.RestrictViolation, match="only added"):
        owner_link.execute(statement.format(table).replace("row_no", column))
    owner_link.rollback()


def test_a_day_that_is_no_month_is_no_key(school: School, pupil: UUID) -> None:
    with refused("attendance_by_month"):
        attend(school, pupil, month=date(2020, 12, 2))
    with refused("school_days_by_month"):
        open_days(school, date(2020, 12, 2), 20)


def test_no_month_has_more_than_31_days(school: School, pupil: UUID) -> None:
    attend(school, pupil, month=date(2021, 1, 1), present=29, sick=1, personal=1)
    with refused("attendance_of_a_month"):
        attend(school, pupil, present=30, sick=1, personal=1)
    with refused("school_days_of_a_month"):
        open_days(school, date(2020, 12, 1), 32)


@pytest.mark.parametrize("column", ["present", "sick", "personal"])
def test_days_are_not_negative(school: School, pupil: UUID, column: str) -> None:
    with refused("attendance_month_.*check"):
        attend(school, pupil, **{column: -1})


@pytest.mark.parametrize(
    ("weight", "height", "wall"),
    [
        (4_999, 1_310, "growth_weight_plausible"),
        (200_001, 0, "growth_weight_plausible"),
        (0, 599, "growth_height_plausible"),
        (30_000, 2_201, "growth_height_plausible"),
    ],
)
def test_what_cannot_be_true_of_a_pupil_is_not_kept(
    school: School, pupil: UUID, weight: int, height: int, wall: str
) -> None:
    with refused(wall):
        measure(school, pupil, weight, height)


def test_a_row_names_a_person_a_school_and_a_file_that_are_there(school: School, pupil: UUID) -> None:
    with refused("person_id names a row that is not in person"):
        attend(school, uuid4())
    with refused("school_id names a row that is not in school"):
        attend(school, pupil, at=uuid4())
    with refused("file_id names a row that is not in class_file"):
        attend(school, pupil, file=a_file() + 1_000)


def test_a_second_row_of_a_key_and_a_second_file_of_a_round_are_refused(school: School, pupil: UUID) -> None:
    with refused("attendance_month_pkey"):
        attend(school, pupil, month=date(2020, 11, 1))
    with refused("class_file_once"):
        execute(
            "INSERT INTO class_file (round, kind, file_sha, rows, recorded_by)"
            " SELECT round, kind, file_sha, 1, 'test' FROM class_file"
        )


def test_a_kind_or_a_reason_nobody_knows_is_refused(school: School, pupil: UUID) -> None:
    with refused("class_file_kind_known"):
        execute(
            "INSERT INTO class_file (round, kind, file_sha, rows, recorded_by)"
            " VALUES ('2563-2', 'marks', '', 1, 'test')"
        )
    with refused("class_refusal_reason_known"):
        execute(
            "INSERT INTO class_refusal (file_id, row_no, reason) VALUES (%(file)s, 99, 'bad luck')",
            file=a_file(),
        )
