"""Takes in how many days pupils were at school, by month."""

from pathlib import Path
from typing import Final

from django.db import transaction

from takhai.access.scope import system_scope
from takhai.classroom.rules.days import months
from takhai.classroom.services.staging import indexed, month_of
from takhai.classroom.services.taking import BY, KEY, Arriving, Values
from takhai.classroom.services.taking import take as take_file
from takhai.classroom.types import Kind, Reason
from takhai.platform.sets import load
from takhai.platform.types import Outcome
from takhai.registry import queries as registry
from takhai.thai.calendar import Term

_FACTS: Final = f"""
SELECT {KEY}, g.row_no, g.broken, n.person IS NOT NULL AS pupil, s.school IS NOT NULL AS school,
    g.month IS NOT NULL AS month, coalesce(g.month >= %(opens)s AND g.month < %(closes)s, false) AS inside,
    g.present, g.sick, g.personal, e.person IS NOT NULL AS enrolled, d.days_open::integer AS open,
    n.person, s.school AS at_school, g.month AS in_month
FROM given g
LEFT JOIN number_forms n ON n.idx = g.idx
LEFT JOIN schools s ON s.code = g.code
LEFT JOIN enrolled e ON e.person = n.person AND e.school = s.school
LEFT JOIN school_days d ON d.round = %(round)s AND d.school_id = s.school AND d.month = g.month
"""  # noqa: S608
_KEEP: Final = """
INSERT INTO attendance_month (
    round, person_id, school_id, month, days_present, sick_leave, personal_leave, file_id, row_no
)
SELECT %(round)s, f.person, f.at_school, f.in_month, f.present, f.sick, f.personal, %(file)s, f.row_no
FROM facts f
WHERE NOT EXISTS (SELECT FROM refused r WHERE r.key = f.key)
ORDER BY f.row_no
ON CONFLICT (round, person_id, school_id, month) DO NOTHING
"""
_REPEATS: Final = """
SELECT f.key, %(reason)s AS reason
FROM facts f
WHERE NOT EXISTS (SELECT FROM refused r WHERE r.key = f.key)
  AND NOT EXISTS (SELECT FROM attendance_month a
                  WHERE a.round = %(round)s AND a.person_id = f.person AND a.school_id = f.at_school
                    AND a.month = f.in_month AND a.file_id = %(file)s AND a.row_no = f.row_no)
"""
_FACT_COLUMNS: Final = {
    "key": "uuid",
    "row_no": "integer",
    "broken": "text",
    "pupil": "boolean",
    "school": "boolean",
    "month": "boolean",
    "inside": "boolean",
    "present": "integer",
    "sick": "integer",
    "personal": "integer",
    "enrolled": "boolean",
    "open": "integer",
    "person": "uuid",
    "at_school": "uuid",
    "in_month": "date",
}


@transaction.atomic
def take(*, path: Path, round: Term) -> Outcome:
    """Keeps the days of each pupil, school and month; of several good rows for one the first stands.

    A row needs the school's own days of that month (``school_days.take``) and the pupil's enrolment there
    in the term; so one who moves has rows of both schools. Rows that are not taken are counted by reason
    (``REFUSALS``); the same file again changes nothing.
    """
    opens, closes = months(first_day=round.first_day, next_first_day=round.next().first_day)
    index = indexed()

    def made(values: Values) -> tuple[object, ...]:
        return (
            index(values["identifier"]),
            values["school_code"],
            month_of(values["month"]),
            values["days_present"],
            values["sick_leave"],
            values["personal_leave"],
        )

    return take_file(
        arriving=Arriving(
            kind=Kind.ATTENDANCE,
            columns={
                "idx": "bytea",
                "code": "text",
                "month": "date",
                "present": "integer",
                "sick": "integer",
                "personal": "integer",
            },
            made=made,
            facts=_FACTS,
            fact_columns=_FACT_COLUMNS,
            rule=load("takhai.classroom", "attendance"),
            keep=_KEEP,
            repeats=_REPEATS,
            repeated=Reason.ATTENDANCE_REPEATED,
        ),
        path=path,
        round=round,
        beside=lambda: [
            registry.number_forms(scope=system_scope(reason=BY)),
            registry.schools(),
            registry.enrolled(round=round),
        ],
        opens=opens,
        closes=closes,
    )
