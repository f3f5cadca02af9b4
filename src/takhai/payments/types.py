"""The words of payments."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Channel(StrEnum):
    """How money reaches the pupil: his own PromptPay, or cash at the school."""

    PROMPTPAY = "promptpay"
    SCHOOL = "school"


class LineState(StrEnum):
    """Where the payment of one pupil stands.

    ``held`` without a transfer waits for an account; with one its money is still under way. ``refused``:
    the bank gave it back. A line that dropped and was received late is ``paid`` and keeps its reason.
    """

    HELD = "held"
    ORDERED = "ordered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    PAID = "paid"
    DUE_BACK = "due_back"
    RETURNED = "returned"


class TransferState(StrEnum):
    """Where a transfer stands: sent, or what its result made of it."""

    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    HELD = "held"


class Decision(StrEnum):
    """What an approver says of a list."""

    APPROVE = "approve"
    REFUSE = "refuse"


class Trouble(StrEnum):
    """Why a row of an answer needs a person and posts nothing."""

    RESULT_WITHOUT_ORDER = "result_without_order"
    RESULT_CONTRADICTS = "result_contradicts"
    RESULT_LATE = "result_late"
    RECEIPT_UNKNOWN_LINE = "receipt_unknown_line"
    RECEIPT_DIFFERS = "receipt_differs"
    RECEIPT_REPEATED = "receipt_repeated"
    LATE_RECEIPT_WITHOUT_REASON = "late_receipt_without_reason"
    RETURN_WITHOUT_BILL = "return_without_bill"
    RETURN_DIFFERS = "return_differs"
    RETURN_REPEATED = "return_repeated"


# Forms of number that PromptPay knows: 13 digits whose check digit is right.
PAYABLE_FORMS: Final = ("citizen", "zero")
NO_ACCOUNT: Final = "no_account"
RESULT_DIFFERS: Final = "result_differs"
NO_RESULT: Final = "no_result"
BANK_OTHER: Final = "bank_other"
# Codes of the bank that we know; any other is `bank_other`.
BANK_CODES: Final = ("proxy_not_registered", "account_closed", "account_name_differs")
NOT_FETCHED: Final = "cash_not_fetched"
RECEIVED: Final = "received"
# What a school may write beside a pupil who did not come for his money.
ABSENT: Final = ("moved", "left", "died")


@dataclass(frozen=True, slots=True)
class Cell:
    """Pupils and satang of a round that have everything here in common; no cell names a school or a person.

    ``channel`` is "none" where nothing was ordered; ``standing`` paid, under_way, held, due_back or returned.
    """

    group: str
    level: str
    agency: str
    channel: str
    area_code: str
    standing: str
    persons: int
    satang: int


# What a step writes down of whom it drops or holds.
FATE_COLUMNS: Final[Mapping[str, str]] = {
    "entitlement_round": "text",
    "person": "uuid",
    "kind": "text",
    "reason": "text",
    "satang": "bigint",
    "province": "text",
}
