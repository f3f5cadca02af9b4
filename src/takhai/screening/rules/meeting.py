"""Whether a school committee's meeting counts (form นร.05). Set form: ``sets/meeting.sql``."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Facts:
    """``members`` of the committee on the form, ``present`` of them; the window is [opens, until)."""

    members: int
    present: int
    met_on: date
    signed_on: date
    opens: date
    until: date
    least: int
    quorum_percent: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether its results count."""

    valid: bool


def too_few(facts: Facts) -> bool:
    """Fewer members than a committee must have."""
    return facts.members < facts.least


def no_quorum(facts: Facts) -> bool:
    """Not enough of the members were present."""
    return facts.present * 100 < facts.quorum_percent * facts.members


def out_of_time(facts: Facts) -> bool:
    """Signed before it was held, or held or signed outside the window."""
    return not facts.opens <= facts.met_on <= facts.signed_on < facts.until


def decide(facts: Facts) -> Verdict:
    """A meeting counts when nothing speaks against it."""
    return Verdict(valid=not (too_few(facts) or no_quorum(facts) or out_of_time(facts)))
