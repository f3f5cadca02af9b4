"""Which rows of a file stand: the facts of each, and the rule over them, in a fixed number of statements."""

from collections.abc import Mapping
from typing import Final

from takhai.access.scope import system_scope
from takhai.platform.relations import Relation
from takhai.platform.sets import apply, load, materialise, select
from takhai.registry import queries as registry
from takhai.thai.calendar import Term

INTAKE: Final = load("takhai.screening", "intake")
_COLUMNS: Final[Mapping[str, str]] = {
    "key": "uuid",
    "row_no": "integer",
    "form_no": "text",
    "person": "uuid",
    "school": "uuid",
    "province": "text",
    "fault": "text",
    "number_repeated": "boolean",
    "pupil_known": "boolean",
    "school_known": "boolean",
    "has_members": "boolean",
    "member_unreadable": "boolean",
    "age_impossible": "boolean",
    "income_negative": "boolean",
    "income_absurd": "boolean",
    "pupil_listed": "boolean",
    "expected": "boolean",
    "repeated": "boolean",
}
_ALONE: Final = """
SELECT g.key, g.row_no, g.form_no, n.person, s.school, e.province, g.fault,
    false AS number_repeated,
    n.person IS NOT NULL AS pupil_known,
    s.school IS NOT NULL AS school_known,
    t.form_no IS NOT NULL AS has_members,
    coalesce(t.member_unreadable, false) AS member_unreadable,
    coalesce(t.age_impossible, false) AS age_impossible,
    coalesce(t.income_negative, false) AS income_negative,
    coalesce(t.income_absurd, false) AS income_absurd,
    coalesce(t.pupil_listed, false) AS pupil_listed,
    e.person IS NOT NULL AS expected,
    false AS repeated
FROM given g
LEFT JOIN number_forms n ON n.idx = g.idx
LEFT JOIN schools s ON s.code = g.school_code
LEFT JOIN tallies t ON t.form_no = g.form_no
LEFT JOIN expected e ON e.person = n.person AND e.school = s.school
"""
# A refused form is as if it had not been sent: only a row that is good by itself takes number or pupil.
_AMONG: Final = """
WITH numbered AS (
    SELECT f.*, a.reason IS NULL AS good,
        k.form_no IS NOT NULL OR count(*) FILTER (WHERE a.reason IS NULL) OVER same_number > 0 AS again
    FROM facts f
    JOIN alone a ON a.key = f.key
    LEFT JOIN form k ON k.round = %(round)s AND k.form_no = f.form_no
    WINDOW same_number AS (
        PARTITION BY f.form_no ORDER BY f.row_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
)
SELECT n.key, n.row_no, n.form_no, n.person, n.school, n.province, n.fault, n.again AS number_repeated,
    n.pupil_known, n.school_known, n.has_members, n.member_unreadable, n.age_impossible, n.income_negative,
    n.income_absurd, n.pupil_listed, n.expected,
    k.person_id IS NOT NULL OR count(*) FILTER (WHERE n.good AND NOT n.again) OVER same_pupil > 0 AS repeated
FROM numbered n
LEFT JOIN form k ON k.round = %(round)s AND k.person_id = n.person
WINDOW same_pupil AS (
    PARTITION BY n.person ORDER BY n.row_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
)
"""
_JUDGED: Final = """
SELECT f.key, f.row_no, f.form_no, f.person, f.school, f.province, v.reason
FROM facts f JOIN verdicts v ON v.key = f.key
"""
JUDGED: Final[Mapping[str, str]] = {
    "key": "uuid",
    "row_no": "integer",
    "form_no": "text",
    "person": "uuid",
    "school": "uuid",
    "province": "text",
    "reason": "text",
}


def judge(*, given: Relation, tallies: Relation, expected: Relation, round: Term, reason: str) -> Relation:
    """Each row of ``given`` with its pupil, school and ``reason`` (NULL: it is taken), laid down as ``judged``.

    ``expected`` are the pupils to be screened (person, school, province).
    """
    facts = materialise(
        select(
            _ALONE,
            given,
            tallies,
            expected.require("person", "school", "province").named("expected"),
            registry.number_forms(scope=system_scope(reason=reason)),
            registry.schools(),
            name="facts",
            columns=_COLUMNS,
        ),
        key=("key",),
    )
    alone = materialise(apply(INTAKE, facts).named("alone"), key=("key",))
    among = materialise(
        select(_AMONG, facts, alone, name="facts", columns=_COLUMNS, round=str(round)), key=("key",)
    )
    verdicts = apply(INTAKE, among).named("verdicts")
    return materialise(select(_JUDGED, among, verdicts, name="judged", columns=JUDGED), key=("key",))
