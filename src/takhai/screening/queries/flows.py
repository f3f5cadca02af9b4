"""Counts of assess and certify, from the rows that stand; what came in is counted from the relation given."""

from typing import Final, cast

from takhai.platform.flow import Flow
from takhai.platform.relations import Relation
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

_ASSESSED: Final = """
SELECT coalesce(reason, ''), count(*) FROM assessment
WHERE round = %(round)s AND "group" = %(group)s AND province = %(province)s GROUP BY 1 ORDER BY 1
"""
_CERTIFIED: Final = """
SELECT coalesce(reason, ''), count(*) FROM certification
WHERE round = %(round)s AND "group" = %(group)s AND province = %(province)s GROUP BY 1 ORDER BY 1
"""


def assess_flow(*, round: Term, group: str, province: str, given: Relation) -> Flow:
    """The flow of one unit of assess."""
    return _flow(_ASSESSED, round=round, group=group, province=province, given=given)


def certify_flow(*, round: Term, group: str, province: str, given: Relation) -> Flow:
    """The flow of one unit of certify."""
    return _flow(_CERTIFIED, round=round, group=group, province=province, given=given)


def _flow(statement: str, *, round: Term, group: str, province: str, given: Relation) -> Flow:
    counted = fetch(statement, round=str(round), group=group, province=province)
    ((came,),) = fetch("SELECT count(*) FROM given", given.named("given"))
    ended = {str(reason): cast(int, count) for reason, count in counted}
    out = ended.pop("", 0)
    return Flow(in_=cast(int, came), out=out, dropped=ended)
