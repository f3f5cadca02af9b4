"""What is in doubt about identities on a day."""

from datetime import date

from takhai.access import queries as access
from takhai.access.scope import Scope
from takhai.platform.relations import Relation
from takhai.platform.sets import select
from takhai.thai.calendar import Term


def findings(*, as_of: date, scope: Scope, round: Term | None = None) -> Relation:
    """Findings in force on the day: round, person, reason; of one round, or of every round a pupil was in."""
    return select(
        "SELECT f.round, f.person_id AS person, f.reason FROM identity_finding f"
        " WHERE f.from_day <= %(found_on)s AND (f.to_day IS NULL OR f.to_day > %(found_on)s)"
        " AND (%(found_round)s::text IS NULL OR f.round = %(found_round)s)"
        " AND EXISTS (SELECT 1 FROM register_entry e JOIN visible ON visible.id = e.school_id"
        "             WHERE e.round = f.round AND e.person_id = f.person_id)",
        access.visible(scope=scope),
        name="findings",
        columns={"round": "text", "person": "uuid", "reason": "text"},
        found_on=as_of,
        found_round=None if round is None else str(round),
    )
