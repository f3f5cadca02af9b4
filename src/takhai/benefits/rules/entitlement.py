"""Whether a pupil of the list is granted, held or dropped. Set form: ``sets/entitlement.sql``."""

from dataclasses import dataclass

from takhai.benefits.types import DEAD, NO_RATE, NOT_COMPLIANT, Standing


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one pupil on the day of the step.

    ``satang``: sum of his rates, None where his level and agency have none. ``finding``: what identity
    found, the first that counts. ``compliant``: last term's conditions, None when nobody judged them.
    ``failing_holds``: whether the round's policy holds who failed them.
    """

    satang: int | None
    finding: str | None
    compliant: bool | None
    failing_holds: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """``amount`` in satang is 0 where there is no rate; ``reason`` is None for who is granted."""

    standing: Standing
    reason: str | None
    amount: int


def no_rate(facts: Facts) -> bool:
    """Asked first: who has no rate carries no money through the step."""
    return facts.satang is None


def dead(facts: Facts) -> bool:
    """The civil registry says the pupil has died."""
    return facts.finding == DEAD


def identity_holds(facts: Facts) -> bool:
    """Something else is wrong with who the pupil is."""
    return facts.finding is not None and facts.finding != DEAD


def failed_conditions(facts: Facts) -> bool:
    """Last term's conditions were failed, in a round whose policy holds for it."""
    return facts.failing_holds and facts.compliant is False


def decide(facts: Facts) -> Verdict:
    """The first refusal that holds is the reason."""
    amount = facts.satang or 0
    if no_rate(facts):
        return Verdict(Standing.DROPPED, NO_RATE, 0)
    if dead(facts):
        return Verdict(Standing.DROPPED, DEAD, amount)
    if identity_holds(facts):
        return Verdict(Standing.HELD, facts.finding, amount)
    if failed_conditions(facts):
        return Verdict(Standing.HELD, NOT_COMPLIANT, amount)
    return Verdict(Standing.GRANTED, None, amount)
