"""Numbers change: a child known by a G-code gets a citizen number and stays the same person."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from takhai.platform import secrets
from takhai.platform.exchange import sha256
from takhai.platform.intake.layout import load as layout_of
from takhai.platform.intake.reading import Reading, reading
from takhai.platform.sets import copy_in, execute, fetch, materialise, select
from takhai.platform.types import Outcome
from takhai.registry.sealed import NUMBER
from takhai.registry.services import staging
from takhai.registry.services.contending import repeat
from takhai.thai.calendar import Term

TAKEN: Final = "identifier_taken"
UNKNOWN: Final = "former_identifier_unknown"

_COLUMNS: Final = {
    "row_no": "integer",
    "id": "uuid",
    "former": "bytea",
    "idx": "bytea",
    "idx_next": "bytea",
    "cipher": "bytea",
    "form": "text",
}


@transaction.atomic
def become(
    *, path: Path, round: Term, on: date, layout: str = "channels", by: str = "identifiers"
) -> Outcome:
    """Gives persons known by ``former_identifier`` the ``identifier`` of their row from ``on`` on.

    The former number stays theirs, closed on that day. A number that is another person's already is an
    exception (``identifier_taken``) and changes nobody. ``same`` counts those who have it already.
    """
    with reading(path=path, layout=layout_of(layout), term=round) as file:
        changes = copy_in(name="changes", columns=_COLUMNS, rows=_changes(file))
    source = bytes.fromhex(sha256(path))

    def write() -> Outcome:
        judged = materialise(select(_JUDGE, changes, name="judged", columns=_JUDGED))
        told = {"round": str(round), "source": source, "by": by, "reason": TAKEN}
        execute(_NOTE_TAKEN, judged, **told)
        done = execute(_CLOSE, judged, on=on)
        execute(_OPEN, judged, changes, on=on, by=by, source=source)
        counts = {str(verdict): int(str(number)) for verdict, number in fetch(_COUNT, judged)}
        refused: dict[str, int] = {name: counts[name] for name in (TAKEN, UNKNOWN) if name in counts}
        return Outcome(done=done, same=counts.get("same", 0), refused=refused)

    return repeat(write)


def _changes(file: Reading) -> Iterator[tuple[Any, ...]]:
    secrets.hold()
    fresh = staging.ids()
    for row in file:
        former, number = row.values["former_identifier"], row.values["identifier"]
        if former:
            sealed = secrets.protect(str(number), table="identifier", column=NUMBER)
            yield (
                row.number,
                next(fresh),
                secrets.index(str(former), NUMBER),
                *sealed,
                staging.form(str(number)),
            )


_JUDGED: Final = {"row_no": "integer", "person": "uuid", "verdict": "text"}

# The first row that asks for a number gets it, and a person gets one number of a file.
_JUDGE: Final = """
SELECT known.row_no, known.person,
       CASE WHEN known.person IS NULL THEN 'former_identifier_unknown'
            WHEN known.holder = known.person THEN 'same'
            WHEN known.holder IS NOT NULL OR known.nth_number > 1 OR known.nth_person > 1 THEN 'identifier_taken'
            ELSE 'becomes'
       END AS verdict
FROM (
    SELECT c.row_no, coalesce(f.person_id, g.person_id) AS person, coalesce(h.person_id, k.person_id) AS holder,
           row_number() OVER (PARTITION BY c.idx ORDER BY c.row_no) AS nth_number,
           row_number() OVER (PARTITION BY coalesce(f.person_id, g.person_id) ORDER BY c.row_no) AS nth_person
    FROM changes c
    LEFT JOIN identifier f ON f.idx = c.former
    LEFT JOIN identifier g ON g.idx_next = c.former
    LEFT JOIN identifier h ON h.idx = c.idx
    LEFT JOIN identifier k ON k.idx_next = c.idx
) known
"""

_NOTE_TAKEN: Final = """
INSERT INTO intake_exception (round, reason, file_sha, row_no, recorded_at, recorded_by)
SELECT %(round)s, %(reason)s, %(source)s, j.row_no, now(), %(by)s
FROM judged j WHERE j.verdict = 'identifier_taken'
ON CONFLICT DO NOTHING
"""

_CLOSE: Final = """
UPDATE identifier i SET to_day = greatest(%(on)s, i.from_day)
FROM judged j
WHERE j.verdict = 'becomes' AND i.person_id = j.person AND i.to_day IS NULL
"""

_OPEN: Final = """
INSERT INTO identifier (id, person_id, form, idx, idx_next, cipher, from_day, recorded_at, recorded_by, source_file)
SELECT c.id, j.person, c.form, c.idx, c.idx_next, c.cipher, %(on)s, now(), %(by)s, %(source)s
FROM judged j JOIN changes c ON c.row_no = j.row_no
WHERE j.verdict = 'becomes'
ORDER BY c.idx
"""

_COUNT: Final = """
SELECT verdict, count(*) FROM judged GROUP BY verdict
"""
