"""Whether a pupil on the list is certified by his school's committee. Set form: ``sets/certification.sql``."""

from dataclasses import dataclass

from takhai.screening.types import COMMITTEE_REFUSED, NO_COMMITTEE_RESULT, NO_QUORUM, Result


@dataclass(frozen=True, slots=True)
class Facts:
    """``result``: the committee's word, None when it said nothing. ``met``: his school had a meeting that counts."""

    result: str | None
    met: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is None for who is certified."""

    reason: str | None


def decide(facts: Facts) -> Verdict:
    """The word of a committee that did not meet as it must is no word, neither for nor against."""
    if facts.result is None:
        return Verdict(NO_COMMITTEE_RESULT)
    if not facts.met:
        return Verdict(NO_QUORUM)
    return Verdict(COMMITTEE_REFUSED if facts.result == Result.REFUSED else None)
