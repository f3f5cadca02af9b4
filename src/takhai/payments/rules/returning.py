"""What a school's return makes of its bill. Set form: ``sets/returning.sql``."""

from dataclasses import dataclass

from takhai.payments.types import Trouble


@dataclass(frozen=True, slots=True)
class Facts:
    """``paid_before``: an earlier return paid the bill. ``satang`` came; ``due`` is the bill on that day."""

    paid_before: bool
    satang: int
    due: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """``trouble`` is None when the return pays the bill."""

    trouble: str | None


def decide(facts: Facts) -> Verdict:
    """To the satang, once."""
    if facts.paid_before:
        return Verdict(Trouble.RETURN_REPEATED)
    return Verdict(None if facts.satang == facts.due else Trouble.RETURN_DIFFERS)
