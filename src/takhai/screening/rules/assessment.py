"""Whether a pupil of a screened group is extremely poor. Set form: ``sets/assessment.sql``.

Source: ROUND §4. The cut-off was fixed before anybody is decided; here a household is only compared with it.
"""

from dataclasses import dataclass

from takhai.screening.types import (
    NO_FORM,
    NOT_EXTREMELY_POOR,
    OFFICIAL_REFUSED,
    OVER_INCOME,
    Cutoff,
    Household,
    Way,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """One pupil and the round's cut-off.

    Figures of the form are 0 (and ``lottery`` "") without one; figures of the cut-off likewise where its
    ``way`` does not use them. ``refused``: the state official's word.
    """

    has_form: bool
    refused: bool
    income_satang: int
    members: int
    ceiling_satang: int
    score: int
    lottery: str
    way: str
    cut_score: int
    cut_income_satang: int
    cut_members: int
    cut_lottery: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """``poor``: screened and passed the income test. ``reason`` is None for the extremely poor."""

    screened: bool
    poor: bool
    extremely_poor: bool
    reason: str | None


def over_income(facts: Facts) -> bool:
    """Income per head strictly above the ceiling."""
    return facts.income_satang > facts.ceiling_satang * facts.members


def not_after(facts: Facts) -> bool:
    """Whether the form stands at or before the last place of the quota, by exact fractions."""
    if facts.score != facts.cut_score:
        return facts.score > facts.cut_score
    own, last = facts.income_satang * facts.cut_members, facts.cut_income_satang * facts.members
    if own != last:
        return own < last
    if facts.members != facts.cut_members:
        return facts.members > facts.cut_members
    return facts.lottery <= facts.cut_lottery


def inside(facts: Facts) -> bool:
    """Whether the form lies in the round's band."""
    if facts.way == Way.SCORE:
        return facts.score >= facts.cut_score
    return facts.way == Way.QUOTA and not_after(facts)


def decide(facts: Facts) -> Verdict:
    """The first refusal that holds is the reason."""
    if not facts.has_form:
        return Verdict(screened=False, poor=False, extremely_poor=False, reason=NO_FORM)
    if facts.refused:
        return Verdict(screened=False, poor=False, extremely_poor=False, reason=OFFICIAL_REFUSED)
    if over_income(facts):
        return Verdict(screened=True, poor=False, extremely_poor=False, reason=OVER_INCOME)
    if not inside(facts):
        return Verdict(screened=True, poor=True, extremely_poor=False, reason=NOT_EXTREMELY_POOR)
    return Verdict(screened=True, poor=True, extremely_poor=True, reason=None)


def facts_of(
    *, household: Household | None, refused: bool, score: int, lottery: str, cutoff: Cutoff
) -> Facts:
    """The facts of one form (None: there is none) against a cut-off."""
    return Facts(
        has_form=household is not None,
        refused=refused,
        income_satang=household.income_satang if household else 0,
        members=household.members if household else 0,
        ceiling_satang=cutoff.ceiling_satang,
        score=score,
        lottery=lottery,
        way=cutoff.way,
        cut_score=cutoff.score,
        cut_income_satang=cutoff.income_satang,
        cut_members=cutoff.members,
        cut_lottery=cutoff.lottery,
    )
