"""The list of the round before, taken over from a file where it was not made by us."""

from pathlib import Path

from django.db import transaction

from takhai.platform.exchange import sha256
from takhai.platform.ids import uuid7s
from takhai.platform.sets import copy_in, execute, fetch
from takhai.platform.types import Outcome
from takhai.programmes.types import EQUITY_GRANT
from takhai.registry.services import persons
from takhai.thai.calendar import Term

LAYOUT = "last_round"


def load(*, path: Path, round: Term) -> Outcome:
    """Takes the file in as the list of ``round.previous()``; a pupil who is on that list stays as he is.

    Rows that the check refuses, and rows of unknown schools, are counted in ``refused``.
    """
    last = round.previous()
    with transaction.atomic():
        taken, refused = persons.take(path=path, layout=LAYOUT, round=round)
        added = fetch(
            'INSERT INTO beneficiary (round, person_id, "group", school_id, agency, grade, level, province, area_code,'
            " first_subsidy_year, channel, compliant, source, source_file, recorded_at, recorded_by)"
            " SELECT %(last)s, person, '', school, agency, grade, level, province, area_code,"
            " first_subsidy_year, channel, compliant, 'list', %(file)s, now(), 'last list' FROM taken"
            " ON CONFLICT DO NOTHING RETURNING person_id, first_subsidy_year",
            taken.named("taken"),
            last=str(last),
            file=sha256(path),
        )
        _enter([(person, int(str(year))) for person, year in added])
    ((rows,),) = fetch("SELECT count(*) FROM taken", taken.named("taken"))
    return Outcome(done=len(added), same=int(str(rows)) - len(added), refused=refused)


def _enter(added: list[tuple[object, int]]) -> None:
    rows = [
        (key, person, Term(year, 1).first_day)
        for key, (person, year) in zip(uuid7s(len(added)), added, strict=True)
    ]
    execute(
        "INSERT INTO programme_enrolment (id, person_id, programme, entered_on, status, left_on, left_reason,"
        " recorded_at, recorded_by)"
        " SELECT id, person, %(programme)s, day, 'active', NULL, '', now(), 'last list' FROM entering"
        " ON CONFLICT DO NOTHING",
        copy_in(name="entering", columns={"id": "uuid", "person": "uuid", "day": "date"}, rows=rows),
        programme=EQUITY_GRANT,
    )
