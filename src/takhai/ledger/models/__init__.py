from takhai.ledger.models.account import LedgerAccount
from takhai.ledger.models.movement import Movement

__all__ = ["LedgerAccount", "Movement"]
