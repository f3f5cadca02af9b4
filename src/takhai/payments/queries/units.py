"""Which provinces a step of money has work in, and small counts of a round."""

from typing import Final

from takhai.benefits import queries as benefits
from takhai.ledger import queries as ledger
from takhai.ledger.types import Kind
from takhai.payments.types import Trouble
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

_WAITING: Final = """
SELECT DISTINCT e.province FROM order_line e
WHERE NOT e.live AND e.state IN ('held', 'refused') AND e.round <= %(round)s
    AND (e.round, e."group") <> (%(round)s, %(group)s)
    AND NOT EXISTS (SELECT FROM order_line n WHERE n.carried_from = e.id)
ORDER BY 1
"""


def provinces(*, round: Term, group: str) -> list[str]:
    """Provinces with lines of the group, in order."""
    return _names(
        'SELECT DISTINCT province FROM order_line WHERE round = %(round)s AND "group" = %(group)s ORDER BY 1',
        round,
        group,
    )


def provinces_to_rejoin(*, round: Term, group: str) -> list[str]:
    """Provinces with lines of earlier groups whose money lies with us, in order."""
    return _names(_WAITING, round, group)


def exceptions(*, round: Term) -> dict[str, int]:
    """Rows that need a person, by reason; every reason is there, zeros too."""
    rows = fetch(
        "SELECT reason, count(*) FROM payment_exception WHERE round = %(round)s GROUP BY 1", round=str(round)
    )
    return {each.value: 0 for each in Trouble} | {str(reason): int(str(count)) for reason, count in rows}


def after_close(*, round: Term) -> dict[str, int]:
    """Satang returned by schools and received late after the close, as the books have it."""
    return {
        "returned": ledger.moved(round=round, kind=Kind.GIVE_BACK),
        "late_receipt": ledger.moved(round=round, kind=Kind.RECEIVE_LATE),
    }


def reported(*, round: Term) -> int:
    """Pupils of the round the report speaks of: all whose entitlement was decided."""
    return benefits.decided(round=round)


def _names(statement: str, round: Term, group: str) -> list[str]:
    return [str(name) for (name,) in fetch(statement, round=str(round), group=group)]
