"""What the conditions of a round came to: counts of the step comply, and why for one pupil."""

from dataclasses import dataclass, fields
from typing import Final
from uuid import UUID

from takhai.access.scope import Scope
from takhai.benefits.models import Compliance
from takhai.benefits.rules.compliance import Facts, Verdict, decide
from takhai.benefits.types import ComplianceReason
from takhai.platform.flow import Flow
from takhai.platform.relations import Relation
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

COMPLIED: Final = ("compliant", "not_compliant", "not_reported")

_CAME: Final = "SELECT count(*) FROM given"
_STANDS: Final = """
SELECT CASE WHEN compliant THEN 'compliant' WHEN compliant IS NULL THEN 'not_reported' ELSE 'not_compliant' END,
    count(*)
FROM compliance WHERE round = %(round)s AND province = %(province)s
GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """The inputs, what the rule makes of them now, and what was decided then; the two must agree."""

    facts: Facts
    verdict: Verdict
    decided: Verdict
    policy_sha256: str

    @property
    def agrees(self) -> bool:
        """Whether the rule still decides what was decided."""
        return self.verdict == self.decided


def judged(*, round: Term, person: UUID, scope: Scope) -> Judged | None:
    """How the conditions of the round were judged for one pupil; None while not, or outside the scope."""
    row = Compliance.objects.within(scope).filter(round=str(round), person_id=person).first()
    if row is None:
        return None
    facts = Facts(**{field.name: getattr(row, field.name) for field in fields(Facts)})
    return Judged(
        facts=facts,
        verdict=decide(facts),
        decided=Verdict(row.compliant, ComplianceReason(row.reason)),
        policy_sha256=row.policy_sha256,
    )


def flow_of(*, round: Term, province: str, given: Relation) -> Flow:
    """The flow of one unit: everybody given joins, everybody judged goes out, somewhere."""
    ((came,),) = fetch(_CAME, given.named("given"))
    stands = {
        str(where): int(str(count)) for where, count in fetch(_STANDS, round=str(round), province=province)
    }
    return Flow(joined=int(str(came)), out=sum(stands.values()), to=dict.fromkeys(COMPLIED, 0) | stands)
