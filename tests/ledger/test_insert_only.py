"""Nobody changes what was posted: neither by right nor, as owner, by force."""

from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection

from takhai.platform.ids import uuid7
from takhai.platform.sets import execute
from tests.ledger.books import entitle

CHANGES = (
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "UPDATE {table} SET {column} = {column} WHERE false",
)
TABLES = (("movement", "satang"), ("account", "name"))


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "column"), TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_the_application_has_no_right_to_change_the_books(change: str, table: str, column: str) -> None:
    entitle(uuid7())
    with pytest.raises(DatabaseError, match="permission denied"):
        execute(change.format(table=table, column=column))


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "column"), TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_even_the_owner_cannot_change_the_books(
    owner_link: psycopg.Connection[Any], change: str, table: str, column: str
) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation, match="only added"):
        owner_link.execute(change.format(table=table, column=column))  # type: ignore[arg-type]


@pytest.mark.django_db
def test_the_application_may_not_empty_the_books() -> None:
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE movement")
