"""Where the money of each pupil is now."""

from dataclasses import dataclass
from datetime import date
from typing import Final, cast
from uuid import UUID

from takhai.access import queries as access
from takhai.access.scope import Scope
from takhai.payments.types import Channel, LineState
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

# A line whose money went on to a later group is told by that one.
_LINES: Final = """
SELECT l.person_id, l.entitlement_round, l.round, l."group", l.channel, l.state, l.reason, l.satang,
    l.transfer IS NOT NULL, a.booked_on, r.received_on, l.closed_on, l.late_on, b.returned_on
FROM order_line l
JOIN visible ON visible.id = l.school_id
LEFT JOIN bank_result a ON a.round = l.round AND a.transfer = l.transfer
LEFT JOIN receipt r ON r.round = l.round AND r.line = l.id
LEFT JOIN return_bill b ON l.state = 'returned' AND b.round = l.round AND b."group" = l."group"
    AND b.school_id = l.school_id
WHERE (l.round = %(round)s OR l.entitlement_round = %(round)s)
    AND (%(person)s::uuid IS NULL OR l.person_id = %(person)s)
    AND NOT EXISTS (SELECT FROM order_line n WHERE n.carried_from = l.id)
ORDER BY l.person_id, l.entitlement_round DESC, l.round, l."group"
"""


@dataclass(frozen=True, slots=True)
class Line:
    """The payment of one entitlement as it stands; satang. ``round`` and ``group`` are those that pay it.

    ``sent``: the bank was asked to move it. ``booked_on``: the bank's day; ``received_on``: the receipt's;
    ``closed_on``: when cash fell due back, ``late_on`` when it was fetched after all, ``returned_on`` when the
    school had sent it back.
    """

    entitlement_round: str
    round: str
    group: str
    channel: Channel
    state: LineState
    reason: str | None
    satang: int
    sent: bool
    booked_on: date | None
    received_on: date | None
    closed_on: date | None
    late_on: date | None
    returned_on: date | None


def lines(*, round: Term, scope: Scope, person: UUID | None = None) -> dict[UUID, tuple[Line, ...]]:
    """By person: lines that pay in the round or pay what was entitled in it, the latest entitlement first.

    One query.
    """
    found: dict[UUID, tuple[Line, ...]] = {}
    for who, entitled, term, group, channel, state, reason, satang, sent, *days in fetch(
        _LINES, access.visible(scope=scope), round=str(round), person=person
    ):
        booked, received, closed, late, returned = (cast("date | None", day) for day in days)
        line = Line(
            entitlement_round=str(entitled),
            round=str(term),
            group=str(group),
            channel=Channel(str(channel)),
            state=LineState(str(state)),
            reason=None if reason is None else str(reason),
            satang=cast(int, satang),
            sent=bool(sent),
            booked_on=booked,
            received_on=received,
            closed_on=closed,
            late_on=late,
            returned_on=returned,
        )
        found[cast(UUID, who)] = (*found.get(cast(UUID, who), ()), line)
    return found
