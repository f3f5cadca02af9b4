"""The list of the round before, taken over from a file where it was not made by us."""

from pathlib import Path
from typing import Final, cast

from django.db import transaction

from takhai.platform.exchange import sha256
from takhai.platform.ids import series
from takhai.platform.relations import Relation
from takhai.platform.sets import execute, fetch
from takhai.platform.types import Outcome
from takhai.programmes.types import EQUITY_GRANT
from takhai.registry.services import persons
from takhai.thai.calendar import Term

LAYOUT: Final = "last_round"
BY: Final = "last list"


@transaction.atomic
def load(*, path: Path, round: Term) -> Outcome:
    """Takes the file in as the list of ``round.previous()``; a pupil who is on that list stays as he is.

    Rows that the check refuses, and rows of unknown schools, are counted in ``refused``.
    """
    taken, refused = persons.take(path=path, layout=LAYOUT, round=round, by=BY)
    listed = taken.named("taken")
    added = execute(_ADD, listed, last=str(round.previous()), file=sha256(path), by=BY)
    _enter(listed)
    ((rows,),) = fetch("SELECT count(*) FROM taken", listed)
    return Outcome(done=added, same=cast(int, rows) - added, refused=refused)


def _enter(taken: Relation) -> None:
    """Whoever is on a list is in the programme, since the first day of his first year of subsidy."""
    years = fetch("SELECT DISTINCT first_subsidy_year FROM taken ORDER BY 1", taken)
    for (year,) in years:
        execute(
            _ENTER,
            taken,
            year=year,
            day=Term(cast(int, year), 1).first_day,
            series=series(),
            programme=EQUITY_GRANT,
            by=BY,
        )


_ADD: Final = """
INSERT INTO beneficiary (round, person_id, "group", school_id, agency, grade, level, province, area_code,
                         first_subsidy_year, channel, compliant, source, source_file, recorded_at, recorded_by)
SELECT %(last)s, person, '', school, agency, grade, level, province, area_code,
       first_subsidy_year, channel, compliant, 'list', %(file)s, now(), %(by)s
FROM taken
ORDER BY person
ON CONFLICT (round, person_id) DO NOTHING
"""

_ENTER: Final = """
INSERT INTO programme_enrolment (id, person_id, programme, entered_on, status, left_on, left_reason,
                                 recorded_at, recorded_by)
SELECT (%(series)s || lpad(to_hex(row_number() OVER (ORDER BY person)), 10, '0'))::uuid, person,
       %(programme)s, %(day)s, 'active', NULL, '', now(), %(by)s
FROM taken t
WHERE t.first_subsidy_year = %(year)s
  AND NOT EXISTS (SELECT 1 FROM programme_enrolment p
                  WHERE p.person_id = t.person AND p.programme = %(programme)s AND p.left_on IS NULL)
"""
