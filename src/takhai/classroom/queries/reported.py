"""What was reported of pupils in a term, one row for each."""

from collections.abc import Mapping
from typing import Final

from takhai.access import queries as access
from takhai.access.scope import Scope
from takhai.platform.relations import Relation
from takhai.platform.sets import select
from takhai.thai.calendar import Term

ATTENDANCE: Final[Mapping[str, str]] = {
    "person": "uuid",
    "days_present": "integer",
    "sick_leave": "integer",
    "personal_leave": "integer",
    "open_reported": "integer",
    "open_term": "integer",
}
GROWTH: Final[Mapping[str, str]] = {"person": "uuid", "weight_g": "integer", "height_mm": "integer"}

_ATTENDANCE: Final = """
SELECT a.person_id AS person, sum(a.days_present)::integer AS days_present,
    sum(a.sick_leave)::integer AS sick_leave, sum(a.personal_leave)::integer AS personal_leave,
    sum(d.days_open)::integer AS open_reported, max(t.open)::integer AS open_term
FROM attendance_month a
JOIN visible ON visible.id = a.school_id
JOIN school_days d ON d.round = a.round AND d.school_id = a.school_id AND d.month = a.month
JOIN (
    SELECT school_id, sum(days_open) AS open FROM school_days WHERE round = %(attendance_round)s GROUP BY school_id
) t ON t.school_id = a.school_id
WHERE a.round = %(attendance_round)s {among}
GROUP BY a.person_id
"""
# Of two schools the one that measured both speaks, then the later day; the figures settle what is left.
_GROWTH: Final = """
SELECT DISTINCT ON (m.person_id) m.person_id AS person, m.weight_g, m.height_mm
FROM growth_measure m
JOIN visible ON visible.id = m.school_id
WHERE m.round = %(growth_round)s {among}
ORDER BY m.person_id, (m.weight_g > 0)::integer + (m.height_mm > 0)::integer DESC, m.measured_on DESC,
    m.weight_g DESC, m.height_mm DESC
"""


def attendance(*, round: Term, scope: Scope, among: Relation | None = None) -> Relation:
    """Days of each pupil with a row of attendance, over all of his schools and months: ATTENDANCE.

    ``open_reported``: school days of the schools and months that were reported for him. ``open_term``: all
    school days of the term at his school; of several schools the one that had most. His schools are those
    that reported him. ``among`` (person) narrows it to some, so that a province does not read the country.
    """
    return select(
        _ATTENDANCE.format(among=_only("a", among)),
        *_beside(scope, among),
        name="attendance",
        columns=ATTENDANCE,
        attendance_round=str(round),
    )


def growth(*, round: Term, scope: Scope, among: Relation | None = None) -> Relation:
    """Weight and height of each pupil with a row of growth, 0 where it was not measured: GROWTH.

    Of several schools the row with most measured speaks, then the latest.
    """
    return select(
        _GROWTH.format(among=_only("m", among)),
        *_beside(scope, among),
        name="growth",
        columns=GROWTH,
        growth_round=str(round),
    )


def _only(row: str, among: Relation | None) -> str:
    return "" if among is None else f"AND {row}.person_id IN (SELECT person FROM among)"  # noqa: S608


def _beside(scope: Scope, among: Relation | None) -> list[Relation]:
    narrowed = [] if among is None else [among.require("person").named("among")]
    return [access.visible(scope=scope), *narrowed]
