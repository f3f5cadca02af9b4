"""Orders: each pupil of an approved list gets a line, the bank gets transfers.

What keeps a pupil from being paid twice is the unique index of live payments, not a lock: whoever brings
the second line of an entitlement waits for the first at the index and then leaves his out.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db import transaction

from takhai.benefits.types import GRANTED_COLUMNS
from takhai.ledger.services.posting import carry, post
from takhai.ledger.types import CARRY_COLUMNS, POSTING_COLUMNS, Kind
from takhai.payments.queries.approvals import is_approved
from takhai.payments.queries.flows import order_flow
from takhai.payments.services.approving import Answer, approve, take_approval
from takhai.payments.types import FATE_COLUMNS
from takhai.platform.flow import Flow
from takhai.platform.ids import series
from takhai.platform.problems import Refusal
from takhai.platform.relations import Relation
from takhai.platform.sets import apply, execute, fetch, load, materialise, select
from takhai.programmes.services import fates
from takhai.registry import queries as registry
from takhai.thai.calendar import Term

__all__ = ["Answer", "approve", "issue", "take_approval"]

STEP: Final = "order"
BY: Final = f"semester {STEP}"
CHANNEL: Final = load("takhai.payments", "channel")

_FACTS_COLUMNS: Final[Mapping[str, str]] = {
    **GRANTED_COLUMNS,
    "carried_from": "uuid",
    "from_round": "text",
    "from_group": "text",
    "key": "uuid",
    "form": "text",
    "number_idx": "bytea",
    "choice": "text",
    "account_idx": "bytea",
    "has_account": "boolean",
}
_GRANTED: Final = ", ".join(f"g.{column}" for column in GRANTED_COLUMNS)
# Own rows of the list that have no line yet, and lines of earlier groups whose money lies with us.
_FACTS: Final = f"""
SELECT c.*, (%(series)s || lpad(to_hex(row_number() OVER (ORDER BY c.entitlement_round, c.person)), 10, '0'))::uuid
        AS key,
    n.form, n.idx AS number_idx, w.channel AS choice, s.idx AS account_idx, s.idx IS NOT NULL AS has_account
FROM (
    SELECT {_GRANTED}, NULL::uuid AS carried_from, NULL::text AS from_round, NULL::text AS from_group
    FROM granted g
    WHERE NOT EXISTS (
        SELECT FROM order_line l WHERE l.round = %(round)s AND l."group" = %(group)s
            AND l.entitlement_round = g.entitlement_round AND l.person_id = g.person
    )
    UNION ALL
    SELECT e.entitlement_round, e.person_id, e.school_id, e.agency, e.grade, e.level, e.province, e.area_code,
        e.satang, e.id, e.round, e."group"
    FROM order_line e
    WHERE NOT e.live AND e.state IN ('held', 'refused') AND e.province = %(province)s
        AND e.round <= %(round)s AND (e.round, e."group") <> (%(round)s, %(group)s)
        AND NOT EXISTS (SELECT FROM order_line n WHERE n.carried_from = e.id)
) c
LEFT JOIN numbers n ON n.person = c.person
LEFT JOIN schools s ON s.school = c.school
LEFT JOIN LATERAL (
    SELECT w.channel FROM channel_choice w WHERE w.person_id = c.person AND w.round <= %(round)s
    ORDER BY w.round DESC LIMIT 1
) w ON true
"""  # noqa: S608
_WORK_COLUMNS: Final[Mapping[str, str]] = {
    **_FACTS_COLUMNS,
    "channel": "text",
    "reason": "text",
    "transfer": "uuid",
}
# A transfer is one pupil or, numbered apart, one school.
_WORK: Final = """
SELECT f.*, v.channel, v.reason, CASE WHEN v.reason IS NULL THEN (%(transfers)s || lpad(to_hex(CASE v.channel
        WHEN 'promptpay' THEN row_number() OVER (ORDER BY f.key)
        ELSE (1::bigint << 36) + dense_rank() OVER (ORDER BY f.school) END), 10, '0'))::uuid END AS transfer
FROM facts f JOIN verdicts v ON v.key = f.key
"""
# Lines whose money waits again are taken alone, those to be paid are shared: among payers the index decides.
_LOCK: Final = """
SELECT count(*) FROM (
    SELECT FROM order_line e JOIN work w ON w.carried_from = e.id AND w.from_round = e.round
    WHERE w.reason {waits} NULL ORDER BY e.round, e.id FOR {strength} OF e
) locked
"""
_LINES: Final = """
INSERT INTO order_line (
    round, "group", entitlement_round, person_id, id, carried_from, channel, transfer, school_id, agency, grade,
    level, province, area_code, satang, state, reason, live, recorded_by
)
SELECT %(round)s, %(group)s, w.entitlement_round, w.person, w.key, w.carried_from, w.channel, w.transfer,
    w.school, w.agency, w.grade, w.level, w.province, w.area_code, w.satang,
    CASE WHEN w.reason IS NULL THEN 'ordered' ELSE 'held' END, w.reason, w.reason IS NULL, %(by)s
FROM work w
WHERE w.carried_from IS NULL OR NOT EXISTS (SELECT FROM order_line n WHERE n.carried_from = w.carried_from)
ORDER BY w.entitlement_round, w.person
ON CONFLICT DO NOTHING
"""
_HERE: Final = """
SELECT id AS key FROM order_line WHERE round = %(round)s AND "group" = %(group)s AND province = %(province)s
"""
_WRITTEN: Final = """
SELECT w.*, c.code FROM work w JOIN here ON here.key = w.key JOIN codes c ON c.school = w.school
"""
_TRANSFERS: Final = """
INSERT INTO transfer (
    round, id, "group", reference, channel, school_id, payee_idx, satang, lines, province, state, recorded_by
)
SELECT %(round)s, w.transfer, %(group)s,
    CASE w.channel WHEN 'promptpay' THEN w.transfer::text ELSE %(prefix)s || min(w.code) END,
    w.channel, CASE w.channel WHEN 'school' THEN w.school END,
    CASE w.channel WHEN 'promptpay' THEN w.number_idx ELSE w.account_idx END,
    sum(w.satang)::bigint, count(*), %(province)s, 'sent', %(by)s
FROM written w
WHERE w.reason IS NULL
GROUP BY w.transfer, w.channel, w.school, CASE w.channel WHEN 'promptpay' THEN w.number_idx ELSE w.account_idx END
ORDER BY w.transfer
"""


@transaction.atomic
def issue(
    *,
    round: Term,
    group: str,
    province: str,
    as_of: date,
    granted: Relation,
    numbers: Relation,
    schools: Relation,
) -> Flow:
    """Lines, transfers and movements of one unit, and money of earlier groups that joins.

    ``granted`` has GRANTED_COLUMNS (the approved list), ``numbers`` person, form, idx (current numbers),
    ``schools`` school, idx (those with an account). Raises Refusal ``list_not_approved``. A second run adds
    nothing and gives the same flow.
    """
    if not is_approved(round=round, group=group):
        raise Refusal("list_not_approved", round=str(round), group=group)
    where = {"round": str(round), "group": group}
    given = materialise(granted.require(*GRANTED_COLUMNS).named("granted"))
    facts = materialise(
        select(
            _FACTS,
            given,
            numbers.require("person", "form", "idx").named("numbers"),
            schools.require("school", "idx").named("schools"),
            name="facts",
            columns=_FACTS_COLUMNS,
            series=series(),
            province=province,
            **where,
        ),
        key=("key",),
    )
    verdicts = apply(CHANNEL, facts).named("verdicts")
    work = materialise(
        select(_WORK, facts, verdicts, name="work", columns=_WORK_COLUMNS, transfers=series()), key=("key",)
    )
    fetch(_LOCK.format(waits="IS", strength="SHARE"), work)
    fetch(_LOCK.format(waits="IS NOT", strength="UPDATE"), work)
    execute(_LINES, work, by=BY, **where)
    here = materialise(select(_HERE, name="here", columns={"key": "uuid"}, province=province, **where))
    columns = {**_WORK_COLUMNS, "code": "text"}
    written = materialise(
        select(_WRITTEN, work, here, registry.schools(name="codes"), name="written", columns=columns)
    )
    execute(_TRANSFERS, written, province=province, prefix=_prefix(round, group), by=BY, **where)
    carry(round=round, group=group, postings=_carried(written, as_of), by=BY)
    post(round=round, group=group, kind=Kind.ORDER, postings=_ordered(written, as_of), by=BY)
    fates.record(round=round, group=group, step=STEP, verdicts=_held(written))
    return order_flow(round=round, group=group, province=province, granted=given)


def _prefix(round: Term, group: str) -> str:
    """What the references of a round and group begin with; a school's code follows."""
    return f"{round.year}{round.semester}{group.upper()}"


def _carried(written: Relation, as_of: date) -> Relation:
    return select(
        "SELECT key AS reference, agency, satang, from_round, from_group, %(booked_on)s::date AS booked_on"
        " FROM written WHERE carried_from IS NOT NULL",
        written,
        name="carried",
        columns=CARRY_COLUMNS,
        booked_on=as_of,
    )


def _ordered(written: Relation, as_of: date) -> Relation:
    return select(
        "SELECT key AS reference, agency, satang, 'owed' AS source, 'sent.' || channel AS target,"
        " %(booked_on)s::date AS booked_on FROM written WHERE reason IS NULL",
        written,
        name="ordered",
        columns=POSTING_COLUMNS,
        booked_on=as_of,
    )


def _held(written: Relation) -> Relation:
    return select(
        "SELECT entitlement_round, person, 'held' AS kind, reason, satang, province FROM written"
        " WHERE reason IS NOT NULL",
        written,
        name="held",
        columns=FATE_COLUMNS,
    )
