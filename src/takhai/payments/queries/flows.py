"""Counts of the steps of money, from the rows that stand.

What comes into a step is counted from another relation than what goes out, so that the law can fail: order
counts the list given and its lines, reconcile the transfers and their lines, recover the accepted transfers.
"""

from collections import defaultdict
from typing import Any, Final

from takhai.platform.flow import Flow
from takhai.platform.relations import Relation
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

_LINES: Final = """
FROM order_line WHERE round = %(round)s AND "group" = %(group)s AND province = %(province)s
"""
_GIVEN: Final = "SELECT count(*), coalesce(sum(satang), 0)::bigint FROM granted"
_JOINED: Final = f"SELECT count(*), coalesce(sum(satang), 0)::bigint {_LINES} AND carried_from IS NOT NULL"
_ORDERED: Final = f"""
SELECT CASE WHEN transfer IS NULL THEN 'held' ELSE 'out' END,
    CASE WHEN transfer IS NULL THEN reason ELSE '' END, count(*), sum(satang)::bigint
{_LINES} GROUP BY 1, 2 ORDER BY 1, 2
"""
_SENT: Final = """
SELECT coalesce(sum(lines), 0)::bigint, coalesce(sum(satang), 0)::bigint FROM transfer
WHERE round = %(round)s AND "group" = %(group)s AND province = %(province)s
"""
_MATCHED: Final = f"""
SELECT CASE WHEN state IN ('held', 'refused') THEN 'held' WHEN state = 'ordered' THEN 'open' ELSE 'out' END,
    CASE WHEN state IN ('held', 'refused') THEN reason ELSE '' END, count(*), sum(satang)::bigint
{_LINES} AND transfer IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
"""
_RECOVERED: Final = f"""
SELECT CASE WHEN state = 'accepted' THEN 'open' WHEN reason IS NULL THEN 'out' ELSE 'dropped' END,
    coalesce(reason, ''), count(*), sum(satang)::bigint
{_LINES} AND state IN ('accepted', 'paid', 'due_back', 'returned') GROUP BY 1, 2 ORDER BY 1, 2
"""


def order_flow(*, round: Term, group: str, province: str, granted: Relation) -> Flow:
    """In: the list given. Joined: lines of earlier groups. Held lines have no transfer."""
    where = _where(round, group, province)
    rows, satang = _pair(fetch(_GIVEN, granted.named("granted")))
    joined, joined_satang = _pair(fetch(_JOINED, **where))
    return _flow(
        fetch(_ORDERED, **where), in_=rows, satang_in=satang, joined=joined, satang_joined=joined_satang
    )


def match_flow(*, round: Term, group: str, province: str) -> Flow:
    """In: what was sent. A line that still waits for its result is counted nowhere: the law breaks."""
    where = _where(round, group, province)
    rows, satang = _pair(fetch(_SENT, **where))
    return _flow(fetch(_MATCHED, **where), in_=rows, satang_in=satang)


def recovery_flow(*, round: Term, group: str, province: str) -> Flow:
    """In: accepted transfers. A line received after the close stays dropped."""
    where = _where(round, group, province)
    rows, satang = _pair(fetch(f"{_SENT} AND state = 'accepted'", **where))
    return _flow(fetch(_RECOVERED, **where), in_=rows, satang_in=satang)


def _where(round: Term, group: str, province: str) -> dict[str, str]:
    return {"round": str(round), "group": group, "province": province}


def _pair(rows: list[tuple[object, ...]]) -> tuple[int, int]:
    ((count, satang),) = rows
    return int(str(count)), int(str(satang))


def _flow(rows: list[tuple[object, ...]], **came: Any) -> Flow:
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    money: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for way, reason, count, satang in rows:
        counts[str(way)][str(reason)] = int(str(count))
        money[str(way)][str(reason)] = int(str(satang))
    return Flow(
        out=sum(counts["out"].values()),
        dropped=counts["dropped"],
        held=counts["held"],
        satang_out=sum(money["out"].values()),
        satang_dropped=money["dropped"],
        satang_held=money["held"],
        **came,
    )
