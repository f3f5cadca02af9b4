"""Whether a form is taken: the first reason in the order of FORM_REFUSALS counts.

A row alone shows some of the reasons (``of_row``, ``of_member``, before COPY); the others need the registers, the
members and the forms that stand. Set form of ``decide``: ``sets/intake.sql``.
"""

from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from takhai.screening.types import FORM_REFUSALS, FormRefusal

# Without these three nothing else of a row is looked at: whose it is cannot be known.
UNREADABLE: Final = (
    FormRefusal.ROW_MALFORMED,
    FormRefusal.TEXT_UNCLEAN,
    FormRefusal.FORM_NUMBER_MALFORMED,
)
_RANK: Final = {reason: at for at, reason in enumerate(FORM_REFUSALS)}
_OF_A_MEMBER: Final = (FormRefusal.MEMBER_AGE_IMPOSSIBLE, FormRefusal.INCOME_NEGATIVE)


@dataclass(frozen=True, slots=True)
class Facts:
    """``fault``: the first reason that the row alone shows. ``expected``: the pupil is screened at that school.

    ``number_repeated`` and ``repeated``: another form stands under the number, or for the pupil.
    """

    fault: str | None
    number_repeated: bool
    pupil_known: bool
    school_known: bool
    has_members: bool
    member_unreadable: bool
    age_impossible: bool
    income_negative: bool
    income_absurd: bool
    pupil_listed: bool
    expected: bool
    repeated: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is None for a form that is taken."""

    reason: str | None


def decide(facts: Facts) -> Verdict:
    """The first refusal that holds is the reason; one bad member refuses the form whole."""
    if facts.fault in UNREADABLE:
        return Verdict(facts.fault)
    holds = (
        (FormRefusal.FORM_NUMBER_REPEATED, facts.number_repeated),
        (FormRefusal.FORM_WITHOUT_PUPIL, not facts.pupil_known),
        (FormRefusal.FORM_SCHOOL_UNKNOWN, not facts.school_known),
        (facts.fault, facts.fault is not None),
        (FormRefusal.FORM_WITHOUT_MEMBERS, not facts.has_members),
        (FormRefusal.MEMBER_UNREADABLE, facts.member_unreadable),
        (FormRefusal.MEMBER_AGE_IMPOSSIBLE, facts.age_impossible),
        (FormRefusal.INCOME_NEGATIVE, facts.income_negative),
        (FormRefusal.INCOME_ABSURD, facts.income_absurd),
        (FormRefusal.PUPIL_NOT_LISTED, not facts.pupil_listed),
        (FormRefusal.FORM_NOT_EXPECTED, not facts.expected),
        (FormRefusal.FORM_REPEATED, facts.repeated),
    )
    return Verdict(next((reason for reason, true in holds if true), None))


def first(reasons: Iterable[str]) -> str | None:
    """The reason that counts of several; None of none."""
    return min(reasons, key=_RANK.__getitem__, default=None)


def of_row(
    *,
    problems: Iterable[str],
    filled_on: date | None,
    until: date,
    position: str | None,
    entitled: Container[str],
) -> str | None:
    """The first thing wrong with a row by itself.

    ``problems`` are the reader's; a cell that it could not read is None. A form filled in after ``until`` was
    not there on the day the round speaks for; a position that is not ``entitled`` certifies nothing.
    """
    found = list(problems)
    if filled_on is not None and filled_on > until:
        found.append(FormRefusal.FORM_DAY_IMPOSSIBLE)
    if position is not None and position not in entitled:
        found.append(FormRefusal.OFFICIAL_NOT_ENTITLED)
    return first(found)


def of_member(
    *, problems: Iterable[str], age: int | None, oldest: int, incomes: Collection[int], most: int
) -> str | None:
    """The first thing wrong with a member, which is his form's reason.

    ``problems`` are the reader's, and make him unreadable but for the two that are reasons themselves. An income
    column, or a loss in it, is at most ``most`` satang.
    """
    found = [name if name in _OF_A_MEMBER else FormRefusal.MEMBER_UNREADABLE for name in problems]
    if age is not None and age > oldest:
        found.append(FormRefusal.MEMBER_AGE_IMPOSSIBLE)
    if max(incomes, default=0) > most or min(incomes, default=0) < -most:
        found.append(FormRefusal.INCOME_ABSURD)
    return first(found)
