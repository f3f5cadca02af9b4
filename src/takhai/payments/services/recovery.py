"""The cash clock: receipts come in, the window closes, what was not received goes back."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from takhai.ledger.services.posting import post
from takhai.ledger.types import POSTING_COLUMNS, Kind
from takhai.payments.queries.flows import recovery_flow
from takhai.payments.services.arriving import judge, refuse_silence
from takhai.payments.services.returning import settle, take_returns
from takhai.payments.types import FATE_COLUMNS
from takhai.platform.flow import Flow
from takhai.platform.intake.answers import STAGED, stage, together
from takhai.platform.sets import apply, execute, fetch, load, materialise, select
from takhai.platform.types import Outcome
from takhai.policy.types import Window
from takhai.programmes.services import fates
from takhai.thai.calendar import Term

__all__ = ["close", "settle", "take_receipts", "take_returns"]

STEP: Final = "recover"
BY: Final = f"semester {STEP}"
ARRIVING: Final = load("takhai.payments", "arriving_receipt")
RECOVER: Final = load("takhai.payments", "recovery")

_COLUMNS: Final[Mapping[str, str]] = {
    "reference": "text",
    "status": "text",
    "satang": "bigint",
    "received_on": "date",
    "reasoned": "boolean",
}
_COMPARED_COLUMNS: Final[Mapping[str, str]] = {
    **STAGED,
    **_COLUMNS,
    "line": "uuid",
    "state": "text",
    "same": "boolean",
    "first": "boolean",
    "equal": "boolean",
}
# Only a line whose school was paid for it is on a cash roll. A second row of one file is a repetition even
# when it says the same; the same row in a later file is the same receipt sent again.
_COMPARED: Final = """
SELECT g.*, l.id AS line, l.state,
    coalesce(r.row_sha = g.row_sha, false) AND g.copy = 1 AS same,
    r.line IS NULL AND row_number() OVER (PARTITION BY coalesce(l.id, g.key) ORDER BY g.row_no) = 1 AS first,
    coalesce(g.satang = l.satang, false) AS equal
FROM given g
LEFT JOIN order_line l ON l.round = %(round)s AND l."group" = %(group)s AND l.channel = 'school'
    AND l.state IN ('accepted', 'paid', 'due_back', 'returned') AND l.id::text = lower(g.reference)
LEFT JOIN receipt r ON r.round = l.round AND r.line = l.id
"""
_STANDS: Final = """
INSERT INTO receipt (
    round, line, status, received_on, reasoned, row_sha, file_sha, row_no, recorded_by
)
SELECT %(round)s, f.line, f.status, f.received_on, f.reasoned, f.row_sha, %(file_sha)s, f.row_no, %(by)s
FROM facts f JOIN judged j ON j.key = f.key
WHERE j.stands
ORDER BY f.line
"""
_LOCK: Final = """
SELECT count(*) FROM (
    SELECT FROM order_line
    WHERE round = %(round)s AND "group" = %(group)s AND province = %(province)s AND state = 'accepted'
    ORDER BY id FOR UPDATE
) locked
"""
_FACT_COLUMNS: Final[Mapping[str, str]] = {"key": "uuid", "status": "text", "inside": "boolean"}
_FACTS: Final = """
SELECT l.id AS key, r.status, coalesce(r.received_on BETWEEN %(opens)s AND %(closes)s, false) AS inside
FROM order_line l
LEFT JOIN receipt r ON r.round = l.round AND r.line = l.id
WHERE l.round = %(round)s AND l."group" = %(group)s AND l.province = %(province)s AND l.state = 'accepted'
"""
_CLOSE: Final = """
UPDATE order_line l
SET state = v.state, reason = v.reason, closed_on = CASE v.state WHEN 'due_back' THEN %(closes)s::date END
FROM verdicts v
WHERE l.round = %(round)s AND l.id = v.key
"""
# A receipt dated outside the window and without a reason does not stand: it may come again with one.
_TROUBLE: Final = """
WITH taken AS (
    DELETE FROM receipt r USING facts f
    WHERE r.round = %(round)s AND r.line = f.key AND r.status = 'received' AND NOT f.inside AND NOT r.reasoned
    RETURNING r.row_sha, r.line, r.file_sha, r.row_no
)
INSERT INTO payment_exception (
    round, reason, row_sha, copy, "group", reference, satang, file_sha, row_no, recorded_by
)
SELECT %(round)s, 'late_receipt_without_reason', t.row_sha, 1, %(group)s, t.line::text, NULL, t.file_sha, t.row_no,
    %(by)s
FROM taken t
ON CONFLICT (round, reason, row_sha, copy) DO NOTHING
"""
_MOVED: Final = """
SELECT l.id AS reference, l.agency, l.satang, 'at_school' AS source, l.state AS target,
    %(booked_on)s::date AS booked_on
FROM order_line l JOIN verdicts v ON v.key = l.id
WHERE l.round = %(at_round)s AND v.state = %(state)s
"""
_DROPPED: Final = """
SELECT l.entitlement_round, l.person_id AS person, 'dropped' AS kind, l.reason, l.satang, l.province
FROM order_line l JOIN verdicts v ON v.key = l.id
WHERE l.round = %(at_round)s AND v.state = 'due_back'
"""


@transaction.atomic
def take_receipts(*, path: Path, round: Term, group: str) -> Outcome:
    """Keeps the receipt of each line. Nothing is posted: that is done by the close, and by ``settle`` after it.

    A row for no line of a cash roll, of another amount, a second one for a line, or after the close without
    a reason needs a person; the same row in a later file changes nothing. A file whose rows are all bad is
    refused (``answer_says_nothing``): it is no word that nobody came.
    """
    staged = stage(path=path, name="receipts", round=round, group=group, columns=_COLUMNS, made=_receipt)
    refuse_silence(staged=staged, asked=False)
    facts = materialise(
        select(
            _COMPARED, staged.rows, name="facts", columns=_COMPARED_COLUMNS, round=str(round), group=group
        ),
        key=("key",),
    )
    judged, troubles = judge(staged=staged, verdicts=apply(ARRIVING, facts), round=round, group=group, by=BY)
    done = execute(_STANDS, facts, judged, round=str(round), file_sha=staged.file_sha, by=BY)
    same = staged.count - done - sum(troubles.values())
    return Outcome(done=done, same=same, refused=together(staged.bad, troubles))


@transaction.atomic
def close(*, round: Term, group: str, province: str, as_of: date, window: Window) -> Flow:
    """Ends the clock for one unit: received inside ``window`` is paid, everything else is due back.

    A second run changes nothing and gives the same flow.
    """
    where = {"round": str(round), "group": group, "province": province}
    fetch(_LOCK, **where)
    facts = materialise(
        select(
            _FACTS,
            name="facts",
            columns=_FACT_COLUMNS,
            opens=window.opens,
            closes=window.closes,
            **where,
        ),
        key=("key",),
    )
    verdicts = materialise(apply(RECOVER, facts).named("verdicts"), key=("key",))
    execute(_CLOSE, verdicts, round=str(round), closes=window.closes)
    execute(_TROUBLE, facts, round=str(round), group=group, by=BY)
    for kind, state in ((Kind.RECEIVE, "paid"), (Kind.FALL_DUE, "due_back")):
        moved = select(
            _MOVED,
            verdicts,
            name="moved",
            columns=POSTING_COLUMNS,
            at_round=str(round),
            state=state,
            booked_on=as_of,
        )
        post(round=round, group=group, kind=kind, postings=moved, by=BY)
    dropped = select(_DROPPED, verdicts, name="dropped", columns=FATE_COLUMNS, at_round=str(round))
    fates.record(round=round, group=group, step=STEP, verdicts=dropped)
    return recovery_flow(round=round, group=group, province=province)


def _receipt(values: Mapping[str, Any]) -> tuple[object, ...]:
    return (
        values["line_reference"],
        values["status"],
        values["baht"],
        values["received_on"],
        bool(str(values["reason"] or "").strip()),
    )
