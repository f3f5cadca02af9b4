"""The bank's results: taken in as they come, matched with what was sent at the end of the window."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from takhai.ledger.services.posting import post
from takhai.ledger.types import POSTING_COLUMNS, Kind
from takhai.payments.queries.flows import match_flow
from takhai.payments.services.arriving import judge, refuse_silence
from takhai.payments.types import FATE_COLUMNS
from takhai.platform import secrets
from takhai.platform.flow import Flow
from takhai.platform.intake.answers import STAGED, stage, together
from takhai.platform.sets import apply, execute, fetch, load, materialise, select
from takhai.platform.types import Outcome
from takhai.programmes.services import fates
from takhai.registry import queries as registry
from takhai.registry.sealed import ACCOUNT, NUMBER
from takhai.thai.calendar import Term

STEP: Final = "reconcile"
BY: Final = f"semester {STEP}"
ARRIVING: Final = load("takhai.payments", "arriving_result")
MATCH: Final = load("takhai.payments", "result")

_COLUMNS: Final[Mapping[str, str]] = {
    "reference": "text",
    "number_idx": "bytea",
    "account_idx": "bytea",
    "satang": "bigint",
    "accepted": "boolean",
    "code": "text",
    "booked_on": "date",
}
_COMPARED_COLUMNS: Final[Mapping[str, str]] = {
    **STAGED,
    **_COLUMNS,
    "transfer": "uuid",
    "payee_equal": "boolean",
    "known": "boolean",
    "first": "boolean",
    "same": "boolean",
    "awaited": "boolean",
}
# The first row of the file for a transfer is compared with what stands, the others with that first row.
_COMPARED: Final = """
SELECT g.*, t.id AS transfer,
    coalesce(t.payee_idx = CASE t.channel WHEN 'promptpay' THEN g.number_idx ELSE g.account_idx END, false)
        AS payee_equal,
    t.id IS NOT NULL AS known,
    b.transfer IS NULL AND row_number() OVER same_transfer = 1 AS first,
    coalesce(b.row_sha, first_value(g.row_sha) OVER same_transfer) = g.row_sha AS same,
    coalesce(t.state = 'sent', false) AS awaited
FROM given g
LEFT JOIN transfer t ON t.round = %(round)s AND t.reference = g.reference AND t."group" = %(group)s
LEFT JOIN bank_result b ON b.round = t.round AND b.transfer = t.id
WINDOW same_transfer AS (PARTITION BY coalesce(t.id, g.key) ORDER BY g.row_no)
"""
_UNANSWERED: Final = """
SELECT EXISTS (
    SELECT FROM transfer t
    WHERE t.round = %(round)s AND t."group" = %(group)s AND t.state = 'sent'
        AND NOT EXISTS (SELECT FROM bank_result b WHERE b.round = t.round AND b.transfer = t.id)
)
"""
_STANDS: Final = """
INSERT INTO bank_result (
    round, transfer, payee_equal, satang, accepted, code, booked_on, row_sha, file_sha, row_no, recorded_by
)
SELECT %(round)s, c.transfer, c.payee_equal, c.satang, c.accepted, c.code, c.booked_on, c.row_sha, %(file_sha)s,
    c.row_no, %(by)s
FROM facts c JOIN judged j ON j.key = c.key
WHERE j.stands
ORDER BY c.transfer
"""
_LOCK: Final = """
SELECT count(*) FROM (
    SELECT FROM transfer
    WHERE round = %(round)s AND "group" = %(group)s AND province = %(province)s AND state = 'sent'
    ORDER BY id FOR UPDATE
) locked
"""
_FACTS: Final = """
SELECT t.id AS key, t.channel, t.school_id AS school, b.transfer IS NOT NULL AS answered,
    coalesce(b.booked_on > %(as_of)s, false) AS late, coalesce(b.payee_equal, false) AS payee_equal,
    coalesce(b.satang = t.satang, false) AS satang_equal, coalesce(b.accepted, false) AS accepted, b.code
FROM transfer t
LEFT JOIN bank_result b ON b.round = t.round AND b.transfer = t.id
WHERE t.round = %(round)s AND t."group" = %(group)s AND t.province = %(province)s AND t.state = 'sent'
"""
_MATCHED: Final = (
    "SELECT f.key, f.channel, f.school, v.state, v.reason FROM facts f JOIN verdicts v ON v.key = f.key"
)
_TRANSFERS: Final = """
UPDATE transfer t SET state = m.state, reason = m.reason
FROM matched m WHERE t.round = %(round)s AND t.id = m.key
"""
_LINES: Final = """
UPDATE order_line l
SET state = CASE WHEN m.state = 'accepted' AND m.channel = 'promptpay' THEN 'paid' ELSE m.state END,
    reason = m.reason, live = m.state <> 'refused'
FROM matched m
WHERE l.round = %(round)s AND l."group" = %(group)s AND l.province = %(province)s AND l.transfer = m.key
"""
_LATE: Final = """
INSERT INTO payment_exception (
    round, reason, row_sha, copy, "group", reference, satang, file_sha, row_no, recorded_by
)
SELECT b.round, 'result_late', b.row_sha, 1, t."group", t.reference, b.satang, b.file_sha, b.row_no, %(by)s
FROM facts f
JOIN bank_result b ON b.round = %(round)s AND b.transfer = f.key
JOIN transfer t ON t.round = b.round AND t.id = b.transfer
WHERE f.late
ON CONFLICT (round, reason, row_sha, copy) DO NOTHING
"""
_BILLS: Final = """
INSERT INTO return_bill (round, "group", school_id, school_code, reference, recorded_by)
SELECT %(round)s, %(group)s, m.school, c.code, 'R' || %(prefix)s || c.code, %(by)s
FROM matched m JOIN codes c ON c.school = m.school
WHERE m.state = 'accepted' AND m.channel = 'school'
ORDER BY m.school
"""
_MOVED: Final = """
SELECT l.id AS reference, l.agency, l.satang, 'sent.' || l.channel AS source, %(target)s::text AS target,
    %(booked_on)s::date AS booked_on
FROM order_line l JOIN matched m ON m.key = l.transfer
WHERE l.round = %(at_round)s AND l."group" = %(at_group)s AND l.province = %(at_province)s AND l.state = %(state)s
"""
_HELD: Final = """
SELECT l.entitlement_round, l.person_id AS person, 'held' AS kind, l.reason, l.satang, l.province
FROM order_line l JOIN matched m ON m.key = l.transfer
WHERE l.round = %(at_round)s AND l."group" = %(at_group)s AND l.province = %(at_province)s
    AND m.state IN ('held', 'refused')
"""
_FACT_COLUMNS: Final[Mapping[str, str]] = {
    "key": "uuid",
    "channel": "text",
    "school": "uuid",
    "answered": "boolean",
    "late": "boolean",
    "payee_equal": "boolean",
    "satang_equal": "boolean",
    "accepted": "boolean",
    "code": "text",
}
_MATCHED_COLUMNS: Final[Mapping[str, str]] = {
    "key": "uuid",
    "channel": "text",
    "school": "uuid",
    "state": "text",
    "reason": "text",
}


@transaction.atomic
def take(*, path: Path, round: Term, group: str) -> Outcome:
    """Keeps the first result of each transfer. Nothing is posted yet.

    A row for no transfer of the group, one that contradicts what stands and one for a transfer that was
    already held for want of a result need a person; the same row again changes nothing. A file without a
    good row is refused while a transfer waits for its result.
    """
    secrets.hold()
    staged = stage(path=path, name="results", round=round, group=group, columns=_COLUMNS, made=_result)
    ((unanswered,),) = fetch(_UNANSWERED, round=str(round), group=group)
    refuse_silence(staged=staged, asked=bool(unanswered))
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
def match(*, round: Term, group: str, province: str, as_of: date) -> Flow:
    """Posts what every transfer of one unit came to by the end of ``as_of``; opens the bills of schools.

    A transfer posts only when reference, payee and satang are equal. A second run changes nothing and gives
    the same flow.
    """
    where = {"round": str(round), "group": group, "province": province}
    fetch(_LOCK, **where)
    facts = materialise(
        select(_FACTS, name="facts", columns=_FACT_COLUMNS, as_of=as_of, **where), key=("key",)
    )
    verdicts = apply(MATCH, facts).named("verdicts")
    matched = materialise(
        select(_MATCHED, facts, verdicts, name="matched", columns=_MATCHED_COLUMNS), key=("key",)
    )
    execute(_LATE, facts, round=str(round), by=BY)
    execute(_TRANSFERS, matched, round=str(round))
    execute(_LINES, matched, **where)
    prefix = f"{round.year}{round.semester}{group.upper()}"
    codes = registry.schools(name="codes")
    execute(_BILLS, matched, codes, round=str(round), group=group, prefix=prefix, by=BY)
    here = {f"at_{name}": value for name, value in where.items()}
    for kind, state, target in (
        (Kind.PAY, "paid", "paid"),
        (Kind.DELIVER, "accepted", "at_school"),
        (Kind.REFUSE, "refused", "owed"),
    ):
        moved = select(
            _MOVED,
            matched,
            name="moved",
            columns=POSTING_COLUMNS,
            state=state,
            target=target,
            booked_on=as_of,
            **here,
        )
        post(round=round, group=group, kind=kind, postings=moved, by=BY)
    held = select(_HELD, matched, name="held", columns=FATE_COLUMNS, **here)
    fates.record(round=round, group=group, step=STEP, verdicts=held)
    return match_flow(round=round, group=group, province=province)


def _result(values: Mapping[str, Any]) -> tuple[object, ...]:
    payee = str(values["payee"])
    return (
        values["reference"],
        secrets.index(payee, NUMBER),
        secrets.index(payee, ACCOUNT),
        values["satang"],
        values["status"] == "accepted",
        values["code"] or None,
        values["booked_on"],
    )
