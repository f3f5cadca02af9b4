"""Which row of a register counts for its pupil, and the entries that say so."""

from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from takhai.platform.relations import Relation
from takhai.platform.sets import apply, execute, fetch, materialise, select
from takhai.registry.parity import PLACING

FACTS: Final = {
    "key": "uuid",
    "person": "uuid",
    "school": "uuid",
    "clash": "boolean",
    "seen_here": "boolean",
    "seen_elsewhere": "boolean",
}
PLACED: Final = {
    "key": "uuid",
    "person": "uuid",
    "school": "uuid",
    "reason": "text",
    "clash": "boolean",
    "here_clash": "boolean",
}


@dataclass(frozen=True, slots=True)
class Written:
    """Entries that were written: of pupils (``first``) and of their other schools; and rows that repeat one."""

    first: int
    second_school: int
    duplicate: int


def place(*, staged: Relation, met: Relation, round: str) -> Relation:
    """``placed``: each staged row with its person, its school and the reason why it does not count, if any."""
    facts = materialise(select(_FACTS, staged, met, name="facts", columns=FACTS, round=round), key=("key",))
    verdicts = apply(PLACING, facts).named("verdicts")
    return materialise(select(_PLACE, facts, verdicts, name="placed", columns=PLACED), key=("key",))


def write(
    *, staged: Relation, placed: Relation, round: str, name: str, on: date, by: str, source: bytes
) -> Written:
    """Adds the entries of a first file and settles which one counts, by (file name, row)."""
    counted = dict(
        cast(
            "list[tuple[str, int]]",
            fetch(_ENTER, staged, placed, round=round, on=on, by=by, source=source),
        )
    )
    ((duplicate,),) = fetch("SELECT count(*) FROM placed WHERE reason = 'duplicate'", placed)
    execute(_REMEMBER_CLASH, placed, round=round)
    if counted.get("second_school"):
        _settle(placed=placed, round=round, name=name)
    return Written(counted.get("first", 0), counted.get("second_school", 0), cast(int, duplicate))


def speaking(*, staged: Relation, placed: Relation, round: str, source: bytes) -> Relation:
    """The staged rows that speak for their person: their entry counts and they do not clash with him."""
    columns = {"person": "uuid", **{name: kind for name, kind in staged.columns.items() if name != "person"}}
    chosen = ", ".join(f"s.{name}" for name in columns if name != "person")
    return select(
        _SPEAKING.format(chosen=chosen),
        staged,
        placed,
        name="rows",
        columns=columns,
        round=round,
        source=source,
    )


def _settle(*, placed: Relation, round: str, name: str) -> None:
    """Files may come in any order: the first row in the order of names and rows is the one that counts.

    Two files of one name: the one that came first stays first.
    """
    columns = {"person": "uuid", "school": "uuid", "nth": "bigint"}
    ranked = materialise(select(_RANK, placed, name="ranked", columns=columns, round=round, name_=name))
    # In two statements, because one entry at most may count at any moment.
    execute(_STEP_BACK, ranked, round=round)
    execute(_STEP_FORWARD, ranked, round=round)


_FACTS: Final = """
SELECT s.key, m.person, s.school, m.clash,
       here.person_id IS NOT NULL
       OR row_number() OVER (PARTITION BY m.person, s.school ORDER BY s.row_no) > 1 AS seen_here,
       first_value(s.school) OVER (PARTITION BY m.person ORDER BY s.row_no) <> s.school
       OR EXISTS (SELECT 1 FROM register_entry other
                  WHERE other.round = %(round)s AND other.person_id = m.person
                    AND other.school_id <> s.school) AS seen_elsewhere
FROM staged s
JOIN met m ON m.key = s.key
LEFT JOIN register_entry here
       ON here.round = %(round)s AND here.person_id = m.person AND here.school_id = s.school
"""

_PLACE: Final = """
SELECT facts.key, facts.person, facts.school, verdicts.reason, facts.clash,
       bool_or(facts.clash) OVER (PARTITION BY facts.person, facts.school) AS here_clash
FROM facts JOIN verdicts ON verdicts.key = facts.key
"""

_ENTER: Final = """
WITH added AS (
    INSERT INTO register_entry (round, person_id, school_id, standing, agency, grade, level, province,
                                disadvantage, long_absent, weight_g, height_mm, clash, row_no, received_on,
                                recorded_at, recorded_by, source_file)
    SELECT %(round)s, p.person, p.school, coalesce(p.reason, 'first'), s.agency, s.grade, s.level, s.province,
           s.disadvantage, s.long_absent, s.weight_g, s.height_mm, p.here_clash, s.row_no, %(on)s,
           now(), %(by)s, %(source)s
    FROM placed p JOIN staged s ON s.key = p.key
    WHERE p.reason IS DISTINCT FROM 'duplicate'
    ORDER BY p.person
    RETURNING standing
)
SELECT standing, count(*) FROM added GROUP BY standing
"""

_REMEMBER_CLASH: Final = """
UPDATE register_entry e SET clash = true
FROM placed p
WHERE p.reason = 'duplicate' AND p.clash AND NOT e.clash
  AND e.round = %(round)s AND e.person_id = p.person AND e.school_id = p.school
"""

_RANK: Final = """
SELECT e.person_id AS person, e.school_id AS school,
       row_number() OVER (PARTITION BY e.person_id
                          ORDER BY coalesce(f.name, %(name_)s), e.row_no, e.standing <> 'first') AS nth
FROM register_entry e
LEFT JOIN register_file f ON f.round = e.round AND f.sha256 = e.source_file
WHERE e.round = %(round)s
  AND e.person_id IN (SELECT person FROM placed WHERE reason = 'second_school')
"""

_STEP_BACK: Final = """
UPDATE register_entry e SET standing = 'second_school'
FROM ranked r
WHERE r.nth > 1 AND e.round = %(round)s AND e.person_id = r.person AND e.school_id = r.school
  AND e.standing = 'first'
"""

_STEP_FORWARD: Final = """
UPDATE register_entry e SET standing = 'first'
FROM ranked r
WHERE r.nth = 1 AND e.round = %(round)s AND e.person_id = r.person AND e.school_id = r.school
  AND e.standing <> 'first'
"""

_SPEAKING: Final = """
SELECT p.person, {chosen}
FROM staged s
JOIN placed p ON p.key = s.key
JOIN register_entry e ON e.round = %(round)s AND e.person_id = p.person AND e.school_id = p.school
WHERE e.standing = 'first' AND e.source_file = %(source)s AND e.row_no = s.row_no AND NOT p.clash
"""
