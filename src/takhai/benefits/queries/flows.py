"""Counts of the step entitle, from the rows that stand; what came in is counted from the relation given."""

from typing import Final

from takhai.platform.flow import Flow
from takhai.platform.relations import Relation
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

# A row that joined a later list still counts as held where it arose.
_OWN: Final = """
SELECT CASE WHEN joined_on IS NULL THEN standing ELSE 'held' END, coalesce(reason, ''),
    count(*), sum(satang)::bigint
FROM entitlement
WHERE round = %(round)s AND "group" = %(group)s AND province = %(province)s
GROUP BY 1, 2 ORDER BY 1, 2
"""
_JOINED: Final = """
SELECT count(*), coalesce(sum(satang), 0)::bigint FROM entitlement
WHERE list_round = %(round)s AND list_group = %(group)s AND province = %(province)s AND joined_on IS NOT NULL
"""
_GIVEN: Final = """
SELECT count(*), coalesce(sum(t.satang), 0)::bigint
FROM given g
LEFT JOIN (SELECT level, agency, sum(satang) AS satang FROM shares GROUP BY level, agency) t
    ON t.level = g.level AND t.agency = g.agency
"""


def flow_of(*, round: Term, group: str, province: str, given: Relation, shares: Relation) -> Flow:
    """The flow of one unit. Money joins here: count x rate of what was given, and what rejoins."""
    where = {"round": str(round), "group": group, "province": province}
    ((rows, money),) = _numbers(fetch(_GIVEN, given.named("given"), shares.named("shares")))
    ((joined, joined_money),) = _numbers(fetch(_JOINED, **where))
    counts: dict[str, dict[str, int]] = {"granted": {}, "dropped": {}, "held": {}}
    satang: dict[str, dict[str, int]] = {"granted": {}, "dropped": {}, "held": {}}
    for standing, reason, count, amount in fetch(_OWN, **where):
        counts[str(standing)][str(reason)] = int(str(count))
        satang[str(standing)][str(reason)] = int(str(amount))
    return Flow(
        in_=rows,
        joined=joined,
        out=sum(counts["granted"].values()) + joined,
        dropped=counts["dropped"],
        held=counts["held"],
        satang_joined=money + joined_money,
        satang_out=sum(satang["granted"].values()) + joined_money,
        satang_dropped=satang["dropped"],
        satang_held=satang["held"],
    )


def _numbers(rows: list[tuple[object, ...]]) -> list[tuple[int, ...]]:
    return [tuple(int(str(value)) for value in row) for row in rows]
