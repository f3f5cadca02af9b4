"""Where each pupil stands by his group in a round."""

from dataclasses import dataclass
from typing import Final, cast
from uuid import UUID

from takhai.access import queries as access
from takhai.access.scope import Scope
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

# Who dropped when groups were made has no school in the round: that of the last list speaks for him.
_STANDINGS: Final = """
SELECT p.person_id, coalesce(m."group", ''), coalesce(m.reason, f.reason), coalesce(m.school_id, l.school_id),
    coalesce(m.grade, l.grade), coalesce(m.province, f.province), b.person_id IS NOT NULL, l.first_subsidy_year
FROM (
    SELECT person_id FROM round_member WHERE round = %(round)s
        AND (%(person)s::uuid IS NULL OR person_id = %(person)s)
    UNION
    SELECT person_id FROM fate WHERE round = %(round)s AND step = 'group'
        AND (%(person)s::uuid IS NULL OR person_id = %(person)s)
) p
LEFT JOIN round_member m ON m.round = %(round)s AND m.person_id = p.person_id
LEFT JOIN fate f ON f.round = %(round)s AND f.step = 'group' AND f.person_id = p.person_id
LEFT JOIN beneficiary b ON b.round = %(round)s AND b.person_id = p.person_id AND b.source = 'enrol'
LEFT JOIN beneficiary l ON l.round = %(last)s AND l.person_id = p.person_id
WHERE %(everything)s OR coalesce(m.school_id, l.school_id) IN (SELECT id FROM visible)
ORDER BY p.person_id
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """``group`` is "" for who dropped when groups were made; ``reason`` says why, in or out.

    ``school`` and ``grade`` are None and "" for a pupil who is in no group and was on no list. ``listed``: on
    the round's list of beneficiaries. ``first_subsidy_year`` (BE) is that of the last list, None without one.
    """

    person: UUID
    group: str
    reason: str
    school: UUID | None
    grade: str
    province: str
    listed: bool
    first_subsidy_year: int | None


def standings(*, round: Term, scope: Scope, person: UUID | None = None) -> dict[UUID, Standing]:
    """By person: everybody whom the step ``group`` has sorted, or one of them. One query.

    Who did not apply has no school here and is told only to a scope that sees everything.
    """
    rows = fetch(
        _STANDINGS,
        access.visible(scope=scope),
        round=str(round),
        last=str(round.previous()),
        person=person,
        everything=scope.everything,
    )
    return {
        cast(UUID, who): Standing(
            person=cast(UUID, who),
            group=str(group),
            reason=str(reason),
            school=cast("UUID | None", school),
            grade=str(grade or ""),
            province=str(province),
            listed=bool(listed),
            first_subsidy_year=cast("int | None", year),
        )
        for who, group, reason, school, grade, province, listed, year in rows
    }
