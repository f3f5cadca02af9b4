"""What the forms of the screened say of their households, by population: counts and sums, nobody's own figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

POPULATIONS: Final = ("screened", "poor", "extremely_poor")
SOURCES: Final = ("wages", "agriculture", "business", "welfare", "other")
_PROFILE: Final = """
WITH screened AS (
    SELECT a.form_no, a.poor, a.extremely_poor, f.income_satang / f.members AS per_head, f.members, f.unemployed,
        f.guardian_welfare_card
    FROM assessment a JOIN form f ON f.round = a.round AND f.form_no = a.form_no
    WHERE a.round = %(round)s AND a.screened
), earning AS (
    SELECT m.form_no, bool_or(m.wages > 0) AS wages, bool_or(m.agriculture > 0) AS agriculture,
        bool_or(m.business > 0) AS business, bool_or(m.welfare > 0) AS welfare, bool_or(m.other > 0) AS other
    FROM form_member m WHERE m.round = %(round)s GROUP BY m.form_no
)
SELECT p.name, count(*), sum(s.per_head)::bigint, sum(s.members)::bigint,
    count(*) FILTER (WHERE s.unemployed), count(*) FILTER (WHERE s.guardian_welfare_card),
    count(*) FILTER (WHERE e.wages), count(*) FILTER (WHERE e.agriculture), count(*) FILTER (WHERE e.business),
    count(*) FILTER (WHERE e.welfare), count(*) FILTER (WHERE e.other)
FROM screened s
LEFT JOIN earning e ON e.form_no = s.form_no
CROSS JOIN LATERAL (
    VALUES ('screened', true), ('poor', s.poor), ('extremely_poor', s.extremely_poor)
) AS p(name, is_one)
WHERE p.is_one
GROUP BY p.name
"""


@dataclass(frozen=True, slots=True)
class Profile:
    """Sums over the pupils of one population; ``per_head`` and its parts are satang a month.

    ``unemployed``: pupils with an unemployed member; ``welfare_card``: whose guardian has one; ``sources``:
    pupils with at least one member who has an income above 0 from the source.
    """

    pupils: int
    per_head: int
    members: int
    unemployed: int
    welfare_card: int
    sources: Mapping[str, int]


def profile(*, round: Term) -> dict[str, Profile]:
    """The populations of a round by name, each a part of the one before; all 0 before anybody is assessed."""
    found = {str(name): cast(list[int], sums) for name, *sums in fetch(_PROFILE, round=str(round))}
    nobody = [0] * (5 + len(SOURCES))
    return {name: _profile(found.get(name, nobody)) for name in POPULATIONS}


def _profile(sums: list[int]) -> Profile:
    pupils, per_head, members, unemployed, card, *earning = sums
    return Profile(
        pupils=pupils,
        per_head=per_head,
        members=members,
        unemployed=unemployed,
        welfare_card=card,
        sources=dict(zip(SOURCES, earning, strict=True)),
    )
