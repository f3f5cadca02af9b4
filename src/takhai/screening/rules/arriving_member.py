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
    if not facts.known:
        return Verdict(stands=False, trouble=MemberTrouble.SCHOOL_UNKNOWN)
    if facts.same:
        return Verdict(stands=False, trouble=None)
    if facts.closed:
        return Verdict(stands=False, trouble=MemberTrouble.MEETING_AFTER_CLOSE)
    if facts.signed:
        return Verdict(stands=False, trouble=MemberTrouble.MEETING_SIGNED)
    if not facts.days_equal:
        return Verdict(stands=False, trouble=MemberTrouble.MEETING_DAYS_DIFFER)
    if not facts.first:
        return Verdict(stands=False, trouble=MemberTrouble.MEETING_MEMBER_REPEATED)
    return Verdict(stands=True, trouble=None)
