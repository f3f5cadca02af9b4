"""Step ``certify``: the committees' word on every pupil of the list, then it is closed."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db import transaction

from takhai.platform.flow import Flow
from takhai.platform.relations import Relation
from takhai.platform.sets import apply, execute, fetch, load, materialise, select
from takhai.policy import RoundPolicy
from takhai.policy.types import Window
from takhai.programmes.services import fates
from takhai.screening.queries.flows import certify_flow
from takhai.screening.services.committees import late, take_meetings, take_results
from takhai.thai.calendar import Term

__all__ = ["close", "late", "take_meetings", "take_results"]

STEP: Final = "certify"
BY: Final = f"semester {STEP}"
MEETING: Final = load("takhai.screening", "meeting")
CERTIFY: Final = load("takhai.screening", "certification")

# The same key as in the triggers of meetings and results: they share it, whoever closes holds it alone.
_ALONE: Final = (
    "SELECT pg_advisory_xact_lock(hashtextextended('certify ' || %(round)s || ' ' || %(group)s, 0))"
)
_MEETINGS: Final = """
SELECT school_id AS key, members::bigint AS members, present::bigint AS present, met_on, signed_on,
    %(opens)s::date AS opens, %(until)s::date AS until, %(least)s::bigint AS least,
    %(quorum)s::bigint AS quorum_percent
FROM meeting WHERE round = %(met_round)s AND "group" = %(met_group)s
"""
_MEETING_COLUMNS: Final[Mapping[str, str]] = {
    "key": "uuid",
    "members": "bigint",
    "present": "bigint",
    "met_on": "date",
    "signed_on": "date",
    "opens": "date",
    "until": "date",
    "least": "bigint",
    "quorum_percent": "bigint",
}
_LISTED: Final = """
SELECT a.person_id AS person, a.form_no, a.school_id AS school, a.province
FROM assessment a JOIN members m ON m.person = a.person_id
WHERE a.round = %(listed_round)s AND a."group" = %(listed_group)s AND a.province = %(listed_province)s
    AND a.extremely_poor
"""
_LISTED_COLUMNS: Final[Mapping[str, str]] = {
    "person": "uuid",
    "form_no": "text",
    "school": "uuid",
    "province": "text",
}
_FACTS: Final = """
SELECT g.person AS key, r.result, coalesce(m.valid, false) AS met
FROM given g
LEFT JOIN committee_result r ON r.round = %(fact_round)s AND r.form_no = g.form_no
LEFT JOIN met m ON m.key = g.school
WHERE NOT EXISTS (SELECT FROM certification c WHERE c.round = %(fact_round)s AND c.person_id = g.person)
"""
_FACT_COLUMNS: Final[Mapping[str, str]] = {"key": "uuid", "result": "text", "met": "boolean"}
_CERTIFY: Final = """
INSERT INTO certification (
    round, person_id, "group", school_id, province, form_no, result, met, reason, policy_sha256, as_of, recorded_by
)
SELECT %(round)s, f.key, %(group)s, g.school, g.province, g.form_no, f.result, f.met, v.reason, %(policy)s,
    %(as_of)s, %(by)s
FROM facts f
JOIN verdicts v ON v.key = f.key
JOIN given g ON g.person = f.key
ORDER BY f.key
"""
_DROPPED: Final = """
SELECT %(fated_round)s::text AS entitlement_round, f.key AS person, 'dropped' AS kind, v.reason, 0::bigint AS satang,
    g.province
FROM facts f
JOIN verdicts v ON v.key = f.key
JOIN given g ON g.person = f.key
WHERE v.reason IS NOT NULL
"""


@transaction.atomic
def close(
    *,
    round: Term,
    group: str,
    province: str,
    as_of: date,
    policy: RoundPolicy,
    window: Window,
    members: Relation,
) -> Flow:
    """Decides every pupil on the list of one unit; from then on his committee's word is closed.

    ``members`` (person) are the group's; those whom assess found extremely poor come in. A second run
    changes nothing and gives the same flow.
    """
    where = {"round": str(round), "group": group}
    fetch(_ALONE, **where)
    listed = select(
        _LISTED,
        members.require("person").named("members"),
        name="given",
        columns=_LISTED_COLUMNS,
        listed_round=str(round),
        listed_group=group,
        listed_province=province,
    )
    given = materialise(listed, key=("person",))
    met = apply(MEETING, _meetings(round, group, policy, window)).named("met")
    facts = materialise(
        select(_FACTS, given, met, name="facts", columns=_FACT_COLUMNS, fact_round=str(round)), key=("key",)
    )
    verdicts = materialise(apply(CERTIFY, facts).named("verdicts"), key=("key",))
    execute(_CERTIFY, facts, verdicts, given, policy=policy.sha256, as_of=as_of, by=BY, **where)
    dropped = select(
        _DROPPED, facts, verdicts, given, name="dropped", columns=fates.VERDICT, fated_round=str(round)
    )
    fates.record(round=round, group=group, step=STEP, verdicts=dropped)
    return certify_flow(round=round, group=group, province=province, given=given)


def _meetings(round: Term, group: str, policy: RoundPolicy, window: Window) -> Relation:
    return select(
        _MEETINGS,
        name="facts",
        columns=_MEETING_COLUMNS,
        met_round=str(round),
        met_group=group,
        opens=window.opens,
        until=window.until,
        least=policy.committee_least,
        quorum=policy.committee_quorum_percent,
    )
