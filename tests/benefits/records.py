"""What schools recorded of pupils, as the classroom hands it on, and the step comply over it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from takhai.benefits.services import compliance
from takhai.platform.flow import Flow
from takhai.platform.relations import Relation, constant
from takhai.policy import RoundPolicy, for_round
from tests.benefits.town import ROUND, Town

DAY = date(2021, 4, 1)
POLICY = for_round(ROUND)


def attended(*rows: tuple[UUID, int, int, int, int, int]) -> Relation:
    """person, days present, sick leave, personal leave, days open as reported and of the term."""
    columns = dict.fromkeys(compliance.ATTENDANCE, "integer") | {"person": "uuid"}
    return constant(name="attendance", columns=columns, rows=rows)


def measured(*rows: tuple[UUID, int, int]) -> Relation:
    """person, grams, millimetres."""
    columns = dict.fromkeys(compliance.GROWTH, "integer") | {"person": "uuid"}
    return constant(name="growth", columns=columns, rows=rows)


def listed(town: Town, province: str = "81") -> Relation:
    rows = [(row[0], row[1], row[5]) for row in town.listed if row[5] == province]
    return constant(
        name="listed", columns={"person": "uuid", "school": "uuid", "province": "text"}, rows=rows
    )


def comply(
    town: Town,
    days: Relation | None = None,
    growth: Relation | None = None,
    *,
    policy: RoundPolicy = POLICY,
    province: str = "81",
) -> Flow:
    return compliance.run(
        round=ROUND,
        province=province,
        as_of=DAY,
        policy=policy,
        beneficiaries=listed(town, province),
        attendance=days or attended(),
        growth=growth or measured(),
    )


def came(people: Sequence[UUID], *present: int) -> Relation:
    return attended(*((person, days, 0, 0, 100, 120) for person, days in zip(people, present, strict=True)))
