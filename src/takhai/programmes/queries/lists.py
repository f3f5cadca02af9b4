"""Lists of a round."""

from typing import cast

from takhai.access import queries as access
from takhai.access.scope import Scope
from takhai.platform.relations import Relation, merge
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term


def needs_last_list(*, round: Term) -> bool:
    """Whether the list of the round before must come from a file: we did not make it ourselves."""
    ((ours,),) = fetch(
        "SELECT EXISTS (SELECT 1 FROM beneficiary WHERE round = %(last)s AND source = 'enrol')",
        last=str(round.previous()),
    )
    return not ours


def provinces_of_last_list(*, round: Term) -> list[str]:
    """Provinces of the schools on the list of the round before."""
    rows = fetch(
        "SELECT DISTINCT province FROM beneficiary WHERE round = %(last)s ORDER BY 1",
        last=str(round.previous()),
    )
    return [str(province) for (province,) in rows]


def provinces(*, round: Term, group: str) -> list[str]:
    """Provinces that have members of the group."""
    rows = fetch(
        'SELECT DISTINCT province FROM round_member WHERE round = %(round)s AND "group" = %(group)s ORDER BY 1',
        round=str(round),
        group=group,
    )
    return [str(province) for (province,) in rows]


def members(*, round: Term, group: str, province: str | None, scope: Scope) -> Relation:
    """The group's members of a province (None: of all) whose school the scope covers, and why they are in it."""
    visible = access.visible(scope=scope)
    return Relation(
        name="members",
        columns={
            "person": "uuid",
            "school": "uuid",
            "agency": "text",
            "grade": "text",
            "level": "text",
            "province": "text",
            "area_code": "text",
            "reason": "text",
        },
        sql=(
            "SELECT m.person_id AS person, m.school_id AS school, m.agency, m.grade, m.level, m.province,"  # noqa: S608
            " m.area_code, m.reason FROM round_member AS m"
            ' WHERE m.round = %(members_round)s AND m."group" = %(members_group)s'
            " AND (%(members_province)s::text IS NULL OR m.province = %(members_province)s)"
            f" AND m.school_id IN ({visible.sql})"
        ),
        params=merge(
            visible.params,
            {"members_round": str(round), "members_group": group, "members_province": province},
        ),
    )


def listed(*, round: Term, province: str | None, scope: Scope) -> Relation:
    """The round's own beneficiaries of all groups, of a province (None: of all), whose school the scope covers."""
    visible = access.visible(scope=scope)
    return Relation(
        name="listed",
        columns={"person": "uuid", "school": "uuid", "province": "text"},
        sql=(
            "SELECT b.person_id AS person, b.school_id AS school, b.province FROM beneficiary AS b"  # noqa: S608
            " WHERE b.round = %(enrolled_round)s AND b.source = 'enrol'"
            " AND (%(enrolled_province)s::text IS NULL OR b.province = %(enrolled_province)s)"
            f" AND b.school_id IN ({visible.sql})"
        ),
        params=merge(visible.params, {"enrolled_round": str(round), "enrolled_province": province}),
    )


def count_beneficiaries(*, round: Term) -> int:
    """Pupils on the round's list."""
    ((count,),) = fetch(
        "SELECT count(*) FROM beneficiary WHERE round = %(round)s AND source = 'enrol'", round=str(round)
    )
    return cast(int, count)


def beneficiaries(*, round: Term, group: str, province: str, scope: Scope) -> Relation:
    """The group's beneficiaries of a province whose school the scope covers.

    ``compliant`` is what the round before says of him: None where nobody judged.
    """
    visible = access.visible(scope=scope)
    return Relation(
        name="beneficiaries",
        columns={
            "person": "uuid",
            "school": "uuid",
            "agency": "text",
            "grade": "text",
            "level": "text",
            "province": "text",
            "area_code": "text",
            "compliant": "boolean",
        },
        sql=(
            "SELECT b.person_id AS person, b.school_id AS school, b.agency, b.grade, b.level, b.province, b.area_code,"  # noqa: S608
            " l.compliant FROM beneficiary AS b"
            " LEFT JOIN beneficiary AS l ON l.round = %(last_list)s AND l.person_id = b.person_id"
            ' WHERE b.round = %(listed_round)s AND b."group" = %(listed_group)s AND b.province = %(listed_province)s'
            f" AND b.school_id IN ({visible.sql})"
        ),
        params=merge(
            visible.params,
            {
                "last_list": str(round.previous()),
                "listed_round": str(round),
                "listed_group": group,
                "listed_province": province,
            },
        ),
    )
