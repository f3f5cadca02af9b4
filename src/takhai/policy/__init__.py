"""Dated parameters of the programmes, each with its source. See README.md."""

from takhai.policy.library import as_of
from takhai.policy.rounds import RoundPolicy, for_round
from takhai.policy.snapshot import Snapshot
from takhai.policy.types import AFFILIATIONS

__all__ = ["AFFILIATIONS", "RoundPolicy", "Snapshot", "as_of", "for_round"]
