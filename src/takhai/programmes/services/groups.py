"""Step ``group``: every pupil of the registers and of the last list goes old, new or neither."""

from typing import Final, cast

from takhai.platform.flow import Flow
from takhai.platform.relations import Relation, constant
from takhai.platform.sets import apply, fetch, materialise
from takhai.policy import RoundPolicy
from takhai.programmes.parity import GROUPS
from takhai.programmes.services import fates
from takhai.thai.calendar import Term

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

# Of a pupil in two schools the row at the last list's school speaks for him, else the counted one.
_PLACED: Final = """
SELECT
    c.person AS key, c.province AS unit,
    coalesce(h.school, c.school) AS school, coalesce(h.agency, c.agency) AS agency,
    coalesce(h.grade, c.grade) AS grade, coalesce(h.level, c.level) AS level,
    coalesce(h.province, c.province) AS province, coalesce(h.area_code, c.area_code) AS area_code,
    l.person_id IS NOT NULL AS on_last_list, true AS has_row, h.person IS NOT NULL AS same_school,
    coalesce(l.first_subsidy_year, %(limit_year)s + 1) AS first_subsidy_year,
    coalesce(e.mark IS NULL OR e.mark = coalesce(h.disadvantage, c.disadvantage), false) AND e.agency IS NOT NULL AS applies
FROM entries AS c
LEFT JOIN beneficiary AS l ON l.round = %(last)s AND l.person_id = c.person
LEFT JOIN entries AS h ON h.person = l.person_id AND h.school = l.school_id
LEFT JOIN marks AS e ON e.agency = coalesce(h.agency, c.agency)
WHERE c.counted AND c.province = %(unit)s
UNION ALL
SELECT
    l.person_id, l.province, l.school_id, l.agency, l.grade, l.level, l.province, l.area_code,
    true, false, false, l.first_subsidy_year, false
FROM beneficiary AS l
WHERE l.round = %(last)s AND l.province = %(unit)s
  AND NOT EXISTS (SELECT 1 FROM entries AS e WHERE e.person = l.person_id)
"""
_SHAPE: Final = {
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
}
_FACTS: Final = {name: kind for name, kind in _SHAPE.items() if name in {"key", "on_last_list", "has_row", "same_school"}} | {
    "first_subsidy_year": "bigint",
    "limit_year": "bigint",
    "applies": "boolean",
    "screened_level": "boolean",
}


def assign(*, round: Term, province: str, policy: RoundPolicy, entries: Relation) -> Flow:
    """Gives the pupils of a province their group, or their reason to drop; ``to`` counts the groups.

    ``entries`` has the columns of ``ENTRY``: one row for each pupil and school with a good row.
    """
    given = entries.require(*ENTRY).named("entries")
    placed = materialise(_placed(round, province, policy, given), key=("key",))
    decided = materialise(apply(GROUPS, _facts(placed, policy)), key=("key",))
    to = _members(round, placed, decided)
    dropped = fates.record(round=round, group="", step="group", verdicts=_dropped(round, placed, decided))
    ((came,),) = fetch("SELECT count(*) FROM entries WHERE counted AND province = %(unit)s", given, unit=province)
    ((joined,),) = fetch("SELECT count(*) FROM placed WHERE NOT has_row", placed.named("placed"))
    return dropped + Flow(
        in_=cast(int, came),
        joined=cast(int, joined),
        out=sum(to.values()),
        to=dict.fromkeys(policy.groups, 0) | to,
    )


def _placed(round: Term, province: str, policy: RoundPolicy, entries: Relation) -> Relation:
    marks = constant(
        name="marks",
        columns={"agency": "text", "mark": "text"},
        rows=[(entry.affiliation, entry.mark) for entry in policy.entry.values()],
    )
    params = {"last": str(round.previous()), "unit": province, "limit_year": round.year - policy.three_years}
    sql = f"WITH entries AS MATERIALIZED ({entries.sql}), marks AS ({marks.sql})\n{_PLACED}"  # noqa: S608
    return Relation(name="placed", columns=_SHAPE, sql=sql, params={**entries.params, **marks.params, **params})


def _facts(placed: Relation, policy: RoundPolicy) -> Relation:
    return Relation(
        name="facts",
        columns=_FACTS,
        sql=(
            "SELECT key, on_last_list, has_row, same_school, first_subsidy_year::bigint,"  # noqa: S608
            " %(limit)s::bigint AS limit_year, applies, level = ANY (%(screened)s) AS screened_level"
            f" FROM ({placed.sql}) AS placed"
        ),
        params={
            **placed.params,
            "limit": policy.term.year - policy.three_years,
            "screened": list(policy.screened_levels),
        },
    )


def _members(round: Term, placed: Relation, decided: Relation) -> dict[str, int]:
    counted = fetch(
        'WITH added AS (INSERT INTO round_member (round, person_id, "group", reason, school_id, agency, grade, level,'
        " province, area_code, recorded_at, recorded_by)"
        ' SELECT %(round)s, key, d."group", d.reason, p.school, p.agency, p.grade, p.level, p.province, p.area_code,'
        " now(), 'semester group' FROM placed AS p JOIN decided AS d USING (key) WHERE d.\"group\" <> ''"
        ' RETURNING "group") SELECT "group", count(*) FROM added GROUP BY "group"',
        placed.named("placed"),
        decided.named("decided"),
        round=str(round),
    )
    return {str(group): cast(int, count) for group, count in counted}


def _dropped(round: Term, placed: Relation, decided: Relation) -> Relation:
    return Relation(
        name="fated",
        columns={
            "entitlement_round": "text",
            "person": "uuid",
            "kind": "text",
            "reason": "text",
            "satang": "bigint",
            "province": "text",
        },
        sql=(
            "SELECT %(dropped_round)s::text AS entitlement_round, key AS person, 'dropped' AS kind, d.reason,"  # noqa: S608
            " 0::bigint AS satang, p.unit AS province"
            f" FROM ({placed.sql}) AS p JOIN ({decided.sql}) AS d USING (key) WHERE d.\"group\" = ''"
        ),
        params={"dropped_round": str(round)},
    )
