"""Numbers: their form for anybody's rules, themselves only for a stated reason, and the look is logged."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast
from uuid import UUID

from django.db import transaction

from takhai.access import queries as access
from takhai.access.scope import Scope
from takhai.access.services.looking import note
from takhai.platform import secrets
from takhai.platform.relations import Relation
from takhai.platform.sets import fetch, select
from takhai.registry.sealed import ACCOUNT, NUMBER

_VISIBLE: Final = (
    " AND (%(everyone)s OR EXISTS (SELECT 1 FROM school_enrolment e JOIN visible ON visible.id = e.school_id"
    " WHERE e.person_id = i.person_id))"
)


def number_forms(*, scope: Scope) -> Relation:
    """The current number of each person: its form (citizen, zero, wrong_check, gcode) and keyed index.

    Call it inside the transaction that uses it. After a change of keys, rows not yet settled still keep the
    index in force as their second one.
    """
    return select(
        "SELECT i.person_id AS person, i.form,"  # noqa: S608
        " CASE WHEN %(promoted)s THEN coalesce(i.idx_next, i.idx) ELSE i.idx END AS idx"
        " FROM identifier i WHERE i.to_day IS NULL" + _VISIBLE,
        access.visible(scope=scope),
        name="number_forms",
        columns={"person": "uuid", "form": "text", "idx": "bytea"},
        everyone=scope.everything,
        promoted=secrets.hold().next is None,
    )


@transaction.atomic
def numbers(*, persons: Relation, reason: str, scope: Scope) -> Mapping[UUID, str]:
    """The current numbers of ``persons`` (person) in clear; one line in the looking log says so.

    Raises Refusal ``look_without_reason``; persons outside the scope are left out.
    """
    secrets.hold()
    rows = fetch(
        "SELECT i.person_id, i.cipher, i.idx, i.idx_next FROM identifier i"  # noqa: S608
        " JOIN asked ON asked.person = i.person_id WHERE i.to_day IS NULL" + _VISIBLE,
        persons.named("asked"),
        access.visible(scope=scope),
        everyone=scope.everything,
    )
    note(scope=scope, reason=reason, what=NUMBER, persons=[cast(UUID, row[0]) for row in rows])
    return dict(_opened(rows, "identifier", NUMBER))


@transaction.atomic
def account_numbers(*, schools: Relation, reason: str, scope: Scope) -> Mapping[UUID, str]:
    """The account numbers of ``schools`` (school) in clear, logged like numbers of persons."""
    secrets.hold()
    rows = fetch(
        "SELECT s.place_id, s.account_cipher, s.account_idx, NULL::bytea FROM school s"
        " JOIN asked ON asked.school = s.place_id JOIN visible ON visible.id = s.place_id"
        " WHERE s.account_cipher IS NOT NULL",
        schools.named("asked"),
        access.visible(scope=scope),
    )
    note(scope=scope, reason=reason, what=ACCOUNT, persons=[cast(UUID, row[0]) for row in rows])
    return dict(_opened(rows, "school", ACCOUNT))


def _opened(rows: list[tuple[Any, ...]], table: str, column: str) -> Iterator[tuple[UUID, str]]:
    for key, cipher, index, index_next in rows:
        later = None if index_next is None else bytes(index_next)
        yield (
            key,
            secrets.open(bytes(cipher), table=table, column=column, index=bytes(index), index_next=later),
        )
