"""What the books must hold of order lines, and what a closed group claims of them."""

from typing import Final

from takhai.ledger.types import EXPECTED_COLUMNS, Claim
from takhai.platform.relations import Relation
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

# Each line stands for the movements of the states it has gone through.
_MOVEMENTS: Final = """
SELECT l.round, m.kind, l.id AS reference, l.satang
FROM order_line l CROSS JOIN LATERAL (VALUES
    ('carry', l.carried_from IS NOT NULL),
    ('order', l.transfer IS NOT NULL),
    ('pay', l.channel = 'promptpay' AND l.state = 'paid'),
    ('deliver', l.channel = 'school' AND l.state IN ('accepted', 'paid', 'due_back', 'returned')),
    ('refuse', l.state = 'refused'),
    ('receive', l.channel = 'school' AND l.state = 'paid' AND l.reason IS NULL),
    ('fall_due', l.closed_on IS NOT NULL),
    ('give_back', l.state = 'returned'),
    ('receive_late', l.late_on IS NOT NULL)
) AS m(kind, happened)
WHERE m.happened
"""
_CLAIM: Final = """
SELECT
    coalesce(sum(l.satang) FILTER (WHERE l.state = 'held' AND l.transfer IS NULL), 0)::bigint AS waiting,
    coalesce(sum(l.satang) FILTER (WHERE l.state = 'refused'), 0)::bigint AS refused,
    coalesce(sum(l.satang) FILTER (WHERE later.id IS NOT NULL), 0)::bigint AS carried,
    coalesce(sum(l.satang) FILTER (WHERE l.state = 'held' AND l.transfer IS NOT NULL), 0)::bigint AS unsettled,
    coalesce(sum(l.satang) FILTER (WHERE l.state = 'paid' AND l.reason IS NULL), 0)::bigint AS recovered,
    coalesce(sum(l.satang) FILTER (WHERE l.closed_on IS NOT NULL), 0)::bigint AS dropped,
    coalesce(sum(l.satang) FILTER (WHERE l.late_on IS NOT NULL), 0)::bigint AS late
FROM order_line l
LEFT JOIN order_line later ON later.carried_from = l.id
WHERE l.round = %(round)s AND l."group" = %(group)s
"""


def movements() -> Relation:
    """Every movement that a line stands for, with the columns of EXPECTED_COLUMNS."""
    return Relation(name="paid_movements", columns=EXPECTED_COLUMNS, sql=_MOVEMENTS)


def claim(*, round: Term, group: str, entitled: int) -> Claim:
    """What the lines of a group claim after its recover; ``entitled`` is the satang of its list."""
    (row,) = fetch(_CLAIM, round=str(round), group=group)
    waiting, refused, carried, unsettled, recovered, dropped, late = (int(str(value)) for value in row)
    return Claim(
        round=str(round),
        group=group,
        entitled=entitled,
        waiting=waiting,
        refused=refused,
        carried=carried,
        unsettled=unsettled,
        recovered=recovered,
        dropped=dropped,
        late=late,
    )
