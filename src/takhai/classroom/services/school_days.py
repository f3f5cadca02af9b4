"""Takes in how many days schools were open."""

from pathlib import Path
from typing import Final

from takhai.classroom.rules.days import months
from takhai.classroom.services.staging import month_of
from takhai.classroom.services.taking import KEY, Arriving
from takhai.classroom.services.taking import take as take_file
from takhai.classroom.types import Kind, Reason
from takhai.platform.sets import load
from takhai.platform.types import Outcome
from takhai.registry import queries as registry
from takhai.thai.calendar import Term

_FACTS: Final = f"""
SELECT {KEY}, g.row_no, g.broken, s.school IS NOT NULL AS school, g.month IS NOT NULL AS month,
    coalesce(g.month >= %(opens)s AND g.month < %(closes)s, false) AS inside, g.open,
    extract(day FROM g.month + interval '1 month' - interval '1 day')::integer AS month_days,
    s.school AS at_school, g.month AS in_month
FROM given g
LEFT JOIN schools s ON s.code = g.code
"""  # noqa: S608
_KEEP: Final = """
INSERT INTO school_days (round, school_id, month, days_open, file_id, row_no)
SELECT %(round)s, f.at_school, f.in_month, f.open, %(file)s, f.row_no
FROM facts f
WHERE NOT EXISTS (SELECT FROM refused r WHERE r.key = f.key)
ORDER BY f.row_no
ON CONFLICT (round, school_id, month) DO NOTHING
"""
_REPEATS: Final = """
SELECT f.key, %(reason)s AS reason
FROM facts f
WHERE NOT EXISTS (SELECT FROM refused r WHERE r.key = f.key)
  AND NOT EXISTS (SELECT FROM school_days d
                  WHERE d.round = %(round)s AND d.school_id = f.at_school AND d.month = f.in_month
                    AND d.file_id = %(file)s AND d.row_no = f.row_no)
"""
_ARRIVING: Final = Arriving(
    kind=Kind.SCHOOL_DAYS,
    columns={"code": "text", "month": "date", "open": "integer"},
    made=lambda values: (values["school_code"], month_of(values["month"]), values["days_open"]),
    facts=_FACTS,
    fact_columns={
        "key": "uuid",
        "row_no": "integer",
        "broken": "text",
        "school": "boolean",
        "month": "boolean",
        "inside": "boolean",
        "open": "integer",
        "month_days": "integer",
        "at_school": "uuid",
        "in_month": "date",
    },
    rule=load("takhai.classroom", "school_days"),
    keep=_KEEP,
    repeats=_REPEATS,
    repeated=Reason.DAYS_REPEATED,
)


def take(*, path: Path, round: Term) -> Outcome:
    """Keeps the days of each school and month; of several good rows for one the first stands.

    Rows that are not taken are counted by reason (``REFUSALS``); the same file again changes nothing.
    """
    opens, closes = months(first_day=round.first_day, next_first_day=round.next().first_day)
    return take_file(
        arriving=_ARRIVING,
        path=path,
        round=round,
        beside=lambda: [registry.schools()],
        opens=opens,
        closes=closes,
    )
