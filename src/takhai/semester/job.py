"""What a step is told."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from takhai.access.scope import Scope
from takhai.platform.exchange import Folder
from takhai.policy import RoundPolicy
from takhai.thai.calendar import Term

TWO_SIGNATURES: Final = "TWO_SIGNATURES"
FORMS: Final = "FORMS"
COMMITTEES: Final = "COMMITTEES"
BANK: Final = "BANK"
CASH_CLOCK: Final = "CASH_CLOCK"
SCHOOLS: Final = "SCHOOLS"
DATE: Final = "DATE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a step is told: its round and group, its day, the policy, the folder and who may see what."""

    round: Term
    group: str
    as_of: date
    policy: RoundPolicy
    folder: Folder
    scope: Scope
    by: str

    def file(self, kind: str) -> str:
        """The name of a file of this round and group: ``list-2563-2-old.csv``."""
        return f"{kind}-{self.round}-{self.group}.csv"
