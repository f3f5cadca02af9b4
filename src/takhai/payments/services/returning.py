"""After the close: money that schools send back, and cash that was received late."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from takhai.ledger.services.posting import post
from takhai.ledger.types import POSTING_COLUMNS, Kind
from takhai.platform.history import acting
from takhai.platform.intake.answers import stage, together
from takhai.platform.relations import Relation
from takhai.platform.sets import apply, execute, fetch, load, materialise, select
from takhai.platform.types import Outcome
from takhai.thai.calendar import Term

BY: Final = "semester after recover"
RETURN: Final = load("takhai.payments", "returning")

_COLUMNS: Final[Mapping[str, str]] = {
    "reference": "text",
    "school_code": "text",
    "satang": "bigint",
    "booked_on": "date",
}
_TAKE: Final = """
INSERT INTO school_return (
    round, row_sha, copy, "group", reference, satang, booked_on, outcome, file_sha, row_no, recorded_by
)
SELECT %(round)s, g.row_sha, g.copy, %(group)s, g.reference, g.satang, g.booked_on, '', %(file_sha)s, g.row_no,
    %(by)s
FROM given g JOIN return_bill b
    ON b.round = %(round)s AND b."group" = %(group)s AND b.reference = g.reference AND b.school_code = g.school_code
ORDER BY g.row_sha, g.copy
ON CONFLICT (round, row_sha, copy) DO NOTHING
"""
_NO_BILL: Final = """
INSERT INTO payment_exception (
    round, reason, row_sha, copy, "group", reference, satang, file_sha, row_no, recorded_by
)
SELECT %(round)s, 'return_without_bill', g.row_sha, g.copy, %(group)s, g.reference, g.satang, %(file_sha)s,
    g.row_no, %(by)s
FROM given g
WHERE NOT EXISTS (
    SELECT FROM return_bill b WHERE b.round = %(round)s AND b."group" = %(group)s
        AND b.reference = g.reference AND b.school_code = g.school_code
)
ON CONFLICT (round, reason, row_sha, copy) DO NOTHING
"""
# Bills and lines of the group are taken in the order of their keys before anything is reckoned.
_LOCK: Final = """
SELECT (
    SELECT count(*) FROM (
        SELECT FROM return_bill WHERE round = %(round)s AND "group" = %(group)s ORDER BY school_id FOR UPDATE
    ) bills
) + (
    SELECT count(*) FROM (
        SELECT FROM order_line WHERE round = %(round)s AND "group" = %(group)s AND state = 'due_back'
        ORDER BY id FOR UPDATE
    ) lines
)
"""
# A receipt counts from its day, but never before the cash fell due.
_DUE_COLUMNS: Final[Mapping[str, str]] = {
    "key": "uuid",
    "school": "uuid",
    "agency": "text",
    "satang": "bigint",
    "late_on": "date",
}
_DUE: Final = """
SELECT l.id AS key, l.school_id AS school, l.agency, l.satang,
    CASE WHEN r.status = 'received' AND r.reasoned AND greatest(r.received_on, l.closed_on) <= %(until)s
        THEN greatest(r.received_on, l.closed_on) END AS late_on
FROM order_line l
LEFT JOIN receipt r ON r.round = l.round AND r.line = l.id
WHERE l.round = %(round)s AND l."group" = %(group)s AND l.state = 'due_back'
"""
# A bill is due once no line of the school waits for the clock; returns are looked at in the order of days.
_FACT_COLUMNS: Final[Mapping[str, str]] = {
    "key": "uuid",
    "row_sha": "text",
    "copy": "integer",
    "school": "uuid",
    "satang": "bigint",
    "booked_on": "date",
    "due": "bigint",
    "paid_before": "boolean",
}
_FACTS: Final = """
SELECT d.key, d.row_sha, d.copy, d.school, d.satang, d.booked_on, d.due,
    d.returned OR count(*) FILTER (WHERE d.satang = d.due) OVER earlier > 0 AS paid_before
FROM (
    SELECT md5(s.row_sha || s.copy)::uuid AS key, s.row_sha, s.copy, b.school_id AS school, s.satang, s.booked_on,
        s.row_no, b.returned_on IS NOT NULL AS returned,
        coalesce((
            SELECT sum(due.satang)::bigint FROM due
            WHERE due.school = b.school_id AND (due.late_on IS NULL OR due.late_on > s.booked_on)
        ), 0) AS due
    FROM school_return s
    JOIN return_bill b ON b.round = s.round AND b.reference = s.reference
    WHERE s.round = %(round)s AND s."group" = %(group)s AND s.outcome = '' AND s.booked_on <= %(until)s
        AND NOT EXISTS (
            SELECT FROM order_line l WHERE l.round = %(round)s AND l."group" = %(group)s
                AND l.school_id = b.school_id AND l.state = 'accepted'
        )
) d
WINDOW earlier AS (
    PARTITION BY d.school ORDER BY d.booked_on, d.row_no, d.row_sha, d.copy
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
)
"""
_OUTCOMES: Final = """
UPDATE school_return s SET outcome = coalesce(j.trouble, 'returned')
FROM facts f JOIN judged j ON j.key = f.key
WHERE s.round = %(round)s AND s.row_sha = f.row_sha AND s.copy = f.copy
"""
_BILLS: Final = """
UPDATE return_bill b SET returned_on = f.booked_on, satang = f.satang
FROM facts f JOIN judged j ON j.key = f.key
WHERE j.trouble IS NULL AND b.round = %(round)s AND b."group" = %(group)s AND b.school_id = f.school
"""
_TROUBLE: Final = """
INSERT INTO payment_exception (
    round, reason, row_sha, copy, "group", reference, satang, file_sha, row_no, recorded_by
)
SELECT s.round, j.trouble, s.row_sha, s.copy, s."group", s.reference, s.satang, s.file_sha, s.row_no, %(by)s
FROM facts f
JOIN judged j ON j.key = f.key
JOIN school_return s ON s.round = %(round)s AND s.row_sha = f.row_sha AND s.copy = f.copy
WHERE j.trouble IS NOT NULL
ON CONFLICT (round, reason, row_sha, copy) DO NOTHING
"""
# What came of each line: received late, returned on its bill's day, or still due.
_ENDS: Final = """
SELECT d.key, d.agency, d.satang,
    CASE WHEN d.late_on <= coalesce(p.booked_on, 'infinity') THEN 'paid' ELSE 'returned' END AS state,
    CASE WHEN d.late_on <= coalesce(p.booked_on, 'infinity') THEN d.late_on ELSE p.booked_on END AS on_day
FROM due d
LEFT JOIN (SELECT f.school, f.booked_on FROM facts f JOIN judged j ON j.key = f.key WHERE j.trouble IS NULL) p
    ON p.school = d.school
WHERE p.booked_on IS NOT NULL OR d.late_on IS NOT NULL
"""
_END_COLUMNS: Final[Mapping[str, str]] = {
    "key": "uuid",
    "agency": "text",
    "satang": "bigint",
    "state": "text",
    "on_day": "date",
}
_LINES: Final = """
UPDATE order_line l
SET state = e.state, late_on = CASE e.state WHEN 'paid' THEN e.on_day END, live = e.state = 'paid'
FROM ends e
WHERE l.round = %(round)s AND l.id = e.key
"""
# The money was on its way back already: the receipt says otherwise than the books, and a person must look.
_TOO_LATE: Final = """
INSERT INTO payment_exception (
    round, reason, row_sha, copy, "group", reference, satang, file_sha, row_no, recorded_by
)
SELECT r.round, 'receipt_differs', r.row_sha, 1, %(group)s, r.line::text, e.satang, r.file_sha, r.row_no, %(by)s
FROM ends e
JOIN receipt r ON r.round = %(round)s AND r.line = e.key AND r.status = 'received' AND r.reasoned
WHERE e.state = 'returned'
ON CONFLICT (round, reason, row_sha, copy) DO NOTHING
"""


@transaction.atomic
def take_returns(*, path: Path, round: Term, group: str) -> Outcome:
    """Keeps what schools sent back; ``settle`` compares it with their bills.

    A row that names no bill of that school needs a person; the same file again changes nothing.
    """
    staged = stage(path=path, name="returns", round=round, group=group, columns=_COLUMNS, made=_return)
    where = {"round": str(round), "group": group, "file_sha": staged.file_sha, "by": BY}
    without = execute(_NO_BILL, staged.rows, **where)
    done = execute(_TAKE, staged.rows, **where)
    troubles = {"return_without_bill": without} if without else {}
    return Outcome(done=done, same=staged.count - done - without, refused=together(staged.bad, troubles))


@transaction.atomic
def settle(*, round: Term, group: str, until: date) -> Outcome:
    """Posts late receipts and returns booked by the end of ``until``, in the order of their days.

    A school's bill on a day is its due back less what was received late by that day; a return pays it to the
    satang and once, or needs a person. A second run changes nothing.
    """
    with acting(by=BY):
        return _settle(round=round, group=group, until=until)


def _settle(*, round: Term, group: str, until: date) -> Outcome:
    where = {"round": str(round), "group": group}
    fetch(_LOCK, **where)
    due = materialise(select(_DUE, name="due", columns=_DUE_COLUMNS, until=until, **where), key=("school",))
    facts = materialise(
        select(_FACTS, due, name="facts", columns=_FACT_COLUMNS, until=until, **where), key=("key",)
    )
    judged = materialise(apply(RETURN, facts).named("judged"), key=("key",))
    ends = materialise(select(_ENDS, due, facts, judged, name="ends", columns=_END_COLUMNS), key=("key",))
    execute(_OUTCOMES, facts, judged, round=str(round))
    execute(_BILLS, facts, judged, **where)
    execute(_TROUBLE, facts, judged, round=str(round), by=BY)
    execute(_TOO_LATE, ends, by=BY, **where)
    done = execute(_LINES, ends, round=str(round))
    for kind, state in ((Kind.RECEIVE_LATE, "paid"), (Kind.GIVE_BACK, "returned")):
        post(round=round, group=group, kind=kind, postings=_moved(ends, state), by=BY)
    troubles = fetch(
        "SELECT trouble, count(*) FROM judged WHERE trouble IS NOT NULL GROUP BY 1 ORDER BY 1", judged
    )
    return Outcome(done=done, refused={str(name): int(str(count)) for name, count in troubles})


def _moved(ends: Relation, state: str) -> Relation:
    return select(
        "SELECT key AS reference, agency, satang, 'due_back' AS source, state AS target, on_day AS booked_on"
        " FROM ends WHERE state = %(end_state)s",
        ends,
        name="moved",
        columns=POSTING_COLUMNS,
        end_state=state,
    )


def _return(values: Mapping[str, Any]) -> tuple[object, ...]:
    return values["return_reference"], values["school_code"], values["baht"], values["booked_on"]
