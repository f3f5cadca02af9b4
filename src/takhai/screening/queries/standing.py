"""What committees said of each pupil of a round, and apart from it what was decided of him."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast
from uuid import UUID

from takhai.access import queries as access
from takhai.access.scope import Scope
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

_COMMITTEES: Final = """
SELECT a.person_id, r.result, coalesce(r.reason, ''), m.members, m.present, m.met_on, m.signed_on
FROM assessment a
JOIN visible ON visible.id = a.school_id
LEFT JOIN committee_result r ON r.round = a.round AND r.form_no = a.form_no
LEFT JOIN meeting m ON m.round = a.round AND m."group" = a."group" AND m.school_id = a.school_id
WHERE a.round = %(round)s AND a.form_no <> '' AND (%(person)s::uuid IS NULL OR a.person_id = %(person)s)
"""
_DECISIONS: Final = """
SELECT a.person_id, a."group", a.score, a.reason, a.policy_sha256, c.person_id IS NOT NULL, c.reason
FROM assessment a
JOIN visible ON visible.id = a.school_id
LEFT JOIN certification c ON c.round = a.round AND c.person_id = a.person_id
WHERE a.round = %(round)s AND (%(person)s::uuid IS NULL OR a.person_id = %(person)s)
"""


@dataclass(frozen=True, slots=True)
class Met:
    """A signed meeting of a school's committee: how many members it has, how many of them came."""

    members: int
    present: int
    met_on: date
    signed_on: date


@dataclass(frozen=True, slots=True)
class Committee:
    """``result`` is None where the committee said nothing of the pupil, ``met`` where it never met."""

    result: str | None
    reason: str
    met: Met | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What assess decided, and certify once it was closed; a reason is None for who goes on."""

    group: str
    score: int
    reason: str | None
    policy_sha256: str
    closed: bool
    certify_reason: str | None


def committees(*, round: Term, scope: Scope, person: UUID | None = None) -> dict[UUID, Committee]:
    """By person, of pupils with a form: what his school's committee said. One query."""
    found = {}
    for who, result, reason, members, *meeting in _rows(_COMMITTEES, round, scope, person):
        met = None if members is None else Met(members, *meeting)
        found[cast(UUID, who)] = Committee(result=result, reason=reason, met=met)
    return found


def decisions(*, round: Term, scope: Scope, person: UUID | None = None) -> dict[UUID, Decided]:
    """By person: what stands. One query."""
    return {cast(UUID, who): Decided(*rest) for who, *rest in _rows(_DECISIONS, round, scope, person)}


def _rows(statement: str, round: Term, scope: Scope, person: UUID | None) -> list[tuple[Any, ...]]:
    return fetch(statement, access.visible(scope=scope), round=str(round), person=person)
