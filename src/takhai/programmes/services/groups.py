"""Step ``group``: every pupil of the registers and of the last list goes old, new or neither."""

from typing import Final, cast

from takhai.platform.flow import Flow
from takhai.platform.relations import Relation, constant
from takhai.platform.sets import apply, fetch, materialise, select
from takhai.policy import RoundPolicy
from takhai.programmes.parity import GROUPS
from takhai.programmes.services import fates
from takhai.programmes.types import SCREENING
from takhai.thai.calendar import Term

STEP: Final = "group"
BY: Final = f"semester {STEP}"
ENTRY: Final = (
    "person",
    "school",
    "counted",
    "agency",
    "grade",
    "level",
    "province",
    "area_code",
    "disadvantage",
)


def assign(*, round: Term, province: str, policy: RoundPolicy, entries: Relation, present: Relation) -> Flow:
    """Gives the pupils of a province their group, or their reason to drop; ``to`` counts the groups.

    ``entries`` has the columns of ``ENTRY``: the rows, wherever they are, of the pupils who are counted
    in the province, one for each pupil and school. ``present`` (person) are all who have a good row in
    the round: a pupil of this province's last list may be counted in another.
    """
    given = materialise(entries.require(*ENTRY).named("entries"), key=("person",))
    placed = materialise(_placed(round, province, policy, given, present.require("person")), key=("key",))
    facts = select(_FACTS, placed, name="facts", columns=_FACT_COLUMNS, **_limits(policy))
    decided = materialise(apply(GROUPS, facts).named("decided"), key=("key",))
    to = _members(round, placed, decided)
    dropped = fates.record(round=round, group="", step=STEP, verdicts=_dropped(round, placed, decided))
    ((came,),) = fetch(
        "SELECT count(*) FROM entries WHERE counted AND province = %(unit)s", given, unit=province
    )
    ((joined,),) = fetch("SELECT count(*) FROM placed WHERE NOT has_row", placed)
    return dropped + Flow(
        in_=cast(int, came),
        joined=cast(int, joined),
        out=sum(to.values()),
        to=dict.fromkeys(policy.groups, 0) | to,
    )


def _placed(
    round: Term, province: str, policy: RoundPolicy, entries: Relation, present: Relation
) -> Relation:
    marks = constant(
        name="marks",
        columns={"agency": "text", "mark": "text"},
        rows=[(entry.affiliation, entry.mark) for entry in policy.entry.values()],
    )
    return select(
        _PLACED,
        entries,
        present.named("present"),
        marks,
        name="placed",
        columns=_PLACED_COLUMNS,
        last=str(round.previous()),
        round=str(round),
        unit=province,
        screening=list(SCREENING),
    )


def _limits(policy: RoundPolicy) -> dict[str, object]:
    return {"limit": policy.term.year - policy.three_years, "screened": list(policy.screened_levels)}


def _members(round: Term, placed: Relation, decided: Relation) -> dict[str, int]:
    counted = fetch(_ADD_MEMBERS, placed, decided, round=str(round), by=BY)
    return {str(group): cast(int, count) for group, count in counted}


def _dropped(round: Term, placed: Relation, decided: Relation) -> Relation:
    return select(_DROPPED, placed, decided, name="dropped", columns=fates.VERDICT, dropped_round=str(round))


_PLACED_COLUMNS: Final = {
    "key": "uuid",
    "unit": "text",
    "school": "uuid",
    "agency": "text",
    "grade": "text",
    "level": "text",
    "province": "text",
    "area_code": "text",
    "on_last_list": "boolean",
    "has_row": "boolean",
    "same_school": "boolean",
    "first_subsidy_year": "integer",
    "applies": "boolean",
    "failed_before": "boolean",
}

# Of a pupil in two schools the row at the last list's school speaks for him, else the counted one.
_PLACED: Final = """
SELECT
    c.person AS key, c.province AS unit,
    coalesce(h.school, c.school) AS school, coalesce(h.agency, c.agency) AS agency,
    coalesce(h.grade, c.grade) AS grade, coalesce(h.level, c.level) AS level,
    coalesce(h.province, c.province) AS province, coalesce(h.area_code, c.area_code) AS area_code,
    l.person_id IS NOT NULL AS on_last_list, true AS has_row, h.person IS NOT NULL AS same_school,
    coalesce(l.first_subsidy_year, 0) AS first_subsidy_year,
    e.agency IS NOT NULL
        AND coalesce(e.mark IS NULL OR e.mark = coalesce(h.disadvantage, c.disadvantage), false) AS applies,
    EXISTS (
        SELECT 1 FROM fate f
        WHERE f.person_id = c.person AND f.round < %(round)s AND f.step = ANY (%(screening)s) AND f.kind = 'dropped'
    ) AS failed_before
FROM entries AS c
LEFT JOIN beneficiary AS l ON l.round = %(last)s AND l.person_id = c.person
LEFT JOIN entries AS h ON h.person = l.person_id AND h.school = l.school_id
LEFT JOIN marks AS e ON e.agency = coalesce(h.agency, c.agency)
WHERE c.counted AND c.province = %(unit)s
UNION ALL
SELECT
    l.person_id, l.province, l.school_id, l.agency, l.grade, l.level, l.province, l.area_code,
    true, false, false, l.first_subsidy_year, false, false
FROM beneficiary AS l
WHERE l.round = %(last)s AND l.province = %(unit)s
  AND NOT EXISTS (SELECT 1 FROM present AS p WHERE p.person = l.person_id)
"""

_FACT_COLUMNS: Final = {
    "key": "uuid",
    "on_last_list": "boolean",
    "has_row": "boolean",
    "same_school": "boolean",
    "first_subsidy_year": "bigint",
    "limit_year": "bigint",
    "applies": "boolean",
    "screened_level": "boolean",
    "failed_before": "boolean",
}

_FACTS: Final = """
SELECT key, on_last_list, has_row, same_school, first_subsidy_year::bigint, %(limit)s::bigint AS limit_year,
       applies, level = ANY (%(screened)s) AS screened_level, failed_before
FROM placed
"""

_ADD_MEMBERS: Final = """
WITH added AS (
    INSERT INTO round_member (round, person_id, "group", reason, school_id, agency, grade, level, province,
                              area_code, recorded_at, recorded_by)
    SELECT %(round)s, key, d."group", d.reason, p.school, p.agency, p.grade, p.level, p.province, p.area_code,
           now(), %(by)s
    FROM placed AS p JOIN decided AS d USING (key)
    WHERE d."group" <> ''
    ORDER BY key
    RETURNING "group"
)
SELECT "group", count(*) FROM added GROUP BY "group"
"""

_DROPPED: Final = """
SELECT %(dropped_round)s::text AS entitlement_round, key AS person, 'dropped' AS kind, d.reason,
       0::bigint AS satang, p.unit AS province
FROM placed AS p JOIN decided AS d USING (key)
WHERE d."group" = ''
"""
