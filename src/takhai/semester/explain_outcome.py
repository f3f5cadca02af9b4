"""The one word for where a pupil stands: the last thing that was decided of him, or what is awaited."""

from typing import Final

from takhai.benefits.queries import Explanation
from takhai.benefits.types import DEAD, Standing
from takhai.payments.queries import Line
from takhai.payments.types import NO_ACCOUNT, Channel, LineState
from takhai.semester.explaining import Explained, Screened

NOT_IN_ROUND: Final = "not_in_round"
FORM_AWAITED, FORM_RECEIVED, COMMITTEE_AWAITED = "form_awaited", "form_received", "committee_awaited"
TO_BE_ENROLLED, TO_BE_ENTITLED, TO_BE_ORDERED = "to_be_enrolled", "to_be_entitled", "to_be_ordered"
HELD: Final = "held"
_UNDER_WAY: Final = {Channel.PROMPTPAY: "sent_promptpay", Channel.SCHOOL: "sent_school"}
_PLACES: Final = {LineState.ACCEPTED: "at_school", LineState.RETURNED: "returned"}
_PAID: Final = {Channel.PROMPTPAY: "paid_promptpay", Channel.SCHOOL: "paid_school"}


def result(explained: Explained) -> str:
    """The key of the words ``result``."""
    standing = explained.standing
    if standing is None or not standing.group:
        return standing.reason if standing else NOT_IN_ROUND
    if explained.line is not None:
        return result_of(explained.line)
    if explained.entitled is not None:
        return _of_entitlement(explained.entitled, held=explained.held)
    if standing.listed:
        return TO_BE_ENTITLED
    return TO_BE_ENROLLED if explained.screened is None else _of_screening(explained.screened, explained)


def money(explained: Explained) -> str | None:
    """The key of the words ``money``; None where there is no money to speak of."""
    if explained.line is not None:
        return money_of(explained.line)
    if explained.entitled is None:
        return None
    decided = explained.entitled.decided
    if explained.held or decided.reason == DEAD:
        return decided.reason
    return TO_BE_ORDERED if decided.standing is not Standing.DROPPED else None


def result_of(line: Line) -> str:
    """Of one payment: what has become of it."""
    if line.state is LineState.HELD:
        return "unsettled" if line.sent else NO_ACCOUNT
    return {
        LineState.ORDERED: "sent",
        LineState.REFUSED: "bank_refused",
        LineState.ACCEPTED: "at_school",
        LineState.PAID: "paid",
        LineState.DUE_BACK: "due_back",
        LineState.RETURNED: "returned",
    }[line.state]


def money_of(line: Line) -> str:
    """Of one payment: where its money is; a reason where there is one."""
    if line.state is LineState.PAID:
        return _PAID[line.channel]
    if line.state is LineState.ORDERED:
        return _UNDER_WAY[line.channel]
    return _PLACES.get(line.state) or str(line.reason)


def _of_entitlement(entitled: Explanation, *, held: bool) -> str:
    if held:
        return HELD
    dropped = entitled.decided.standing is Standing.DROPPED
    return str(entitled.decided.reason) if dropped else TO_BE_ORDERED


def _of_screening(screened: Screened, explained: Explained) -> str:
    if screened.told is None or screened.decided is None:
        return FORM_RECEIVED if screened.form else FORM_AWAITED
    if screened.told.verdict.reason is not None:
        return screened.told.verdict.reason
    if screened.certified is not None:
        return screened.certified.reason or TO_BE_ENROLLED
    return TO_BE_ENROLLED if "certify" in explained.policy.skipped_steps else COMMITTEE_AWAITED
