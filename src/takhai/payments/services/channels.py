"""Takes in what pupils chose."""

from pathlib import Path
from typing import Final

from django.db import transaction

from takhai.access.scope import system_scope
from takhai.platform import secrets
from takhai.platform.intake.layout import load as layout
from takhai.platform.intake.reading import reading
from takhai.platform.sets import copy_in, execute, fetch
from takhai.platform.types import Outcome
from takhai.registry import queries as registry
from takhai.registry.sealed import NUMBER
from takhai.thai.calendar import Term

BY: Final = "semester intake"
_KNOWN: Final = "SELECT count(*) FROM given g JOIN number_forms n ON n.idx = g.idx"
_CHOOSE: Final = """
INSERT INTO channel_choice (round, person_id, channel, source_file, recorded_by)
SELECT DISTINCT ON (n.person) %(round)s, n.person, g.channel, %(source)s, %(by)s
FROM given g JOIN number_forms n ON n.idx = g.idx
ORDER BY n.person, g.row_no DESC
ON CONFLICT (round, person_id) DO UPDATE
SET channel = excluded.channel, source_file = excluded.source_file
WHERE channel_choice.channel <> excluded.channel
"""


@transaction.atomic
def load(*, path: Path, round: Term) -> Outcome:
    """Keeps the channel that each pupil of the file chose; of several rows for one pupil the last holds.

    Who is not known by his current number is refused as ``person_unknown``; bad rows by their problem.

    """
    secrets.hold()
    with reading(path=path, layout=layout("channels"), term=round) as file:
        rows = [
            (row.number, secrets.index(str(row.values["identifier"]), NUMBER), str(row.values["channel"]))
            for row in file
        ]
    given = copy_in(name="given", columns={"row_no": "integer", "idx": "bytea", "channel": "text"}, rows=rows)
    numbers = registry.number_forms(scope=system_scope(reason=BY))
    ((known,),) = fetch(_KNOWN, given, numbers)
    done = execute(_CHOOSE, given, numbers, round=str(round), source=file.sha256, by=BY)
    unknown = len(rows) - int(str(known))
    return Outcome(
        done=done, same=int(str(known)) - done, refused={**file.dropped, "person_unknown": unknown}
    )
