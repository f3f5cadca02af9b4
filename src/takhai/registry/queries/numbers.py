"""Numbers of persons: their form and index as sets, the number itself only opened one by one and logged."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from takhai.access.scope import NoScope, Scope
from takhai.access.services import looking
from takhai.platform import secrets
from takhai.platform.relations import Relation
from takhai.platform.sets import fetch
from takhai.registry.sealed import NUMBER


def number_forms(*, scope: Scope) -> Relation:
    """person, form: of the number each person is known by now."""
    return _current(scope, name="numbers", columns={"person": "uuid", "form": "text"}, sql="person_id AS person, form")


def person_index(*, scope: Scope) -> Relation:
    """person, idx: the blind index of the number each person is known by now."""
    return _current(scope, name="indexes", columns={"person": "uuid", "idx": "bytea"}, sql="person_id AS person, idx")


def numbers(*, persons: Sequence[UUID], reason: str, scope: Scope) -> dict[UUID, str]:
    """The numbers these persons are known by now, opened; the look is logged with its reason first."""
    _system_only(scope)
    looking.note(scope=scope, reason=reason, what=NUMBER, persons=persons)
    rows = fetch(
        "SELECT person_id, idx, idx_next, cipher FROM identifier WHERE person_id = ANY (%(persons)s) AND to_day IS NULL",
        persons=list(persons),
    )
    return {
        cast(UUID, person): secrets.open(
            cast(bytes, cipher),
            table="identifier",
            column=NUMBER,
            index=cast(bytes, idx),
            index_next=cast("bytes | None", later),
        )
        for person, idx, later, cipher in rows
    }


def _current(scope: Scope, *, name: str, columns: dict[str, str], sql: str) -> Relation:
    _system_only(scope)
    return Relation(name=name, columns=columns, sql=f"SELECT {sql} FROM identifier WHERE to_day IS NULL")  # noqa: S608


def _system_only(scope: Scope) -> None:
    if not scope.everything:
        raise NoScope("numbers are read as a set by the steps only")
