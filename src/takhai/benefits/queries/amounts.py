"""Who has an amount in a round, and how many were decided."""

from collections.abc import Mapping
from typing import Final

from takhai.platform.relations import Relation
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

AMOUNT_COLUMNS: Final[Mapping[str, str]] = {
    "group": "text",
    "entitlement_round": "text",
    "person": "uuid",
    "level": "text",
    "agency": "text",
    "area_code": "text",
    "standing": "text",
    "satang": "bigint",
}


def amounts(*, round: Term) -> Relation:
    """Granted rows of the round's lists and rows held in the round, each in its group; who dropped is not there.

    A row that was held here and joined a list of a later round stays held here.
    """
    return Relation(
        name="amounts",
        columns=AMOUNT_COLUMNS,
        sql='SELECT list_group AS "group", round AS entitlement_round, person_id AS person, level, agency, area_code,'
        " 'granted' AS standing, satang FROM entitlement WHERE list_round = %(amounts_round)s"
        " UNION ALL SELECT \"group\", round, person_id, level, agency, area_code, 'held', satang FROM entitlement"
        " WHERE round = %(amounts_round)s AND (standing = 'held' OR list_round <> round)",
        params={"amounts_round": str(round)},
    )


def decided(*, round: Term) -> int:
    """Pupils of the round whose entitlement was decided, whatever the decision."""
    ((count,),) = fetch("SELECT count(*) FROM entitlement WHERE round = %(round)s", round=str(round))
    return int(str(count))
