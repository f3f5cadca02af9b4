"""What the cash clock makes of a line at a school. Set form: ``sets/recovery.sql``."""

from dataclasses import dataclass

from takhai.payments.types import ABSENT, NOT_FETCHED, RECEIVED, LineState


@dataclass(frozen=True, slots=True)
class Facts:
    """The receipt that stands for a line: its ``status`` (None without one), whether it is dated inside."""

    status: str | None
    inside: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` says why the money is due back, None when it was received."""

    state: LineState
    reason: str | None


def received(facts: Facts) -> bool:
    """Received inside the window; a receipt of another amount never stands."""
    return facts.status == RECEIVED and facts.inside


def told_absent(facts: Facts) -> bool:
    """The roll says what became of the pupil."""
    return facts.status in ABSENT


def decide(facts: Facts) -> Verdict:
    """A pupil is paid whole or not at all; what was not received goes back."""
    if received(facts):
        return Verdict(LineState.PAID, None)
    return Verdict(LineState.DUE_BACK, facts.status if told_absent(facts) else NOT_FETCHED)
