"""Entitles the pupils of a list, takes in rows whose hold was lifted, and posts what the Fund now owes."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db import transaction

from takhai.benefits.queries.flows import flow_of
from takhai.benefits.services.freezing import freeze
from takhai.ledger.services.posting import post
from takhai.ledger.types import POSTING_COLUMNS, Kind
from takhai.platform.flow import Flow
from takhai.platform.ids import series
from takhai.platform.relations import Relation, constant
from takhai.platform.sets import apply, execute, fetch, load, materialise
from takhai.policy import RoundPolicy
from takhai.programmes.services import fates
from takhai.thai.calendar import Term

__all__ = ["freeze", "run"]

STEP: Final = "entitle"
BY: Final = f"semester {STEP}"
NEEDS: Final = ("person", "school", "agency", "grade", "level", "province", "area_code", "compliant")
RATES: Final = load("takhai.benefits", "rates")
ENTITLE: Final = load("takhai.benefits", "entitlement")
REJOIN: Final = load("takhai.benefits", "rejoining")

_FACT_COLUMNS: Final[Mapping[str, str]] = {
    "key": "uuid",
    "school": "uuid",
    "agency": "text",
    "grade": "text",
    "level": "text",
    "province": "text",
    "area_code": "text",
    "satang": "bigint",
    "finding": "text",
    "compliant": "boolean",
    "failing_holds": "boolean",
}
# What we judged ourselves last round is the last word; else the list's, of a round that was not ours.
_FACTS: Final = """
SELECT b.person AS key, b.school, b.agency, b.grade, b.level, b.province, b.area_code,
    t.satang, f.reason AS finding, coalesce(c.compliant, b.compliant) AS compliant,
    %(failing_holds)s::boolean AS failing_holds
FROM given b
LEFT JOIN (SELECT level, agency, sum(satang)::bigint AS satang FROM shares GROUP BY level, agency) t
    ON t.level = b.level AND t.agency = b.agency
LEFT JOIN findings f ON f.round = %(round)s AND f.person = b.person
LEFT JOIN compliance c ON c.round = %(last)s AND c.person_id = b.person
WHERE NOT EXISTS (SELECT FROM entitlement e WHERE e.round = %(round)s AND e.person_id = b.person)
"""
_ENTITLE: Final = """
INSERT INTO entitlement (
    round, person_id, reference, "group", list_round, list_group, school_id, agency, grade, level, province,
    area_code, satang, standing, reason, finding, compliant, failing_holds, policy_sha256, as_of, recorded_by
)
SELECT %(round)s, f.key, (%(series)s || lpad(to_hex(row_number() OVER (ORDER BY f.key)), 10, '0'))::uuid,
    %(group)s, CASE v.standing WHEN 'granted' THEN %(round)s END,
    CASE v.standing WHEN 'granted' THEN %(group)s END,
    f.school, f.agency, f.grade, f.level, f.province, f.area_code, v.amount, v.standing, v.reason,
    f.finding, f.compliant, f.failing_holds, %(policy)s, %(as_of)s, %(by)s
FROM facts f JOIN verdicts v ON v.key = f.key
ORDER BY f.key
"""
_SHARE_OUT: Final = """
INSERT INTO entitlement_line (round, person_id, component, satang)
SELECT %(round)s, f.key, s.component, s.satang
FROM facts f JOIN shares s ON s.level = f.level AND s.agency = f.agency
"""
_HELD: Final = """
SELECT e.reference AS key, e.reason AS held_for, f.reason AS finding, e.round, e.person_id AS person
FROM entitlement e
LEFT JOIN findings f ON f.round = e.round AND f.person = e.person_id
WHERE e.standing = 'held' AND e.province = %(province)s AND e.round <= %(round)s
    AND (e.round, e."group") <> (%(round)s, %(group)s)
"""
_LOCK: Final = """
SELECT count(*) FROM (
    SELECT FROM entitlement e JOIN joining j ON j.round = e.round AND j.person = e.person_id
    ORDER BY e.round, e.person_id FOR UPDATE OF e
) locked
"""
_JOIN: Final = """
UPDATE entitlement e
SET standing = 'granted', list_round = %(round)s, list_group = %(group)s, joined_on = %(as_of)s
FROM joining j
WHERE e.round = j.round AND e.person_id = j.person AND e.standing = 'held'
"""


@transaction.atomic
def run(
    *,
    round: Term,
    group: str,
    province: str,
    as_of: date,
    policy: RoundPolicy,
    beneficiaries: Relation,
    findings: Relation,
) -> Flow:
    """Decides every beneficiary of one unit once, adds lifted rows of earlier lists, posts budget -> owed.

    ``beneficiaries`` has the columns NEEDS, ``compliant`` being the last list's word; where we judged the last
    round ourselves, that counts. ``findings`` has round, person, reason: what identity finds on the day
    ``as_of``, of all rounds. A second run changes nothing and gives the same flow. The database refuses a row
    for a list that is frozen.
    """
    where = {"round": str(round), "group": group}
    given = materialise(beneficiaries.require(*NEEDS).named("given"), key=("person",))
    found = materialise(findings.require("round", "person", "reason").named("findings"), key=("person",))
    shares = materialise(apply(RATES, given.named("kinds"), rate_table(policy=policy)).named("shares"))
    facts = _facts(given, shares, found, round=round, failing_holds=policy.not_compliant == "hold")
    verdicts = materialise(apply(ENTITLE, facts).named("verdicts"), key=("key",))
    execute(_ENTITLE, facts, verdicts, series=series(), policy=policy.sha256, as_of=as_of, by=BY, **where)
    execute(_SHARE_OUT, facts, shares, round=str(round))
    fates.record(round=round, group=group, step=STEP, verdicts=_refused(facts, verdicts, round))
    _join(round=round, group=group, province=province, as_of=as_of, findings=found)
    post(round=round, group=group, kind=Kind.ENTITLE, postings=_owed(round, group, province), by=BY)
    return flow_of(round=round, group=group, province=province, given=given, shares=shares)


def rate_table(*, policy: RoundPolicy) -> Relation:
    """The round's rates that can pay: level, agency (null for any), component, satang."""
    return constant(
        name="rates",
        columns={"level": "text", "agency": "text", "component": "text", "satang": "bigint"},
        rows=[(rate.level, rate.affiliation, rate.component, rate.satang) for rate in policy.rates],
    )


def _facts(
    given: Relation, shares: Relation, found: Relation, *, round: Term, failing_holds: bool
) -> Relation:
    with_inputs = ", ".join(f"{each.name} AS ({each.sql})" for each in (given, shares, found))
    return materialise(
        Relation(
            name="facts",
            columns=_FACT_COLUMNS,
            sql=f"WITH {with_inputs} {_FACTS}",
            params={"round": str(round), "last": str(round.previous()), "failing_holds": failing_holds},
        ),
        key=("key",),
    )


def _refused(facts: Relation, verdicts: Relation, round: Term) -> Relation:
    return Relation(
        name="refused",
        columns={
            "entitlement_round": "text",
            "person": "uuid",
            "kind": "text",
            "reason": "text",
            "satang": "bigint",
            "province": "text",
        },
        sql=f"SELECT %(own_round)s::text AS entitlement_round, f.key AS person, v.standing AS kind, v.reason,"  # noqa: S608
        f" v.amount AS satang, f.province FROM ({facts.sql}) f JOIN ({verdicts.sql}) v ON v.key = f.key"
        " WHERE v.standing <> 'granted'",
        params={"own_round": str(round)},
    )


def _join(*, round: Term, group: str, province: str, as_of: date, findings: Relation) -> None:
    where = {"round": str(round), "group": group}
    held = materialise(
        Relation(
            name="facts",
            columns={"key": "uuid", "held_for": "text", "finding": "text", "round": "text", "person": "uuid"},
            sql=f"WITH findings AS ({findings.sql}) {_HELD}",
            params={**where, "province": province},
        )
    )
    lifted = apply(REJOIN, held).named("lifted")
    joining = materialise(
        Relation(
            name="joining",
            columns={"round": "text", "person": "uuid"},
            sql=f"SELECT h.round, h.person FROM ({held.sql}) h"  # noqa: S608
            f" JOIN ({lifted.sql}) l ON l.key = h.key WHERE l.joins",
        )
    )
    fetch(_LOCK, joining)
    execute(_JOIN, joining, as_of=as_of, **where)


def _owed(round: Term, group: str, province: str) -> Relation:
    return materialise(
        Relation(
            name="owed",
            columns=POSTING_COLUMNS,
            sql="SELECT reference, agency, satang, 'budget' AS source, 'owed' AS target,"
            " coalesce(joined_on, as_of) AS booked_on FROM entitlement"
            " WHERE list_round = %(round)s AND list_group = %(group)s AND province = %(province)s",
            params={"round": str(round), "group": group, "province": province},
        )
    )
