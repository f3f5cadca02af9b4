"""The frozen list as a file for the approver: masked numbers, names, amounts."""

from collections.abc import Iterator
from typing import Final, cast
from uuid import UUID

from takhai.access.scope import Scope
from takhai.benefits.queries.lists import granted, provinces
from takhai.platform.sets import fetch
from takhai.registry import queries as registry
from takhai.thai.calendar import Term
from takhai.thai.identifiers import mask
from takhai.thai.money import baht

LIST_COLUMNS: Final = (
    "no",
    "entitlement_round",
    "identifier_masked",
    "name",
    "school_code",
    "class",
    "level",
    "affiliation",
    "baht",
)
_ROWS: Final = """
SELECT g.person, g.entitlement_round, concat(p.prefix, p.first_name, ' ', p.last_name), s.code, g.grade, g.level,
    g.agency, g.satang
FROM granted g
JOIN schools s ON s.school = g.school
LEFT JOIN pupils p ON p.person = g.person
ORDER BY s.code, g.entitlement_round, g.grade, g.person
"""


def list_rows(*, round: Term, group: str, scope: Scope) -> Iterator[tuple[object, ...]]:
    """Rows with LIST_COLUMNS, province by province; numbers are opened to be masked, and the look is logged."""
    at = 0
    for province in provinces(round=round, group=group):
        rows = granted(round=round, group=group, province=province, scope=scope)
        numbers = registry.numbers(persons=rows, reason=f"list {round}/{group}", scope=scope)
        for person, term, name, code, grade, level, agency, satang in fetch(
            _ROWS, rows, registry.schools(), registry.pupils(scope=scope)
        ):
            at += 1
            masked = mask(numbers.get(cast(UUID, person), ""))
            amount = baht(cast(int, satang)).replace(",", "")
            yield at, term, masked, name, code, grade, level, agency, amount
