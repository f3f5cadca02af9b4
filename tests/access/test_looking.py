"""Whoever opens personal numbers leaves a line that nobody can take away."""

from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from takhai.access.models import Look
from takhai.access.services.looking import FEW, note
from takhai.access.types import Scope, system_scope
from takhai.platform.ids import uuid7s
from takhai.platform.problems import Refusal

pytestmark = pytest.mark.django_db

PERSONS = tuple(uuid7s(FEW + 1))


def look(scope: Scope, persons: tuple[UUID, ...] = PERSONS[:2], reason: str = "สอบถามจากโรงเรียน") -> Look:
    note(scope=scope, reason=reason, what="number", persons=persons)
    return Look.objects.get()


def test_a_look_says_who_why_what_and_whose() -> None:
    written = look(Scope(paths=("cth/",), by="area.officer"))
    assert (written.looked_by, written.reason, written.what) == ("area.officer", "สอบถามจากโรงเรียน", "number")
    assert (written.count, written.persons) == (2, [str(person) for person in PERSONS[:2]])


def test_a_run_over_a_long_list_is_told_by_its_count() -> None:
    written = look(system_scope(reason="2563-2/old/order"), PERSONS)
    assert (written.count, written.persons) == (FEW + 1, None)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_look_without_a_reason_is_refused(reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        look(system_scope(reason="test"), reason=reason)
    assert refused.value.name == "look_without_reason"
    assert not Look.objects.exists()


def test_the_database_too_refuses_a_look_without_a_reason() -> None:
    look(system_scope(reason="test"))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO looking_log (id, looked_at, looked_by, reason, what, count)"
            " VALUES (%s, now(), 'x', '', 'number', 1)",
            [PERSONS[0]],
        )


@pytest.mark.parametrize("statement", ["UPDATE looking_log SET reason = 'x'", "DELETE FROM looking_log"])
def test_the_application_cannot_take_a_look_back(statement: str) -> None:
    look(system_scope(reason="test"))
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
