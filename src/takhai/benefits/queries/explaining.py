"""Why one pupil stands where he stands: computed from the stored inputs by the rule that decided."""

from dataclasses import dataclass
from uuid import UUID

from takhai.access.scope import Scope
from takhai.benefits.models import Entitlement
from takhai.benefits.rules.entitlement import Facts, Verdict, decide
from takhai.benefits.types import NO_RATE, Standing
from takhai.thai.calendar import Term


@dataclass(frozen=True, slots=True)
class Explanation:
    """The inputs, what the rule makes of them now, and what was decided then; the two must agree.

    ``listed``: round and group of the list that grants it, another one when it was held and joined later.
    """

    facts: Facts
    verdict: Verdict
    decided: Verdict
    policy_sha256: str
    listed: tuple[str, str] | None

    @property
    def agrees(self) -> bool:
        """Whether the rule still decides what was decided."""
        return self.verdict == self.decided


def explain(*, round: Term, person: UUID, scope: Scope) -> Explanation | None:
    """The explanation of one entitlement; None when there is none inside the scope.

    A row that joined a later list is explained as it was decided where it arose: held.
    """
    return explain_all(round=round, scope=scope, person=person).get(person)


def explain_all(*, round: Term, scope: Scope, person: UUID | None = None) -> dict[UUID, Explanation]:
    """By person: every entitlement of the round inside the scope, or one. One query."""
    rows = Entitlement.objects.within(scope).filter(round=str(round))
    return {
        row.person_id: _explained(row) for row in (rows if person is None else rows.filter(person_id=person))
    }


def _explained(row: Entitlement) -> Explanation:
    facts = Facts(
        satang=None if row.reason == NO_RATE else row.satang,
        finding=row.finding,
        compliant=row.compliant,
        failing_holds=row.failing_holds,
    )
    standing = Standing.HELD if row.joined_on else Standing(row.standing)
    return Explanation(
        facts=facts,
        verdict=decide(facts),
        decided=Verdict(standing, row.reason, row.satang),
        policy_sha256=row.policy_sha256,
        listed=(row.list_round, row.list_group) if row.list_round and row.list_group else None,
    )
