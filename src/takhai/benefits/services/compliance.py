"""Step ``comply``: whether each beneficiary kept the conditions of the round, for the next round to read."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db import transaction

from takhai.benefits.queries.compliance import flow_of
from takhai.platform.flow import Flow
from takhai.platform.relations import Relation
from takhai.platform.sets import apply, execute, load, materialise, select
from takhai.policy import RoundPolicy
from takhai.policy.types import Comparison, Denominator, GrowthCondition, Leave
from takhai.thai.calendar import Term

STEP: Final = "comply"
BY: Final = f"semester {STEP}"
NEEDS: Final = ("person", "school", "province")
ATTENDANCE: Final = (
    "person",
    "days_present",
    "sick_leave",
    "personal_leave",
    "open_reported",
    "open_term",
)
GROWTH: Final = ("person", "weight_g", "height_mm")
COMPLY: Final = load("takhai.benefits", "compliance")

_FACT_COLUMNS: Final[Mapping[str, str]] = {
    "key": "uuid",
    "school": "uuid",
    "province": "text",
    "days_present": "integer",
    "sick_leave": "integer",
    "personal_leave": "integer",
    "open_reported": "integer",
    "open_term": "integer",
    "weight_g": "integer",
    "height_mm": "integer",
    "percent": "integer",
    "above": "boolean",
    "whole_term": "boolean",
    "leave_excused": "boolean",
    "growth_required": "boolean",
}
_FACTS: Final = """
SELECT g.person AS key, g.school, g.province, a.days_present, a.sick_leave, a.personal_leave, a.open_reported,
    a.open_term, m.weight_g, m.height_mm, %(percent)s::integer AS percent, %(above)s::boolean AS above,
    %(whole_term)s::boolean AS whole_term, %(leave_excused)s::boolean AS leave_excused,
    %(growth_required)s::boolean AS growth_required
FROM given g
LEFT JOIN attendance a ON a.person = g.person
LEFT JOIN growth m ON m.person = g.person
WHERE NOT EXISTS (SELECT FROM compliance c WHERE c.round = %(round)s AND c.person_id = g.person)
"""
_JUDGE: Final = """
INSERT INTO compliance (
    round, person_id, school_id, province, compliant, reason, days_present, sick_leave, personal_leave,
    open_reported, open_term, weight_g, height_mm, percent, above, whole_term, leave_excused, growth_required,
    policy_sha256, as_of, recorded_by
)
SELECT %(round)s, f.key, f.school, f.province, v.compliant, v.reason, f.days_present, f.sick_leave,
    f.personal_leave, f.open_reported, f.open_term, f.weight_g, f.height_mm, f.percent, f.above, f.whole_term,
    f.leave_excused, f.growth_required, %(policy)s, %(as_of)s, %(by)s
FROM facts f JOIN verdicts v ON v.key = f.key
ORDER BY f.key
"""


@transaction.atomic
def run(
    *,
    round: Term,
    province: str,
    as_of: date,
    policy: RoundPolicy,
    beneficiaries: Relation,
    attendance: Relation,
    growth: Relation,
) -> Flow:
    """Judges the beneficiaries of one province once; ``to`` counts compliant, not_compliant, not_reported.

    ``beneficiaries`` has the columns NEEDS and is the province's, ``attendance`` those of ATTENDANCE (days),
    ``growth`` those of GROWTH (grams, millimetres), one row a person at most. Nobody drops and no money
    moves. A second run changes nothing and gives the same flow.
    """
    given = materialise(beneficiaries.require(*NEEDS).named("given"), key=("person",))
    facts = materialise(
        select(
            _FACTS,
            given,
            materialise(attendance.require(*ATTENDANCE).named("attendance"), key=("person",)),
            materialise(growth.require(*GROWTH).named("growth"), key=("person",)),
            name="facts",
            columns=_FACT_COLUMNS,
            round=str(round),
            **_asked(policy),
        ),
        key=("key",),
    )
    verdicts = materialise(apply(COMPLY, facts).named("verdicts"), key=("key",))
    execute(_JUDGE, facts, verdicts, round=str(round), policy=policy.sha256, as_of=as_of, by=BY)
    return flow_of(round=round, province=province, given=given)


def _asked(policy: RoundPolicy) -> dict[str, object]:
    asked = policy.attendance
    return {
        "percent": asked.percent,
        "above": asked.comparison is Comparison.ABOVE,
        "whole_term": asked.denominator is Denominator.TERM,
        "leave_excused": asked.leave is Leave.EXCUSED,
        "growth_required": policy.growth_condition is GrowthCondition.REQUIRED,
    }
