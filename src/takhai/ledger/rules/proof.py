"""Whether the balances of a group are what the other rooms claim: the identities of a closed round."""

from collections.abc import Mapping
from dataclasses import dataclass

from takhai.ledger.types import Account, Claim


@dataclass(frozen=True, slots=True)
class Difference:
    """One identity that does not hold: what it is called, what is claimed, what the books say; satang."""

    identity: str
    claimed: int
    booked: int


def differences(*, claim: Claim, balances: Mapping[Account, int]) -> tuple[Difference, ...]:
    """The identities that do not hold for one group; ``balances`` are debits - credits over its agencies."""
    booked = {account: balances.get(account, 0) for account in Account}
    sent = booked[Account.SENT_PROMPTPAY] + booked[Account.SENT_SCHOOL]
    back = booked[Account.DUE_BACK] + booked[Account.RETURNED]
    identities = (
        Difference("-budget = entitled", claim.entitled, -booked[Account.BUDGET]),
        Difference("owed = waiting + refused - carried", _owed(claim), booked[Account.OWED]),
        Difference("sent = unsettled", claim.unsettled, sent),
        Difference("at_school = 0", 0, booked[Account.AT_SCHOOL]),
        Difference("paid = recovered + late", claim.recovered + claim.late, booked[Account.PAID]),
        Difference("due_back + returned = dropped - late", claim.dropped - claim.late, back),
    )
    return tuple(each for each in identities if each.claimed != each.booked)


def wrong_sign(*, account: Account, satang: int) -> bool:
    """Whether an account stands on the side where it never may: a budget above zero, any other below."""
    return satang > 0 if account is Account.BUDGET else satang < 0


def _owed(claim: Claim) -> int:
    return claim.waiting + claim.refused - claim.carried
