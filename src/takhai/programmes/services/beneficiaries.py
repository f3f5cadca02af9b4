"""Step ``enrol``: a group's members become the beneficiaries of the round."""

from datetime import date
from typing import Final, cast

from takhai.platform.flow import Flow
from takhai.platform.ids import series
from takhai.platform.sets import execute, fetch
from takhai.programmes.types import EQUITY_GRANT, SCREENING, Group
from takhai.thai.calendar import Term

# Whom no screening of this round and group refused: right too where a round skips such a step.
_LEFT: Final = """
FROM round_member AS m
LEFT JOIN beneficiary AS l ON l.round = %(last)s AND l.person_id = m.person_id
WHERE m.round = %(round)s AND m."group" = %(group)s AND m.province = %(province)s
  AND NOT EXISTS (
      SELECT 1 FROM fate AS f
      WHERE f.round = m.round AND f."group" = m."group" AND f.person_id = m.person_id
        AND f.step = ANY (%(screening)s) AND f.kind = 'dropped'
  )
"""
_COUNT: Final = f"SELECT count(*) {_LEFT}"
_ADMIT: Final = f"""
INSERT INTO beneficiary (round, person_id, "group", school_id, agency, grade, level, province, area_code,
                         first_subsidy_year, channel, compliant, source, source_file, recorded_at, recorded_by)
SELECT m.round, m.person_id, m."group", m.school_id, m.agency, m.grade, m.level, m.province, m.area_code,
       CASE WHEN m."group" = %(old)s THEN coalesce(l.first_subsidy_year, %(year)s) ELSE %(year)s END,
       coalesce(l.channel, 'school'), NULL, 'enrol', '', now(), 'semester enrol'
{_LEFT}
"""


def admit(*, round: Term, group: str, province: str, as_of: date) -> Flow:
    """Puts the members of a province on the round's list and into the programme.

    Who was dropped by a screening of this round and group stays out and is not counted.
    The old group keeps its first year of subsidy; anyone else begins anew with this academic year.
    """
    unit = {"round": str(round), "group": group, "province": province}
    whom = {**unit, "last": str(round.previous()), "screening": list(SCREENING)}
    ((came,),) = fetch(_COUNT, **whom)
    admitted = execute(_ADMIT, **whom, old=Group.OLD.value, year=round.year)
    _enter(unit, as_of)
    return Flow(in_=cast(int, came), out=admitted)


def _enter(unit: dict[str, str], as_of: date) -> None:
    execute(
        "INSERT INTO programme_enrolment (id, person_id, programme, entered_on, status, left_on, left_reason,"
        " recorded_at, recorded_by)"
        " SELECT (%(series)s || lpad(to_hex(row_number() OVER (ORDER BY b.person_id)), 10, '0'))::uuid, b.person_id,"
        " %(programme)s, %(day)s, 'active', NULL, '', now(), 'semester enrol'"
        " FROM beneficiary AS b"
        ' WHERE b.round = %(round)s AND b."group" = %(group)s AND b.province = %(province)s'
        " AND NOT EXISTS (SELECT 1 FROM programme_enrolment AS p WHERE p.person_id = b.person_id"
        " AND p.programme = %(programme)s AND p.left_on IS NULL)",
        **unit,
        series=series(),
        programme=EQUITY_GRANT,
        day=as_of,
    )
