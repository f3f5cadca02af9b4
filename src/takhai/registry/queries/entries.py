"""What the registers of a round say of its pupils."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from takhai.access import queries as access
from takhai.access.scope import Scope
from takhai.platform.intake.layout import load
from takhai.platform.relations import Relation, constant
from takhai.platform.sets import select
from takhai.thai.calendar import Term

ENTRY: Final[Mapping[str, str]] = {
    "person": "uuid",
    "school": "uuid",
    "school_code": "text",
    "counted": "boolean",
    "agency": "text",
    "grade": "text",
    "level": "text",
    "province": "text",
    "area_code": "text",
    "disadvantage": "text",
}


def entries(*, round: Term, scope: Scope, province: str | None = None) -> Relation:
    """One row for each pupil and school with a good row; ``counted`` is true for one row of a pupil.

    ``province`` narrows it to the pupils who are counted there, with their rows elsewhere. The
    ``disadvantage`` is said in the register's own words. Only schools the scope covers.
    """
    statement = _ALL if province is None else _OF_PROVINCE
    return select(
        statement,
        access.visible(scope=scope, name="visible"),
        _words(),
        name="entries",
        columns=ENTRY,
        entries_round=str(round),
        entries_province=province,
    )


def present(*, round: Term) -> Relation:
    """All who have a good row in the round, at whatever school: person."""
    return select(
        "SELECT person_id AS person FROM register_entry WHERE round = %(present_round)s AND standing = 'first'",
        name="present",
        columns={"person": "uuid"},
        present_round=str(round),
    )


def _words() -> Relation:
    return constant(name="words", columns={"code": "text", "word": "text"}, rows=_codes())


@cache
def _codes() -> tuple[tuple[str, str], ...]:
    (column,) = [column for column in load("dmc").columns if column.field == "disadvantage"]
    return tuple((code, word) for word, code in column.settings["values"].items())


_CHOSEN: Final = """
SELECT e.person_id AS person, e.school_id AS school, s.code AS school_code, e.standing = 'first' AS counted,
       e.agency, e.grade, e.level, e.province, s.area_code, w.word AS disadvantage
FROM register_entry e
JOIN school s ON s.place_id = e.school_id
JOIN visible ON visible.id = e.school_id
LEFT JOIN words w ON w.code = e.disadvantage
"""

_ALL: Final = _CHOSEN + "WHERE e.round = %(entries_round)s AND %(entries_province)s::text IS NULL"

_COUNTED_IN_PROVINCE: Final = """
WHERE e.round = %(entries_round)s AND e.person_id IN (
    SELECT c.person_id FROM register_entry c
    WHERE c.round = %(entries_round)s AND c.province = %(entries_province)s AND c.standing = 'first'
)
"""
_OF_PROVINCE: Final = _CHOSEN + _COUNTED_IN_PROVINCE
