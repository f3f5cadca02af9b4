"""Dated parameters of the programmes, each with its source. See README.md."""

from takhai.policy.library import as_of
from takhai.policy.pmt import PmtModel
from takhai.policy.rounds import RoundPolicy, for_round
from takhai.policy.snapshot import Snapshot
from takhai.policy.types import AFFILIATIONS, Attendance, Band

__all__ = [
    "AFFILIATIONS",
    "Attendance",
    "Band",
    "PmtModel",
    "RoundPolicy",
    "Snapshot",
    "as_of",
    "for_round",
]
