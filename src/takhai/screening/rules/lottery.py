"""The last word between two equal households: a lottery anyone can repeat. Set form: ``sets/lottery.sql``."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """``seed`` is published in the round's policy."""

    round: str
    seed: str
    form_no: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """64 hex digits; the lower one goes first."""

    lottery: str


def decide(facts: Facts) -> Verdict:
    """sha256 of "round|seed|form_no"."""
    drawn = f"{facts.round}|{facts.seed}|{facts.form_no}"
    return Verdict(hashlib.sha256(drawn.encode()).hexdigest())
