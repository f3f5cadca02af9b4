"""A round that stands still in an open transaction, so that each test of a module begins where it needs to."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.db import transaction

from takhai.platform import secrets
from tests.semester.office import Office

FRESH, TAKEN_IN, LISTED, DELIVERED, FINISHED = range(5)
_WAITS: Final = {LISTED: "TWO_SIGNATURES", DELIVERED: "CASH_CLOCK"}


@dataclass
class Standing:
    """Goes on to the stage that is asked for; back only by beginning anew, so tests stand in the order of stages."""

    pristine: Path
    root: Path
    reached: int | None = None
    _open: transaction.Atomic = field(default_factory=transaction.atomic)

    def at(self, stage: int) -> Path:
        """The folder of the round at that stage: to be copied, not to be changed."""
        if self.reached is not None and stage < self.reached:
            self.forget()
        if self.reached is None:
            self._begin()
        office = Office(root=self.root)
        for each in range(int(self.reached or 0) + 1, stage + 1):
            if each == TAKEN_IN:
                office.run(only=("intake", ""))
            elif each == FINISHED:
                office.finish()
            else:
                office.until_it_waits_for(_WAITS[each])
            self.reached = each
        return self.root

    def forget(self) -> None:
        """Takes everything back."""
        if self.reached is not None:
            transaction.set_rollback(True)
            self._open.__exit__(None, None, None)
            shutil.rmtree(self.root)
            self.reached = None

    def _begin(self) -> None:
        self._open = transaction.atomic()
        self._open.__enter__()
        secrets.establish(allow_create=True, by="test")
        shutil.copytree(self.pristine, self.root)
        self.reached = FRESH
