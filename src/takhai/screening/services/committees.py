"""What school committees send: their signed meetings, and their word on each pupil of the list."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from takhai.platform.intake.answers import STAGED, Staged, stage, together
from takhai.platform.problems import Refusal
from takhai.platform.relations import Relation
from takhai.platform.sets import apply, execute, fetch, load, materialise, select
from takhai.platform.types import Outcome
from takhai.registry import queries as registry
from takhai.thai.calendar import Term

BY: Final = "semester certify"
MEMBER: Final = load("takhai.screening", "arriving_member")
VERDICT: Final = load("takhai.screening", "arriving_verdict")

# The lock of the triggers: what is read of a school stays true until its rows are written.
_SHARED: Final = (
    "SELECT pg_advisory_xact_lock_shared(hashtextextended('certify ' || %(round)s || ' ' || %(group)s, 0))"
)
_ASKED: Final = """
SELECT EXISTS (SELECT FROM assessment a WHERE a.round = %(round)s AND a."group" = %(group)s AND a.extremely_poor)
"""
_BY_REASON: Final = "SELECT trouble, count(*) FROM judged WHERE trouble IS NOT NULL GROUP BY 1 ORDER BY 1"

_MEMBER_COLUMNS: Final[Mapping[str, str]] = {
    "school_code": "text",
    "met_on": "date",
    "signed_on": "date",
    "member_no": "integer",
    "name": "text",
    "position": "text",
    "number_masked": "text",
    "present": "boolean",
}
_MEMBER_FACT_COLUMNS: Final[Mapping[str, str]] = {
    **STAGED,
    **_MEMBER_COLUMNS,
    "school": "uuid",
    "known": "boolean",
    "closed": "boolean",
    "signed": "boolean",
    "same": "boolean",
    "days_equal": "boolean",
    "first": "boolean",
}
# A school's first row tells the days of its meeting; of rows with those days the first of a number is the member.
_MEMBER_FACTS: Final = """
SELECT d.*,
    coalesce(e.row_sha = d.row_sha, d.copy > 1) AS same,
    row_number() OVER (PARTITION BY d.school, d.days_equal, d.member_no ORDER BY d.row_no) = 1 AS first
FROM (
    SELECT g.*, s.school, s.school IS NOT NULL AS known, m.school_id IS NOT NULL AS signed,
        EXISTS (
            SELECT FROM certification c
            WHERE c.round = %(round)s AND c."group" = %(group)s AND c.school_id = s.school
        ) AS closed,
        (g.met_on, g.signed_on) = (first_value(g.met_on) OVER of_school, first_value(g.signed_on) OVER of_school)
            AS days_equal
    FROM given g
    LEFT JOIN schools s ON s.code = g.school_code
    LEFT JOIN meeting m ON m.round = %(round)s AND m."group" = %(group)s AND m.school_id = s.school
    WINDOW of_school AS (PARTITION BY g.school_code ORDER BY g.row_no)
) d
LEFT JOIN meeting_member e ON e.round = %(round)s AND e."group" = %(group)s AND e.school_id = d.school
    AND e.member_no = d.member_no
"""
_MEETINGS: Final = """
INSERT INTO meeting (
    round, "group", school_id, met_on, signed_on, members, present, file_sha, row_no, recorded_by
)
SELECT %(round)s, %(group)s, f.school, min(f.met_on), min(f.signed_on), count(*), count(*) FILTER (WHERE f.present),
    %(file_sha)s, min(f.row_no), %(by)s
FROM facts f JOIN judged j ON j.key = f.key
WHERE j.stands
GROUP BY f.school
ORDER BY f.school
"""
_MEMBERS: Final = """
INSERT INTO meeting_member (
    round, "group", school_id, member_no, name, position, number_masked, present, row_sha, file_sha, row_no,
    recorded_by
)
SELECT %(round)s, %(group)s, f.school, f.member_no, f.name, f.position, f.number_masked, f.present, f.row_sha,
    %(file_sha)s, f.row_no, %(by)s
FROM facts f JOIN judged j ON j.key = f.key
WHERE j.stands
ORDER BY f.school, f.member_no
"""

_RESULT_COLUMNS: Final[Mapping[str, str]] = {
    "form_no": "text",
    "school_code": "text",
    "result": "text",
    "reason": "text",
}
_RESULT_FACT_COLUMNS: Final[Mapping[str, str]] = {
    **STAGED,
    **_RESULT_COLUMNS,
    "school": "uuid",
    "closed": "boolean",
    "listed": "boolean",
    "first": "boolean",
    "same": "boolean",
    "reasoned": "boolean",
}
# A refusal without its reason is no word, so it is neither first nor compared with.
_RESULT_FACTS: Final = """
SELECT g.*, a.school_id AS school, a.form_no IS NOT NULL AS listed, g.reason <> '' AS reasoned,
    %(late)s OR EXISTS (
        SELECT FROM certification c
        WHERE c.round = %(round)s AND c."group" = %(group)s AND c.school_id = a.school_id
    ) AS closed,
    r.form_no IS NULL AND row_number() OVER of_form = 1 AS first,
    coalesce(r.row_sha, first_value(g.row_sha) OVER of_form) = g.row_sha AS same
FROM given g
LEFT JOIN schools s ON s.code = g.school_code
LEFT JOIN assessment a ON a.round = %(round)s AND a.form_no = g.form_no AND a.form_no <> ''
    AND a."group" = %(group)s AND a.school_id = s.school AND a.extremely_poor
LEFT JOIN committee_result r ON r.round = a.round AND r.form_no = a.form_no
WINDOW of_form AS (
    PARTITION BY coalesce(a.form_no, g.key::text), g.result = 'refused' AND g.reason = '' ORDER BY g.row_no
)
"""
_RESULTS: Final = """
INSERT INTO committee_result (
    round, form_no, "group", school_id, result, reason, row_sha, file_sha, row_no, recorded_by
)
SELECT %(round)s, f.form_no, %(group)s, f.school, f.result, f.reason, f.row_sha, %(file_sha)s, f.row_no, %(by)s
FROM facts f JOIN judged j ON j.key = f.key
WHERE j.stands
ORDER BY f.form_no
"""
_EXCEPTIONS: Final = """
INSERT INTO committee_exception (
    round, reason, row_sha, copy, "group", form_no, file_sha, row_no, recorded_by
)
SELECT %(round)s, j.trouble, f.row_sha, f.copy, %(group)s, f.form_no, %(file_sha)s, f.row_no, %(by)s
FROM facts f JOIN judged j ON j.key = f.key
WHERE j.trouble IS NOT NULL
ORDER BY j.trouble, f.row_sha, f.copy
ON CONFLICT (round, reason, row_sha, copy) DO NOTHING
"""


@transaction.atomic
def take_meetings(*, path: Path, round: Term, group: str) -> Outcome:
    """Keeps the first signed meeting of each school with its members; one row is one member.

    A signed meeting neither gains nor changes a member; the same rows again change nothing. A file without
    a good row is refused while a committee is asked (``committee_says_nothing``).
    """
    staged = _stage(path, "meetings", round, group, _MEMBER_COLUMNS)
    _refuse_silence(staged, round, group)
    where = {"round": str(round), "group": group}
    facts = materialise(
        select(
            _MEMBER_FACTS,
            staged.rows,
            registry.schools(),
            name="facts",
            columns=_MEMBER_FACT_COLUMNS,
            **where,
        ),
        key=("key",),
    )
    judged = materialise(apply(MEMBER, facts).named("judged"), key=("key",))
    execute(_MEETINGS, facts, judged, file_sha=staged.file_sha, by=BY, **where)
    done = execute(_MEMBERS, facts, judged, file_sha=staged.file_sha, by=BY, **where)
    return _outcome(staged, judged, done)


@transaction.atomic
def take_results(*, path: Path, round: Term, group: str) -> Outcome:
    """Keeps the first word on each form of a school's list, while certify is open for the school.

    Rows that are not taken are exceptions (``Trouble``); the same row again changes nothing. A file without
    a good row is refused while a committee is asked (``committee_says_nothing``).
    """
    return _take_results(path, round, group, late=False)


@transaction.atomic
def late(*, path: Path, round: Term, group: str) -> Outcome:
    """Counts words that came after certify was closed: none is taken."""
    return _take_results(path, round, group, late=True)


def _take_results(path: Path, round: Term, group: str, *, late: bool) -> Outcome:
    staged = _stage(path, "committee", round, group, _RESULT_COLUMNS)
    if not late:
        _refuse_silence(staged, round, group)
    where = {"round": str(round), "group": group}
    facts = materialise(
        select(
            _RESULT_FACTS,
            staged.rows,
            registry.schools(),
            name="facts",
            columns=_RESULT_FACT_COLUMNS,
            late=late,
            **where,
        ),
        key=("key",),
    )
    judged = materialise(apply(VERDICT, facts).named("judged"), key=("key",))
    done = execute(_RESULTS, facts, judged, file_sha=staged.file_sha, by=BY, **where)
    execute(_EXCEPTIONS, facts, judged, file_sha=staged.file_sha, by=BY, **where)
    return _outcome(staged, judged, done)


def _stage(path: Path, name: str, round: Term, group: str, columns: Mapping[str, str]) -> Staged:
    fetch(_SHARED, round=str(round), group=group)
    return stage(
        path=path,
        name=name,
        round=round,
        group=group,
        columns=columns,
        made=lambda values: tuple(_told(values, column) for column in columns),
    )


def _refuse_silence(staged: Staged, round: Term, group: str) -> None:
    ((asked,),) = fetch(_ASKED, round=str(round), group=group)
    if not staged.count and (staged.bad or asked):
        raise Refusal("committee_says_nothing", bad=sum(staged.bad.values()))


def _told(values: Mapping[str, Any], column: str) -> object:
    """The value of a column; no reason is an empty one."""
    return "" if values[column] is None else values[column]


def _outcome(staged: Staged, judged: Relation, done: int) -> Outcome:
    troubles = {str(name): int(str(count)) for name, count in fetch(_BY_REASON, judged)}
    same = staged.count - done - sum(troubles.values())
    return Outcome(done=done, same=same, refused=together(staged.bad, troubles))
