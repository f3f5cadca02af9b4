"""A file of many rows: the number of statements does not grow with it, and it is taken whole or not at all."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from takhai.classroom import queries
from takhai.classroom.services import taking
from takhai.platform.sets import fetch
from takhai.platform.types import Outcome
from tests.benefits.town import ROUND, SCOPE
from tests.classroom.school import HOME, MONTHS, School, counts_of

pytestmark = pytest.mark.django_db
PUPILS = 400


@pytest.fixture
def people(school: School) -> list[UUID]:
    school.open()
    return school.class_of(PUPILS)


def rows(school: School, people: list[UUID]) -> Iterator[tuple[object, ...]]:
    for at, person in enumerate(people):
        for month in MONTHS:
            yield (school.number_of(person), HOME, month, at % 21, 0, 0)


def statements(school: School, people: list[UUID]) -> int:
    path = school.file("attendance", *rows(school, people))
    with CaptureQueriesContext(connection) as seen:
        assert school.take("attendance", path).done == len(people) * len(MONTHS)
    return len(seen)


def test_the_number_of_statements_does_not_grow_with_the_file(school: School, people: list[UUID]) -> None:
    few = statements(school, people[:2])
    assert statements(school, people[2:]) == few


def test_a_country_in_small_is_taken_counted_and_added_up(school: School, people: list[UUID]) -> None:
    good = list(rows(school, people))
    again = [(*row[:3], 1, 0, 0) for row in good[::10]]
    lost = [("x", *row[1:]) for row in good[::20]]
    whole = PUPILS * len(MONTHS)
    assert school.send("attendance", *good, *again, *lost) == Outcome(
        done=whole, refused={"attendance_repeated": whole // 10, "pupil_unknown": whole // 20}
    )
    ((reported, present),) = fetch(
        "SELECT count(*), sum(days_present) FROM attendance",
        queries.attendance(round=ROUND, scope=SCOPE),
    )
    assert reported == PUPILS
    assert present == sum(at % 21 for at in range(PUPILS)) * len(MONTHS)


def test_a_file_that_breaks_off_leaves_nothing_and_can_be_taken_again(
    school: School, people: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = school.file("attendance", *rows(school, people[:3]))
    refuse = taking._REFUSE
    monkeypatch.setattr(taking, "_REFUSE", "SELECT 1 / 0")
    with pytest.raises(DatabaseError, match="division by zero"):
        school.take("attendance", path)
    assert counts_of("attendance")["rows"] == 0
    assert fetch("SELECT count(*) FROM attendance_month") == [(0,)]
    monkeypatch.setattr(taking, "_REFUSE", refuse)
    assert school.take("attendance", path).done == 15


def test_pupils_who_come_in_between_are_taken_from_the_next_file(school: School, people: list[UUID]) -> None:
    school.send("attendance", *rows(school, people[:1]))
    (late,) = school.class_of(since=date(2021, 1, 4))
    assert school.send("attendance", *rows(school, [late])).done == len(MONTHS)
