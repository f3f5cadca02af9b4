"""The list of the extremely poor for the school committees: masked numbers, names, income and score."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from django.db import transaction

from takhai.access import queries as access
from takhai.access.scope import Scope
from takhai.platform.sets import fetch, materialise, select
from takhai.registry import queries as registry
from takhai.screening.rules.income import per_head
from takhai.thai.calendar import Term
from takhai.thai.identifiers import mask
from takhai.thai.money import baht

PMT_COLUMNS: Final = (
    "no",
    "form_no",
    "identifier_masked",
    "name",
    "school_code",
    "class",
    "members",
    "income_per_head",
    "score",
)
MILLION: Final = 1_000_000

_PROVINCES: Final = """
SELECT DISTINCT province FROM assessment WHERE round = %(round)s AND "group" = %(group)s AND extremely_poor ORDER BY 1
"""
_LISTED: Final = """
SELECT a.person_id AS person, a.form_no, a.school_id AS school, a.grade, a.members, a.income_satang, a.score
FROM assessment a JOIN visible ON visible.id = a.school_id
WHERE a.round = %(round)s AND a."group" = %(group)s AND a.province = %(province)s AND a.extremely_poor
"""
_LISTED_COLUMNS: Final[Mapping[str, str]] = {
    "person": "uuid",
    "form_no": "text",
    "school": "uuid",
    "grade": "text",
    "members": "integer",
    "income_satang": "bigint",
    "score": "bigint",
}
_NAMED: Final = """
SELECT l.person, l.form_no, concat(p.prefix, p.first_name, ' ', p.last_name), s.code, l.grade, l.members,
    l.income_satang, l.score
FROM listed l
JOIN schools s ON s.school = l.school
LEFT JOIN pupils p ON p.person = l.person
ORDER BY s.code, l.grade, l.form_no
"""


def pmt_rows(*, round: Term, group: str, scope: Scope) -> Iterator[tuple[object, ...]]:
    """Rows with PMT_COLUMNS by province, school, class and form; numbers are opened to be masked, and that is logged.

    Income per head in baht, rounded down to the satang; score 0.000000 to 1.000000.
    """
    at = 0
    for (province,) in fetch(_PROVINCES, round=str(round), group=group):
        for who, form_no, name, code, grade, members, income, score in _of(
            round, group, str(province), scope
        ):
            at += 1
            each = baht(per_head(income_satang=income, members=members)).replace(",", "")
            weighed = f"{score // MILLION}.{score % MILLION:06d}"
            yield at, form_no, who, name, code, grade, members, each, weighed


def _of(round: Term, group: str, province: str, scope: Scope) -> list[tuple[Any, ...]]:
    """The rows of a province, each beginning with the pupil's masked number."""
    with transaction.atomic():
        rows = materialise(
            select(
                _LISTED,
                access.visible(scope=scope),
                name="listed",
                columns=_LISTED_COLUMNS,
                round=str(round),
                group=group,
                province=province,
            ),
            key=("person",),
        )
        numbers = registry.numbers(persons=rows, reason=f"list of the poor {round}/{group}", scope=scope)
        named = fetch(_NAMED, rows, registry.schools(), registry.pupils(scope=scope))
    return [(mask(numbers.get(cast(Any, person), "")), *rest) for person, *rest in named]
