"""Households and grown-ups follow the rows that count, from the day a row names them."""

from datetime import date
from typing import Final

from takhai.platform.ids import series
from takhai.platform.relations import Relation
from takhai.platform.sets import execute, materialise, select

KIN: Final = {
    "key": "uuid",
    "names": "text",
    "occupation": "text",
    "relation": "text",
    "guards": "boolean",
}


def gather(*, rows: Relation, kin: Relation, on: date, by: str, source: bytes) -> None:
    """Links the persons of ``rows`` (person, key, household_key) to their households and grown-ups.

    ``kin`` has the columns of ``KIN``: the grown-ups whom each staged row names.
    """
    written = {"on": on, "by": by, "source": source}
    execute(_MAKE_HOUSEHOLDS, rows, series=series(), by=by, source=source)
    living = materialise(select(_LIVING, rows, name="living", columns=_LIVING_COLUMNS), key=("person",))
    execute(_TAKE_BACK_HOUSEHOLD, living, on=on)
    execute(_LEAVE_HOUSEHOLD, living, on=on)
    execute(_ENTER_HOUSEHOLD, living, **written)
    execute(_MAKE_GUARDIANS, living, kin, series=series(), by=by, source=source)
    near = materialise(
        select(_NEAR, living, kin, name="near", columns=_NEAR_COLUMNS), key=("person", "guardian")
    )
    execute(_TAKE_BACK_GUARDIAN, living, near, on=on)
    execute(_LEAVE_GUARDIAN, living, near, on=on)
    execute(_CHANGE_GUARDIAN, near)
    execute(_ENTER_GUARDIAN, near, **written)


_LIVING_COLUMNS: Final = {"key": "uuid", "person": "uuid", "household": "uuid"}
_NEAR_COLUMNS: Final = {"person": "uuid", "guardian": "uuid", "relation": "text", "guards": "boolean"}

_MAKE_HOUSEHOLDS: Final = """
INSERT INTO household (id, key, recorded_at, recorded_by, source_file)
SELECT (%(series)s || lpad(to_hex(row_number() OVER (ORDER BY household_key)), 10, '0'))::uuid, household_key,
       now(), %(by)s, %(source)s
FROM (SELECT DISTINCT household_key FROM rows WHERE household_key IS NOT NULL) told
WHERE NOT EXISTS (SELECT 1 FROM household h WHERE h.key = told.household_key)
ORDER BY household_key
ON CONFLICT (key) DO NOTHING
"""

_LIVING: Final = """
SELECT r.key, r.person, h.id AS household
FROM rows r JOIN household h ON h.key = r.household_key
"""

# A link of the same day is taken back, because a period has at least a day; the history keeps it.
_TAKE_BACK_HOUSEHOLD: Final = """
DELETE FROM household_link k
USING living l
WHERE k.person_id = l.person AND k.to_day IS NULL AND k.household_id <> l.household AND k.from_day >= %(on)s
"""

_LEAVE_HOUSEHOLD: Final = """
UPDATE household_link k SET to_day = %(on)s
FROM living l
WHERE k.person_id = l.person AND k.to_day IS NULL AND k.household_id <> l.household
"""

_ENTER_HOUSEHOLD: Final = """
INSERT INTO household_link (person_id, household_id, from_day, recorded_at, recorded_by, source_file)
SELECT l.person, l.household, %(on)s, now(), %(by)s, %(source)s
FROM living l
WHERE NOT EXISTS (SELECT 1 FROM household_link k WHERE k.person_id = l.person AND k.to_day IS NULL)
ORDER BY l.person
"""

_MAKE_GUARDIANS: Final = """
INSERT INTO guardian (id, household_id, names, occupation, recorded_at, recorded_by, source_file)
SELECT (%(series)s || lpad(to_hex(row_number() OVER (ORDER BY household, names)), 10, '0'))::uuid,
       household, names, occupation, now(), %(by)s, %(source)s
FROM (SELECT l.household, k.names, max(k.occupation) AS occupation
      FROM living l JOIN kin k ON k.key = l.key GROUP BY l.household, k.names) told
ORDER BY household, names
ON CONFLICT (household_id, md5(names)) DO UPDATE SET occupation = excluded.occupation
WHERE excluded.occupation <> '' AND excluded.occupation <> guardian.occupation
"""

_NEAR: Final = """
SELECT l.person, g.id AS guardian, k.relation, k.guards
FROM living l
JOIN kin k ON k.key = l.key
JOIN guardian g ON g.household_id = l.household AND md5(g.names) = md5(k.names)
"""

_TAKE_BACK_GUARDIAN: Final = """
DELETE FROM guardian_link k
USING living l
WHERE k.person_id = l.person AND k.to_day IS NULL AND k.from_day >= %(on)s
  AND NOT EXISTS (SELECT 1 FROM near n WHERE n.person = k.person_id AND n.guardian = k.guardian_id)
"""

_LEAVE_GUARDIAN: Final = """
UPDATE guardian_link k SET to_day = %(on)s
FROM living l
WHERE k.person_id = l.person AND k.to_day IS NULL
  AND NOT EXISTS (SELECT 1 FROM near n WHERE n.person = k.person_id AND n.guardian = k.guardian_id)
"""

_CHANGE_GUARDIAN: Final = """
UPDATE guardian_link k SET relation = n.relation, guards = n.guards
FROM near n
WHERE k.person_id = n.person AND k.guardian_id = n.guardian AND k.to_day IS NULL
  AND (k.relation, k.guards) IS DISTINCT FROM (n.relation, n.guards)
"""

_ENTER_GUARDIAN: Final = """
INSERT INTO guardian_link (person_id, guardian_id, relation, guards, from_day, recorded_at, recorded_by, source_file)
SELECT n.person, n.guardian, n.relation, n.guards, %(on)s, now(), %(by)s, %(source)s
FROM near n
WHERE NOT EXISTS (SELECT 1 FROM guardian_link k
                  WHERE k.person_id = n.person AND k.guardian_id = n.guardian AND k.to_day IS NULL)
ORDER BY n.person, n.guardian
"""
