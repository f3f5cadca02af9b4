"""What the bank's result makes of a transfer. Set form: ``sets/result.sql``."""

from dataclasses import dataclass

from takhai.payments.types import BANK_CODES, BANK_OTHER, NO_RESULT, RESULT_DIFFERS, TransferState


@dataclass(frozen=True, slots=True)
class Facts:
    """The result that stands for a transfer, if there is one, compared with it.

    ``late``: booked after the last day of the window. ``accepted``: the bank says it paid; else ``code``
    says why not.
    """

    answered: bool
    late: bool
    payee_equal: bool
    satang_equal: bool
    accepted: bool
    code: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is None for an accepted transfer."""

    state: TransferState
    reason: str | None


def silent(facts: Facts) -> bool:
    """No result by the end of the window: the money stays sent."""
    return not facts.answered or facts.late


def differs(facts: Facts) -> bool:
    """Another payee or amount than was ordered, whatever the bank says of it: the money stays sent."""
    return not (facts.payee_equal and facts.satang_equal)


def refused(facts: Facts) -> bool:
    """The bank gave the money back."""
    return not facts.accepted


def decide(facts: Facts) -> Verdict:
    """Accepted only when reference, payee and satang all equal the transfer's."""
    if silent(facts):
        return Verdict(TransferState.HELD, NO_RESULT)
    if differs(facts):
        return Verdict(TransferState.HELD, RESULT_DIFFERS)
    if refused(facts):
        known = facts.code in BANK_CODES
        return Verdict(TransferState.REFUSED, facts.code if known else BANK_OTHER)
    return Verdict(TransferState.ACCEPTED, None)
