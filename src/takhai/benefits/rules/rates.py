"""The rate table of a round, read for one pupil; ``sets/rates.sql`` reads the same table for a set."""

from takhai.policy import RoundPolicy
from takhai.policy.types import NoRate


def shares(*, policy: RoundPolicy, level: str, agency: str) -> tuple[tuple[str, int], ...]:
    """(component, satang) of one pupil; empty where his level and agency have no rate that can pay.

    Rates of the agency win over those for any, whole.
    """
    try:
        found = policy.rate(level, agency)
    except NoRate:
        return ()
    return tuple((rate.component, rate.satang) for rate in found)
