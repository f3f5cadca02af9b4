"""The identity check: numbers compared with the civil registry, doubts written down with their day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

from django.db import transaction

from takhai.platform import secrets
from takhai.platform.exchange import sha256
from takhai.platform.flow import Flow
from takhai.platform.intake.layout import load as layout_of
from takhai.platform.intake.reading import reading
from takhai.platform.relations import Relation
from takhai.platform.sets import apply, copy_in, discard, execute, fetch, materialise, select
from takhai.platform.types import Outcome
from takhai.registry.parity import IDENTITY
from takhai.registry.sealed import NUMBER
from takhai.registry.services.staging import key
from takhai.thai.calendar import Term

EXTRACT: Final = "registry_extract"
# Rows of the extract that wait in a TEMP table at a time.
CHUNK: Final = 50_000

_EXTRACT_COLUMNS: Final = {
    "idx": "bytea",
    "first_key": "text",
    "last_key": "text",
    "sex": "text",
    "birth_date": "date",
    "alive": "boolean",
}


@transaction.atomic
def compare(
    *, path: Path, round: Term, on: date, persons: Relation | None = None, by: str = "identity"
) -> Outcome:
    """Streams the registry's extract past the round's pupils and keeps the verdicts, nothing of the extract.

    ``persons`` (person) narrows it to those whose rows were corrected. A verdict that says the same as
    before stays as it is. Rows of the extract that cannot be read are counted in ``refused``.
    """
    secrets.hold()
    asked = _asked(round, persons)
    done = same = 0
    source = bytes.fromhex(sha256(path))
    with reading(path=path, layout=layout_of(EXTRACT), term=round) as file:
        for chunk in _chunks(row.values for row in file):
            extract = copy_in(name="extract", columns=_EXTRACT_COLUMNS, rows=chunk)
            verdicts = materialise(
                select(_VERDICTS, extract, asked, name="verdicts", columns=_VERDICT_COLUMNS)
            )
            discard(extract)
            changed = execute(_KEEP, verdicts, round=str(round), on=on, by=by, source=source)
            ((met,),) = fetch("SELECT count(*) FROM verdicts", verdicts)
            discard(verdicts)
            done, same = done + changed, same + cast(int, met) - changed
        return Outcome(done=done, same=same, refused=dict(file.dropped))


@transaction.atomic
def check(*, round: Term, province: str, as_of: date, by: str = "identity") -> Flow:
    """Judges every pupil of a province whose row counts; finds and drops nobody.

    What is found, and what is no longer, holds from ``as_of`` on.
    """
    facts = _facts(round, province, None)
    verdicts = _judge(facts)
    _write(verdicts, round, as_of, by)
    ((came,),) = fetch(
        "SELECT count(*) FROM register_entry"
        " WHERE round = %(round)s AND province = %(province)s AND standing = 'first'",
        round=str(round),
        province=province,
    )
    ((judged,),) = fetch("SELECT count(DISTINCT key) FROM verdicts", verdicts)
    return Flow(in_=cast(int, came), out=cast(int, judged))


@transaction.atomic
def recheck(*, round: Term, persons: Relation, as_of: date, by: str = "identity") -> Outcome:
    """Judges these pupils (person) of the round again, whatever their province."""
    verdicts = _judge(_facts(round, None, persons))
    changed = _write(verdicts, round, as_of, by)
    ((judged,),) = fetch("SELECT count(*) FROM verdicts", verdicts)
    return Outcome(done=changed, same=cast(int, judged) - changed)


def _chunks(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[tuple[Any, ...]]]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield [
            (
                secrets.index(row["number"], NUMBER),
                key(row["first_name"]),
                key(row["last_name"] or ""),
                row["sex"],
                row["birth_date"],
                row["alive"] == "yes",
            )
            for row in chunk
        ]


def _asked(round: Term, persons: Relation | None) -> Relation:
    columns = {"person": "uuid"}
    if persons is not None:
        return select("SELECT person FROM narrowed", persons.named("narrowed"), name="asked", columns=columns)
    return Relation(
        name="asked",
        columns=columns,
        sql="SELECT person_id AS person FROM register_entry WHERE round = %(asked)s AND standing = 'first'",
        params={"asked": str(round)},
    )


def _facts(round: Term, province: str | None, persons: Relation | None) -> Relation:
    """The facts of pupils whose row counts: of one province, or of those named."""
    params = {"round": str(round), "province": province}
    if persons is None:
        unit = select(_OF_PROVINCE, name="unit", columns={"person": "uuid"}, **params)
    else:
        unit = select(_NAMED, persons.named("narrowed"), name="unit", columns={"person": "uuid"}, **params)
    return materialise(
        select(_FACTS, unit, name="facts", columns=_FACT_COLUMNS, round=str(round)), key=("key",)
    )


def _judge(facts: Relation) -> Relation:
    return materialise(apply(IDENTITY, facts).named("verdicts"), key=("key",))


def _write(verdicts: Relation, round: Term, as_of: date, by: str) -> int:
    said = {"round": str(round), "on": as_of, "by": by}
    changed = execute(_RECONSIDER, verdicts, round=str(round), on=as_of)
    changed += execute(_WITHDRAW, verdicts, round=str(round), on=as_of)
    changed += execute(_LIFT, verdicts, round=str(round), on=as_of)
    return changed + execute(_FIND, verdicts, **said)


_VERDICT_COLUMNS: Final = {
    "person": "uuid",
    "alive": "boolean",
    "first_ok": "boolean",
    "last_ok": "boolean",
    "birth_ok": "boolean",
    "sex_ok": "boolean",
}

_VERDICTS: Final = """
SELECT DISTINCT ON (p.id) p.id AS person, x.alive, x.first_key = p.first_key AS first_ok,
       x.last_key = p.last_key AS last_ok, x.birth_date IS NOT DISTINCT FROM p.birth_date AS birth_ok,
       x.sex IS NOT DISTINCT FROM p.sex AS sex_ok
FROM extract x
LEFT JOIN identifier a ON a.idx = x.idx
LEFT JOIN identifier b ON b.idx_next = x.idx
JOIN identifier i ON i.id = coalesce(a.id, b.id) AND i.to_day IS NULL
JOIN asked ON asked.person = i.person_id
JOIN person p ON p.id = i.person_id
ORDER BY p.id
"""

_KEEP: Final = """
INSERT INTO comparison (round, person_id, alive, first_ok, last_ok, birth_ok, sex_ok, compared_on,
                        recorded_at, recorded_by, source_file)
SELECT %(round)s, v.person, v.alive, v.first_ok, v.last_ok, v.birth_ok, v.sex_ok, %(on)s,
       now(), %(by)s, %(source)s
FROM verdicts v
ON CONFLICT (round, person_id) DO UPDATE
SET alive = excluded.alive, first_ok = excluded.first_ok, last_ok = excluded.last_ok,
    birth_ok = excluded.birth_ok, sex_ok = excluded.sex_ok, compared_on = excluded.compared_on,
    source_file = excluded.source_file
WHERE (comparison.alive, comparison.first_ok, comparison.last_ok, comparison.birth_ok, comparison.sex_ok)
      IS DISTINCT FROM
      (excluded.alive, excluded.first_ok, excluded.last_ok, excluded.birth_ok, excluded.sex_ok)
"""

_OF_PROVINCE: Final = """
SELECT person_id AS person FROM register_entry
WHERE round = %(round)s AND province = %(province)s AND standing = 'first'
"""

_NAMED: Final = """
SELECT e.person_id AS person FROM register_entry e
JOIN narrowed ON narrowed.person = e.person_id
WHERE e.round = %(round)s AND e.standing = 'first' AND %(province)s::text IS NULL
"""

_FACT_COLUMNS: Final = {
    "key": "uuid",
    "form": "text",
    "clash": "boolean",
    "schools": "bigint",
    "found": "boolean",
    "alive": "boolean",
    "first_ok": "boolean",
    "last_ok": "boolean",
    "birth_ok": "boolean",
    "sex_ok": "boolean",
}

_FACTS: Final = """
SELECT u.person AS key, i.form, e.clash, e.schools, c.person_id IS NOT NULL AS found,
       coalesce(c.alive, false) AS alive, coalesce(c.first_ok, false) AS first_ok,
       coalesce(c.last_ok, false) AS last_ok, coalesce(c.birth_ok, false) AS birth_ok,
       coalesce(c.sex_ok, false) AS sex_ok
FROM unit u
JOIN identifier i ON i.person_id = u.person AND i.to_day IS NULL
JOIN LATERAL (SELECT bool_or(clash) AS clash, count(*) AS schools FROM register_entry
              WHERE round = %(round)s AND person_id = u.person) e ON true
LEFT JOIN comparison c ON c.round = %(round)s AND c.person_id = u.person
"""

# A finding of this very day, or of a later one, was never in force before: it is put right in its place.
_RECONSIDER: Final = """
UPDATE identity_finding f SET reason = v.reason
FROM verdicts v
WHERE f.round = %(round)s AND f.person_id = v.key AND f.to_day IS NULL AND f.from_day >= %(on)s
  AND v.reason IS NOT NULL AND f.reason <> v.reason
"""

_WITHDRAW: Final = """
DELETE FROM identity_finding f
USING verdicts v
WHERE f.round = %(round)s AND f.person_id = v.key AND f.to_day IS NULL AND f.from_day >= %(on)s
  AND v.reason IS NULL
"""

_LIFT: Final = """
UPDATE identity_finding f SET to_day = %(on)s
FROM verdicts v
WHERE f.round = %(round)s AND f.person_id = v.key AND f.to_day IS NULL
  AND f.reason IS DISTINCT FROM v.reason
"""

_FIND: Final = """
INSERT INTO identity_finding (round, person_id, reason, from_day, recorded_at, recorded_by)
SELECT %(round)s, v.key, v.reason, %(on)s, now(), %(by)s
FROM verdicts v
WHERE v.reason IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM identity_finding f
                  WHERE f.round = %(round)s AND f.person_id = v.key AND f.to_day IS NULL)
ORDER BY v.key
ON CONFLICT (round, person_id, from_day) DO UPDATE SET reason = excluded.reason, to_day = NULL
"""
