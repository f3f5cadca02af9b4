"""Whether a row of the bank's file stands for its transfer. Set form: ``sets/arriving_result.sql``."""

from dataclasses import dataclass

from takhai.payments.types import Trouble


@dataclass(frozen=True, slots=True)
class Facts:
    """``known``: a transfer of the group bears the reference. ``first``: no other row stands for it.

    ``same``: the row that stands says the same. ``awaited``: the transfer still waits for its result.
    """

    known: bool
    first: bool
    same: bool
    awaited: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """``stands``: the row is kept. ``trouble``: why a person must look at it; neither for a repeated row."""

    stands: bool
    trouble: str | None


def decide(facts: Facts) -> Verdict:
    """The first row stands; the same again changes nothing; another one is for a person."""
    if not facts.known:
        return Verdict(stands=False, trouble=Trouble.RESULT_WITHOUT_ORDER)
    if not facts.first:
        return Verdict(stands=False, trouble=None if facts.same else Trouble.RESULT_CONTRADICTS)
    if not facts.awaited:
        return Verdict(stands=False, trouble=Trouble.RESULT_LATE)
    return Verdict(stands=True, trouble=None)
