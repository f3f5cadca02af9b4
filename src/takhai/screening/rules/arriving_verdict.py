"""Whether a committee's row stands for its pupil. Set form: ``sets/arriving_verdict.sql``."""

from dataclasses import dataclass

from takhai.screening.types import Result, Trouble


@dataclass(frozen=True, slots=True)
class Facts:
    """``closed``: certify is over for the school. ``listed``: the form is on the list of that school.

    ``first``: no other row stands for the form. ``same``: the row that stands says the same.
    """

    closed: bool
    listed: bool
    first: bool
    same: bool
    result: str
    reasoned: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """``stands``: the row is kept. ``trouble``: why it is not taken; neither for a repeated row."""

    stands: bool
    trouble: str | None


def decide(facts: Facts) -> Verdict:
    """The first verdict stands; the same again changes nothing; a refusal needs its reason."""
    if facts.closed:
        return Verdict(stands=False, trouble=Trouble.VERDICT_AFTER_SIGNING)
    if not facts.listed:
        return Verdict(stands=False, trouble=Trouble.NOT_EXPECTED)
    if facts.result == Result.REFUSED and not facts.reasoned:
        return Verdict(stands=False, trouble=Trouble.VERDICT_WITHOUT_REASON)
    if not facts.first:
        return Verdict(stands=False, trouble=None if facts.same else Trouble.VERDICT_REPEATED)
    return Verdict(stands=True, trouble=None)
