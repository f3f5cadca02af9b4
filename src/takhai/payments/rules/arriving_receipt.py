"""Whether a row of a school's receipts stands for its line. Set form: ``sets/arriving_receipt.sql``."""

from dataclasses import dataclass

from takhai.payments.types import RECEIVED, LineState, Trouble


@dataclass(frozen=True, slots=True)
class Facts:
    """``state`` of the line at its school, None when no line of a cash roll bears the reference.

    ``same``: the very row stands already. ``first``: no other row stands for the line. ``equal``: the
    amount is the line's. ``reasoned``: the row says why it comes late.
    """

    state: str | None
    same: bool
    first: bool
    status: str
    equal: bool
    reasoned: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """``stands``: the row is kept. ``trouble``: why a person must look at it; neither for a repeated row."""

    stands: bool
    trouble: str | None


def decide(facts: Facts) -> Verdict:
    """A receipt after the close needs a reason, and none undoes a return."""
    if facts.state is None:
        return Verdict(stands=False, trouble=Trouble.RECEIPT_UNKNOWN_LINE)
    if facts.same:
        return Verdict(stands=False, trouble=None)
    if not facts.first:
        return Verdict(stands=False, trouble=Trouble.RECEIPT_REPEATED)
    if facts.status == RECEIVED and (not facts.equal or facts.state == LineState.RETURNED):
        return Verdict(stands=False, trouble=Trouble.RECEIPT_DIFFERS)
    if facts.status == RECEIVED and facts.state == LineState.DUE_BACK and not facts.reasoned:
        return Verdict(stands=False, trouble=Trouble.LATE_RECEIPT_WITHOUT_REASON)
    return Verdict(stands=True, trouble=None)
