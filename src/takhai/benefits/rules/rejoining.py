"""Whether a row that was held at entitle may join a later list. Set form: ``sets/rejoining.sql``."""

from dataclasses import dataclass

from takhai.benefits.types import NOT_COMPLIANT


@dataclass(frozen=True, slots=True)
class Facts:
    """``held_for``: why the row was held. ``finding``: what identity finds of it now, None when nothing."""

    held_for: str
    finding: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the row joins."""

    joins: bool


def still_found(facts: Facts) -> bool:
    """Identity still has something against it, the same or another."""
    return facts.finding is not None


def failed_conditions(facts: Facts) -> bool:
    """Held for last term's conditions: no register row lifts that."""
    return facts.held_for == NOT_COMPLIANT


def decide(facts: Facts) -> Verdict:
    """The row joins when nothing stands against it any more."""
    return Verdict(joins=not (still_found(facts) or failed_conditions(facts)))
