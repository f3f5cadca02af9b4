"""Lists of a round and group: what is on them, their hash, who froze them."""

from datetime import date
from typing import Final

from takhai.access.queries.places import visible
from takhai.access.scope import Scope
from takhai.benefits.types import GRANTED_COLUMNS, Frozen
from takhai.platform.problems import Refusal
from takhai.platform.relations import Relation
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

# One line a pupil, in the order of round and person: what the hash of a list is taken over. No personal
# value is part of it, so erasing a person leaves the hash as it is.
_CANONICAL: Final = """
SELECT count(*), coalesce(sum(satang), 0)::bigint, encode(sha256(convert_to(coalesce(string_agg(
    concat_ws('|',
        round, person_id, school_id, agency, grade, level, province, area_code, satang, policy_sha256),
    E'\\n' ORDER BY round, person_id), ''), 'UTF8')), 'hex')
FROM entitlement
WHERE list_round = %(round)s AND list_group = %(group)s
"""
_FROZEN: Final = """
SELECT round, "group", count, satang, sha256, frozen_by, frozen_on FROM frozen_list
WHERE (%(round)s::text IS NULL OR round = %(round)s) AND (%(group)s::text IS NULL OR "group" = %(group)s)
ORDER BY round, "group"
"""


def digest(*, round: Term, group: str) -> tuple[int, int, str]:
    """Count, satang and sha256 of the list as its rows stand now."""
    ((count, satang, sha256),) = fetch(_CANONICAL, round=str(round), group=group)
    return int(str(count)), int(str(satang)), str(sha256)


def find_frozen(*, round: Term, group: str) -> Frozen | None:
    """The frozen list, None while the list is open."""
    rows = _frozen(round=str(round), group=group)
    return rows[0] if rows else None


def frozen(*, round: Term, group: str) -> Frozen:
    """The frozen list; Refusal ``list_not_frozen`` while it is open."""
    found = find_frozen(round=round, group=group)
    if found is None:
        raise Refusal("list_not_frozen", round=str(round), group=group)
    return found


def changed() -> list[Frozen]:
    """Frozen lists whose rows no longer give their hash: somebody went past the triggers."""
    return [
        each
        for each in _frozen(round=None, group=None)
        if digest(round=Term.parse(each.round), group=each.group) != (each.count, each.satang, each.sha256)
    ]


def problems() -> list[Refusal]:
    """``changed`` as numbered problems, for whoever proves the books."""
    return [Refusal("frozen_list_changed", round=each.round, group=each.group) for each in changed()]


def granted(*, round: Term, group: str, province: str | None = None, scope: Scope) -> Relation:
    """The rows of a list (of one province) that the scope covers, with the columns of GRANTED_COLUMNS."""
    inside = visible(scope=scope, name="granted_visible")
    return Relation(
        name="granted",
        columns=GRANTED_COLUMNS,
        sql="SELECT round AS entitlement_round, person_id AS person, school_id AS school,"  # noqa: S608
        " agency, grade, level, province, area_code, satang FROM entitlement"
        " WHERE list_round = %(list_round)s AND list_group = %(list_group)s"
        " AND (%(list_province)s::text IS NULL OR province = %(list_province)s)"
        f" AND (%(list_everything)s OR school_id IN ({inside.sql}))",
        params={
            "list_round": str(round),
            "list_group": group,
            "list_province": province,
            "list_everything": scope.everything,
            **inside.params,
        },
    )


def provinces(*, round: Term, group: str) -> list[str]:
    """Provinces with rows on the list, in order."""
    rows = fetch(
        "SELECT DISTINCT province FROM entitlement WHERE list_round = %(round)s AND list_group = %(group)s"
        " ORDER BY province",
        round=str(round),
        group=group,
    )
    return [str(province) for (province,) in rows]


def provinces_to_rejoin(*, round: Term, group: str) -> list[str]:
    """Provinces with held rows that may join this list, in order."""
    rows = fetch(
        "SELECT DISTINCT province FROM entitlement WHERE standing = 'held' AND round <= %(round)s"
        ' AND (round, "group") <> (%(round)s, %(group)s) ORDER BY province',
        round=str(round),
        group=group,
    )
    return [str(province) for (province,) in rows]


def _frozen(*, round: str | None, group: str | None) -> list[Frozen]:
    return [
        Frozen(str(term), str(name), int(str(count)), int(str(satang)), str(sha256), str(by), _day(on))
        for term, name, count, satang, sha256, by, on in fetch(_FROZEN, round=round, group=group)
    ]


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError("a day is a date")
    return value
