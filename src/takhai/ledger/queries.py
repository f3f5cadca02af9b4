"""What the books hold."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from takhai.ledger.types import EXPECTED_COLUMNS, Account, Balance, Kind
from takhai.platform.relations import Relation
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

_BALANCES: Final = """
SELECT a.round, a."group", a.agency, a.name, coalesce(sum(s.satang), 0)::bigint
FROM account a
LEFT JOIN (
    SELECT debit_id AS id, sum(satang) AS satang FROM movement GROUP BY 1
    UNION ALL
    SELECT credit_id, -sum(satang) FROM movement GROUP BY 1
) s ON s.id = a.id
WHERE %(round)s::text IS NULL OR a.round = %(round)s
GROUP BY a.round, a."group", a.agency, a.name
ORDER BY a.round, a."group", a.agency, a.name
"""


def accounts(*, round: Term | None = None) -> list[Balance]:
    """Every account of the round (of all rounds), in the order round, group, agency, name."""
    return [
        Balance(str(term), str(group), str(agency), Account(str(name)), int(str(satang)))
        for term, group, agency, name, satang in fetch(_BALANCES, round=str(round) if round else None)
    ]


def balances(*, round: Term) -> Mapping[str, int]:
    """Account name -> satang over all groups and agencies of a round; every name is there."""
    summed = Counter({account.value: 0 for account in Account})
    for balance in accounts(round=round):
        summed[balance.account.value] += balance.satang
    return dict(summed)


def moved(*, round: Term, kind: Kind) -> int:
    """Satang that movements of one kind have moved in a round, less what was taken back."""
    ((satang,),) = fetch(
        "SELECT coalesce(sum(m.satang), 0)::bigint FROM movement m"
        " WHERE m.round = %(round)s AND m.kind = %(kind)s AND NOT EXISTS ("
        "SELECT FROM movement r WHERE r.round = m.round AND r.kind = 'reverse' AND r.reference = m.id)",
        round=str(round),
        kind=kind.value,
    )
    return int(str(satang))


def standing() -> Relation:
    """Movements that nobody took back, with the columns of EXPECTED_COLUMNS."""
    return Relation(
        name="standing",
        columns=EXPECTED_COLUMNS,
        sql="SELECT m.round, m.kind, m.reference, m.satang FROM movement m"
        " WHERE m.kind <> 'reverse' AND NOT EXISTS ("
        "SELECT FROM movement r WHERE r.round = m.round AND r.kind = 'reverse' AND r.reference = m.id)",
    )
