"""Whether a good row of a register is the one that counts for its pupil."""

from dataclasses import dataclass

from takhai.registry.types import RowReason


@dataclass(frozen=True, slots=True)
class Facts:
    """What came before the row, in this file or another of the round: the pupil at this school, elsewhere."""

    seen_here: bool
    seen_elsewhere: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """None for the row that counts."""

    reason: RowReason | None


def decide(facts: Facts) -> Verdict:
    """The same school again repeats what is known; another school is an enrolment of its own."""
    if facts.seen_here:
        return Verdict(RowReason.DUPLICATE)
    if facts.seen_elsewhere:
        return Verdict(RowReason.SECOND_SCHOOL)
    return Verdict(None)
