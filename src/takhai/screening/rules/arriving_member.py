"""Whether a row of a meeting's members stands. Set form: ``sets/arriving_member.sql``."""

from dataclasses import dataclass

from takhai.screening.types import MemberTrouble


@dataclass(frozen=True, slots=True)
class Facts:
    """``known``: there is such a school. ``closed``: certify is over for it. ``signed``: its meeting stands.

    ``same``: the row says what stands, or what an earlier row of the file says. ``days_equal``: its days are
    those of the school's first row. ``first``: no earlier row of the file is of that member.
    """

    known: bool
    closed: bool
    signed: bool
    same: bool
    days_equal: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """``stands``: the row is kept. ``trouble``: why it is not taken; neither for a repeated row."""

    stands: bool
    trouble: str | None


def decide(facts: Facts) -> Verdict:
    """The first file of a school is its signed meeting, whole; nothing is added to it later."""
    if facts.same and facts.known:
        return Verdict(stands=False, trouble=None)
    troubles = (
        (not facts.known, MemberTrouble.SCHOOL_UNKNOWN),
        (facts.closed, MemberTrouble.MEETING_AFTER_CLOSE),
        (facts.signed, MemberTrouble.MEETING_SIGNED),
        (not facts.days_equal, MemberTrouble.MEETING_DAYS_DIFFER),
        (not facts.first, MemberTrouble.MEETING_MEMBER_REPEATED),
    )
    trouble = next((trouble for holds, trouble in troubles if holds), None)
    return Verdict(stands=trouble is None, trouble=trouble)
