"""Who approved or refused a list."""

from takhai.payments.types import Decision
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term


def is_approved(*, round: Term, group: str) -> bool:
    """Whether the frozen list of the group bears its second signature."""
    return _decision(round, group, Decision.APPROVE) is not None


def approval_refused(*, round: Term, group: str) -> str | None:
    """The approver's reason when he refused and has not approved since; else None."""
    if is_approved(round=round, group=group):
        return None
    return _decision(round, group, Decision.REFUSE)


def _decision(round: Term, group: str, decision: Decision) -> str | None:
    rows = fetch(
        'SELECT reason FROM approval WHERE round = %(round)s AND "group" = %(group)s AND decision = %(decision)s',
        round=str(round),
        group=group,
        decision=decision.value,
    )
    return str(rows[0][0]) if rows else None
