"""The money of a round cut by group, level, agency, channel, area and where it stands."""

from typing import Final

from takhai.benefits import queries as benefits
from takhai.payments.types import Cell
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

_CELLS: Final = """
SELECT c."group", c.level, c.agency, c.channel, c.area_code, c.standing, count(*), sum(c.satang)::bigint
FROM (
    SELECT l."group", l.level, l.agency, CASE WHEN l.transfer IS NULL THEN 'none' ELSE l.channel END AS channel,
        l.area_code, CASE WHEN l.state IN ('ordered', 'accepted') THEN 'under_way'
            WHEN l.state = 'refused' THEN 'held' ELSE l.state END AS standing, l.satang
    FROM order_line l WHERE l.round = %(round)s
        AND NOT EXISTS (SELECT FROM order_line n WHERE n.carried_from = l.id AND n.round = l.round)
    UNION ALL
    SELECT a."group", a.level, a.agency, 'none', a.area_code,
        CASE a.standing WHEN 'held' THEN 'held' ELSE 'under_way' END, a.satang
    FROM amounts a
    WHERE NOT EXISTS (
        SELECT FROM order_line l WHERE l.round = %(round)s AND l."group" = a."group"
            AND l.entitlement_round = a.entitlement_round AND l.person_id = a.person
    )
) c
GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
"""


def breakdown(*, round: Term) -> list[Cell]:
    """Everybody with an amount who was not dropped at entitle, each in one cell, and earlier rounds' money that joined.

    Held money that joined a later group of the same round is told there only; of a later round, held here.
    """
    return [
        Cell(
            str(group),
            str(level),
            str(agency),
            str(channel),
            str(area),
            str(standing),
            int(str(n)),
            int(str(satang)),
        )
        for group, level, agency, channel, area, standing, n, satang in fetch(
            _CELLS, benefits.amounts(round=round), round=str(round)
        )
    ]
