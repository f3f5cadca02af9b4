"""School enrolment follows the registers: a row opens or keeps it, one elsewhere ends it, absence does not."""

from datetime import date
from typing import Final

from takhai.platform.ids import series
from takhai.platform.relations import Relation
from takhai.platform.sets import execute


def keep(*, staged: Relation, placed: Relation, round: str, on: date, by: str, source: bytes) -> None:
    """Brings the enrolments of the placed pupils up to what the round's registers say."""
    execute(_REOPEN, placed, round=round)
    execute(_UPDATE, staged, placed)
    execute(_OPEN, staged, placed, series=series(), on=on, by=by, source=source)
    execute(_END, placed, round=round, on=on)


# A register of this round told of a move; another of this round says the pupil is here too.
_REOPEN: Final = """
UPDATE school_enrolment e SET to_day = NULL, end_reason = '', ended_in = ''
FROM placed p
WHERE p.reason IS DISTINCT FROM 'duplicate' AND e.person_id = p.person AND e.school_id = p.school
  AND e.ended_in = %(round)s AND e.end_reason = 'moved'
"""

_UPDATE: Final = """
UPDATE school_enrolment e
SET grade = s.grade, room = s.room, pupil_no = s.pupil_no
FROM placed p JOIN staged s ON s.key = p.key
WHERE p.reason IS DISTINCT FROM 'duplicate' AND e.person_id = p.person AND e.school_id = p.school
  AND e.to_day IS NULL
  AND (e.grade, e.room, e.pupil_no) IS DISTINCT FROM (s.grade, s.room, s.pupil_no)
"""

_OPEN: Final = """
INSERT INTO school_enrolment (id, person_id, school_id, grade, room, pupil_no, from_day, end_reason, ended_in,
                              recorded_at, recorded_by, source_file)
SELECT (%(series)s || lpad(to_hex(row_number() OVER (ORDER BY p.person, p.school)), 10, '0'))::uuid,
       p.person, p.school, s.grade, s.room, s.pupil_no, %(on)s, '', '', now(), %(by)s, %(source)s
FROM placed p JOIN staged s ON s.key = p.key
WHERE p.reason IS DISTINCT FROM 'duplicate'
  AND NOT EXISTS (SELECT 1 FROM school_enrolment e
                  WHERE e.person_id = p.person AND e.school_id = p.school AND e.to_day IS NULL)
ORDER BY p.person, p.school
"""

_END: Final = """
UPDATE school_enrolment e
SET to_day = greatest(%(on)s, e.from_day), end_reason = 'moved', ended_in = %(round)s
FROM placed p
WHERE p.reason IS DISTINCT FROM 'duplicate' AND e.person_id = p.person AND e.school_id <> p.school
  AND e.to_day IS NULL
  AND NOT EXISTS (SELECT 1 FROM register_entry r
                  WHERE r.round = %(round)s AND r.person_id = e.person_id AND r.school_id = e.school_id)
"""
