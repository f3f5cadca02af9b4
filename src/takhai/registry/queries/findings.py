"""Identity findings as they stood on a day."""

from datetime import date

from takhai.access.scope import NoScope, Scope
from takhai.platform.relations import Relation

COLUMNS = {"round": "text", "person": "uuid", "reason": "text"}


def findings(*, as_of: date, scope: Scope) -> Relation:
    """Findings of all rounds that were open on that day. Only for the machine's own work: raises NoScope."""
    if not scope.everything:
        raise NoScope("findings are read as a set by the steps only")
    return Relation(
        name="findings",
        columns=COLUMNS,
        sql=(
            "SELECT round, person_id AS person, reason FROM identity_finding"
            " WHERE from_day <= %(findings_on)s AND (to_day IS NULL OR to_day > %(findings_on)s)"
        ),
        params={"findings_on": as_of},
    )
