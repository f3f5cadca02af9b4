"""The words of the ledger: accounts, kinds of movement, the paths that money may take."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Account(StrEnum):
    """Where money of a round, group and agency stands. Balance = debits - credits; only budget is below 0."""

    BUDGET = "budget"
    OWED = "owed"
    SENT_PROMPTPAY = "sent.promptpay"
    SENT_SCHOOL = "sent.school"
    AT_SCHOOL = "at_school"
    PAID = "paid"
    DUE_BACK = "due_back"
    RETURNED = "returned"


class Kind(StrEnum):
    """Why money moves. A reference moves once for each round and kind."""

    ENTITLE = "entitle"
    CARRY = "carry"
    ORDER = "order"
    PAY = "pay"
    DELIVER = "deliver"
    REFUSE = "refuse"
    RECEIVE = "receive"
    FALL_DUE = "fall_due"
    GIVE_BACK = "give_back"
    RECEIVE_LATE = "receive_late"
    REVERSE = "reverse"


# Kind -> the (from, to) it may walk: from is credited, to is debited. Source: rules of a round, section 8.
# A reversal walks back the path of the movement it names.
PATHS: Final[Mapping[Kind, frozenset[tuple[Account, Account]]]] = {
    Kind.ENTITLE: frozenset({(Account.BUDGET, Account.OWED)}),
    Kind.CARRY: frozenset({(Account.OWED, Account.OWED)}),
    Kind.ORDER: frozenset({(Account.OWED, Account.SENT_PROMPTPAY), (Account.OWED, Account.SENT_SCHOOL)}),
    Kind.PAY: frozenset({(Account.SENT_PROMPTPAY, Account.PAID)}),
    Kind.DELIVER: frozenset({(Account.SENT_SCHOOL, Account.AT_SCHOOL)}),
    Kind.REFUSE: frozenset({(Account.SENT_PROMPTPAY, Account.OWED), (Account.SENT_SCHOOL, Account.OWED)}),
    Kind.RECEIVE: frozenset({(Account.AT_SCHOOL, Account.PAID)}),
    Kind.FALL_DUE: frozenset({(Account.AT_SCHOOL, Account.DUE_BACK)}),
    Kind.GIVE_BACK: frozenset({(Account.DUE_BACK, Account.RETURNED)}),
    Kind.RECEIVE_LATE: frozenset({(Account.DUE_BACK, Account.PAID)}),
    Kind.REVERSE: frozenset(),
}

POSTING_COLUMNS: Final[Mapping[str, str]] = {
    "reference": "uuid",
    "agency": "text",
    "satang": "bigint",
    "source": "text",
    "target": "text",
    "booked_on": "date",
}
CARRY_COLUMNS: Final[Mapping[str, str]] = {
    "reference": "uuid",
    "agency": "text",
    "satang": "bigint",
    "from_round": "text",
    "from_group": "text",
    "booked_on": "date",
}
EXPECTED_COLUMNS: Final[Mapping[str, str]] = {
    "round": "text",
    "kind": "text",
    "reference": "uuid",
    "satang": "bigint",
}


@dataclass(frozen=True, slots=True)
class Balance:
    """Debits less credits of one account, in satang."""

    round: str
    group: str
    agency: str
    account: Account
    satang: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the other rooms say of one group after its recover, in satang; the books must say the same.

    ``waiting`` is held at order (of the group's own rows and of rows that joined it), ``refused`` went back
    to owed at the bank, ``carried`` of both has joined a later group, ``unsettled`` is held at reconcile
    otherwise, ``late`` was received after the close.
    """

    round: str
    group: str
    entitled: int
    waiting: int
    refused: int
    carried: int
    unsettled: int
    recovered: int
    dropped: int
    late: int
