"""Find the persons of staged rows, or make them: one number, now or earlier, is one person."""

from datetime import date
from typing import Final

from takhai.platform.relations import Relation
from takhai.platform.sets import execute, materialise, select

FOUND: Final = {"key": "uuid", "person": "uuid", "is_new": "boolean", "nth": "bigint"}
MET: Final = {"key": "uuid", "person": "uuid", "is_new": "boolean", "clash": "boolean"}


def meet(*, staged: Relation, on: date, by: str, source: bytes) -> Relation:
    """``met``: for each staged row its person, whether he is new, and whether the row clashes with him.

    A row clashes when both its name and its birth date differ from what is known of the number's holder.
    New persons are made of the first row that bears their number; known ones stay as they are.
    """
    found = materialise(select(_FIND, staged, name="found", columns=FOUND), key=("key",))
    execute(_MAKE_PERSONS, staged, found, by=by, source=source)
    execute(_MAKE_IDENTIFIERS, staged, found, on=on, by=by, source=source)
    return materialise(select(_MEET, staged, found, name="met", columns=MET), key=("key",))


def follow(*, rows: Relation) -> int:
    """Lets the persons of ``rows`` (person and the columns of a staged row) be as these say; old rows are kept."""
    return execute(_FOLLOW, rows.named("rows"))


# While keys change a number is found by either index; outside of that the second join finds nothing.
_FIND: Final = """
SELECT s.key,
       coalesce(now_known.person_id, then_known.person_id,
                first_value(s.person) OVER (PARTITION BY s.idx ORDER BY s.row_no)) AS person,
       now_known.person_id IS NULL AND then_known.person_id IS NULL AS is_new,
       row_number() OVER (PARTITION BY s.idx ORDER BY s.row_no) AS nth
FROM staged s
LEFT JOIN identifier now_known ON now_known.idx = s.idx
LEFT JOIN identifier then_known ON then_known.idx_next = s.idx
"""

_MAKE_PERSONS: Final = """
INSERT INTO person (id, prefix, first_name, last_name, first_key, last_key, sex, birth_date,
                    recorded_at, recorded_by, source_file)
SELECT f.person, s.prefix, s.first_name, s.last_name, s.first_key, s.last_key, s.sex, s.birth_date,
       now(), %(by)s, %(source)s
FROM staged s JOIN found f ON f.key = s.key
WHERE f.is_new AND f.nth = 1
ORDER BY s.row_no
"""

_MAKE_IDENTIFIERS: Final = """
INSERT INTO identifier (id, person_id, form, idx, idx_next, cipher, from_day, recorded_at, recorded_by, source_file)
SELECT s.key, f.person, s.form, s.idx, s.idx_next, s.cipher, %(on)s, now(), %(by)s, %(source)s
FROM staged s JOIN found f ON f.key = s.key
WHERE f.is_new AND f.nth = 1
ORDER BY s.idx
"""

_MEET: Final = """
SELECT s.key, f.person, f.is_new AND f.nth = 1 AS is_new,
       (p.first_key, p.last_key) IS DISTINCT FROM (s.first_key, s.last_key)
       AND p.birth_date IS DISTINCT FROM s.birth_date AS clash
FROM staged s
JOIN found f ON f.key = s.key
JOIN person p ON p.id = f.person
"""

_FOLLOW: Final = """
UPDATE person p
SET prefix = r.prefix, first_name = r.first_name, last_name = r.last_name,
    first_key = r.first_key, last_key = r.last_key, sex = r.sex, birth_date = r.birth_date
FROM rows r
WHERE p.id = r.person AND p.erased_on IS NULL
  AND (p.prefix, p.first_name, p.last_name, p.sex, p.birth_date)
      IS DISTINCT FROM (r.prefix, r.first_name, r.last_name, r.sex, r.birth_date)
"""
