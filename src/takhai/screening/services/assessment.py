"""Step ``assess``: the cut-off is fixed once over all provinces, then every pupil of a unit is compared with it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final, cast

from django.db import transaction

from takhai.platform.flow import Flow
from takhai.platform.problems import Refusal
from takhai.platform.relations import Relation, constant
from takhai.platform.sets import apply, execute, fetch, load, materialise, select
from takhai.policy import RoundPolicy
from takhai.programmes.services import fates
from takhai.screening.queries.cutoffs import find_cutoff
from takhai.screening.queries.flows import assess_flow
from takhai.screening.rules.cutoff import places
from takhai.screening.services.scoring import scored
from takhai.screening.types import Cutoff, Place, Way
from takhai.thai.calendar import Term

STEP: Final = "assess"
BY: Final = f"semester {STEP}"
NEEDS: Final = ("person", "school", "agency", "grade", "level", "province")
CUTOFF: Final = load("takhai.screening", "cutoff")
ASSESS: Final = load("takhai.screening", "assessment")

# The lock under which forms are taken: none is on its way in while the last place is looked for.
_ALONE: Final = "SELECT pg_advisory_xact_lock(hashtextextended('forms ' || %(round)s, 0))"
_COUNTS: Final = """
SELECT count(*), count(*) FILTER (WHERE income_satang <= %(ceiling)s * members) FROM scored WHERE NOT refused
"""
_CANDIDATES: Final = """
SELECT score, income_satang, members, lottery FROM scored
WHERE NOT refused AND income_satang <= %(ceiling)s * members
"""
_PLACE: Final[Mapping[str, str]] = {
    "score": "bigint",
    "income_satang": "bigint",
    "members": "bigint",
    "lottery": "text",
}
_FIX: Final = """
INSERT INTO cutoff (
    round, "group", way, score, income_satang, members, lottery, screened, candidates, places, ceiling_satang,
    lottery_seed, pmt_version, pmt_sha256, policy_sha256, recorded_by
)
VALUES (
    %(round)s, %(group)s, %(way)s, %(score)s, %(income_satang)s, %(members)s, %(lottery)s, %(screened)s,
    %(candidates)s, %(places)s, %(ceiling_satang)s, %(lottery_seed)s, %(pmt_version)s, %(pmt_sha256)s,
    %(policy_sha256)s, %(by)s
)
"""
_FACT_COLUMNS: Final[Mapping[str, str]] = {
    "key": "uuid",
    "form_no": "text",
    "has_form": "boolean",
    "refused": "boolean",
    "income_satang": "bigint",
    "members": "bigint",
    "ceiling_satang": "bigint",
    "score": "bigint",
    "lottery": "text",
    "way": "text",
    "cut_score": "bigint",
    "cut_income_satang": "bigint",
    "cut_members": "bigint",
    "cut_lottery": "text",
}
_FACTS: Final = """
SELECT g.person AS key, coalesce(s.form_no, '') AS form_no, s.key IS NOT NULL AS has_form,
    coalesce(s.refused, false) AS refused, coalesce(s.income_satang, 0) AS income_satang,
    coalesce(s.members, 0) AS members, c.ceiling_satang, coalesce(s.score, 0) AS score,
    coalesce(s.lottery, '') AS lottery, c.way, c.score AS cut_score, c.income_satang AS cut_income_satang,
    c.members::bigint AS cut_members, c.lottery AS cut_lottery
FROM given g
LEFT JOIN scored s ON s.key = g.person
CROSS JOIN cutoff c
WHERE c.round = %(round)s AND c."group" = %(group)s
    AND NOT EXISTS (SELECT FROM assessment a WHERE a.round = %(round)s AND a.person_id = g.person)
"""
_ASSESS: Final = """
INSERT INTO assessment (
    round, person_id, "group", school_id, agency, grade, level, province, form_no, refused, score, income_satang,
    members, lottery, screened, poor, extremely_poor, reason, policy_sha256, as_of, recorded_by
)
SELECT %(round)s, f.key, %(group)s, g.school, g.agency, g.grade, g.level, g.province, f.form_no, f.refused,
    f.score, f.income_satang, f.members, f.lottery, v.screened, v.poor, v.extremely_poor, v.reason, %(policy)s,
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
def fix_cutoff(*, round: Term, group: str, policy: RoundPolicy, by: str) -> Cutoff:
    """The cut-off over all provinces, from the forms that stand now; for good: again, it gives what stands.

    Call it when all forms are in and before the first unit of ``assess``. Two hands at once fix one.
    """
    fetch(_ALONE, round=str(round))
    standing = find_cutoff(round=round, group=group)
    if standing is not None:
        return standing
    forms = scored(round=round, group=group, province=None, policy=policy)
    ceiling = policy.income_ceiling_satang
    ((screened, candidates),) = cast(list[tuple[int, int]], fetch(_COUNTS, forms, ceiling=ceiling))
    way, quota, last = _band(forms, policy, screened)
    fixed = Cutoff(
        round=str(round),
        group=group,
        way=way,
        score=last.score,
        income_satang=last.income_satang,
        members=last.members,
        lottery=last.lottery,
        screened=screened,
        candidates=candidates,
        places=quota,
        ceiling_satang=ceiling,
        lottery_seed=policy.lottery_seed,
        pmt_version=policy.pmt.version,
        pmt_sha256=policy.pmt.sha256,
        policy_sha256=policy.sha256,
    )
    execute(_FIX, by=by, **asdict(fixed))
    return fixed


@transaction.atomic
def run(
    *, round: Term, group: str, province: str, as_of: date, policy: RoundPolicy, members: Relation
) -> Flow:
    """Decides every member of one unit once; whoever is not extremely poor drops with his reason.

    ``members`` has the columns NEEDS. A second run changes nothing and gives the same flow. Refusals:
    ``cutoff_not_fixed``, ``cutoff_of_another_policy``.
    """
    cutoff = find_cutoff(round=round, group=group)
    if cutoff is None:
        raise Refusal("cutoff_not_fixed", round=str(round), group=group)
    if cutoff.policy_sha256 != policy.sha256:
        raise Refusal("cutoff_of_another_policy", round=str(round), group=group)
    where = {"round": str(round), "group": group}
    given = materialise(members.require(*NEEDS).named("given"), key=("person",))
    forms = scored(round=round, group=group, province=province, policy=policy)
    facts = materialise(
        select(_FACTS, given, forms, name="facts", columns=_FACT_COLUMNS, **where), key=("key",)
    )
    verdicts = materialise(apply(ASSESS, facts).named("verdicts"), key=("key",))
    execute(_ASSESS, facts, verdicts, given, policy=policy.sha256, as_of=as_of, by=BY, **where)
    dropped = select(
        _DROPPED,
        facts,
        verdicts,
        given,
        name="dropped",
        columns=fates.VERDICT,
        fated_round=str(round),
    )
    fates.record(round=round, group=group, step=STEP, verdicts=dropped)
    return assess_flow(round=round, group=group, province=province, given=given)


def _band(forms: Relation, policy: RoundPolicy, screened: int) -> tuple[Way, int, Place]:
    """How the band ends, the places of its quota, and the last one's key."""
    nobody = Place(score=0, income_satang=0, members=0, lottery="")
    if policy.band.score is not None:
        return Way.SCORE, 0, Place(policy.band.score, 0, 0, "")
    quota = places(screened=screened, percent=policy.band.quota_percent or 0)
    candidates = select(
        _CANDIDATES, forms, name="candidates", columns=_PLACE, ceiling=policy.income_ceiling_satang
    )
    given = constant(name="quota", columns={"places": "bigint"}, rows=[(quota,)])
    found = cast(
        list[tuple[Any, ...]], fetch("SELECT * FROM last", apply(CUTOFF, candidates, given).named("last"))
    )
    return (Way.QUOTA, quota, Place(*found[0])) if found else (Way.NOBODY, quota, nobody)
