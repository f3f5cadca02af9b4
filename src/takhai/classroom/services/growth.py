"""Takes in weight and height of pupils at the end of a term."""

from pathlib import Path
from typing import Final

from django.db import transaction

from takhai.access.scope import system_scope
from takhai.classroom.rules.measures import scaled
from takhai.classroom.services.staging import indexed
from takhai.classroom.services.taking import BY, KEY, Arriving, Values
from takhai.classroom.services.taking import take as take_file
from takhai.classroom.types import Kind, Reason
from takhai.platform.sets import load
from takhai.platform.types import Outcome
from takhai.registry import queries as registry
from takhai.thai.calendar import Term

GRAMS: Final = 1_000
MILLIMETRES: Final = 10
_FACTS: Final = f"""
SELECT {KEY}, g.row_no, g.broken, n.person IS NOT NULL AS pupil, s.school IS NOT NULL AS school,
    coalesce(g.measured_on >= %(opens)s AND g.measured_on < %(closes)s, false) AS inside,
    g.weight_g, g.height_mm, e.person IS NOT NULL AS enrolled, n.person, s.school AS at_school, g.measured_on
FROM given g
LEFT JOIN number_forms n ON n.idx = g.idx
LEFT JOIN schools s ON s.code = g.code
LEFT JOIN enrolled e ON e.person = n.person AND e.school = s.school
"""  # noqa: S608
_KEEP: Final = """
INSERT INTO growth_measure (round, person_id, school_id, measured_on, weight_g, height_mm, file_id, row_no)
SELECT %(round)s, f.person, f.at_school, f.measured_on, f.weight_g, f.height_mm, %(file)s, f.row_no
FROM facts f
WHERE NOT EXISTS (SELECT FROM refused r WHERE r.key = f.key)
ORDER BY f.row_no
ON CONFLICT (round, person_id, school_id) DO NOTHING
"""
_REPEATS: Final = """
SELECT f.key, %(reason)s AS reason
FROM facts f
WHERE NOT EXISTS (SELECT FROM refused r WHERE r.key = f.key)
  AND NOT EXISTS (SELECT FROM growth_measure m
                  WHERE m.round = %(round)s AND m.person_id = f.person AND m.school_id = f.at_school
                    AND m.file_id = %(file)s AND m.row_no = f.row_no)
"""
_FACT_COLUMNS: Final = {
    "key": "uuid",
    "row_no": "integer",
    "broken": "text",
    "pupil": "boolean",
    "school": "boolean",
    "inside": "boolean",
    "weight_g": "integer",
    "height_mm": "integer",
    "enrolled": "boolean",
    "person": "uuid",
    "at_school": "uuid",
    "measured_on": "date",
}


@transaction.atomic
def take(*, path: Path, round: Term) -> Outcome:
    """Keeps grams and millimetres of each pupil and school, 0 for not measured; the first good row stands.

    The day of measuring lies in the term, the holidays after it included. Rows that are not taken are
    counted by reason (``REFUSALS``); the same file again changes nothing.
    """
    index = indexed()

    def made(values: Values) -> tuple[object, ...]:
        weight, height = values["weight_kg"], values["height_cm"]
        return (
            index(values["identifier"]),
            values["school_code"],
            values["measured_on"],
            None if weight is None else scaled(text=str(weight), scale=GRAMS),
            None if height is None else scaled(text=str(height), scale=MILLIMETRES),
        )

    return take_file(
        arriving=Arriving(
            kind=Kind.GROWTH,
            columns={
                "idx": "bytea",
                "code": "text",
                "measured_on": "date",
                "weight_g": "integer",
                "height_mm": "integer",
            },
            made=made,
            facts=_FACTS,
            fact_columns=_FACT_COLUMNS,
            rule=load("takhai.classroom", "growth"),
            keep=_KEEP,
            repeats=_REPEATS,
            repeated=Reason.GROWTH_REPEATED,
        ),
        path=path,
        round=round,
        beside=lambda: [
            registry.number_forms(scope=system_scope(reason=BY)),
            registry.schools(),
            registry.enrolled(round=round),
        ],
        opens=round.first_day,
        closes=round.next().first_day,
    )
