"""The words of programmes."""

from enum import StrEnum
from typing import Final

EQUITY_GRANT: Final = "equity_grant"

# Steps whose refusal keeps a member off the round's list, and is remembered by later rounds.
SCREENING: Final = ("assess", "certify")


class Group(StrEnum):
    """Where a pupil goes in a round; ``NONE`` drops him."""

    OLD = "old"
    NEW = "new"
    NONE = ""


class GroupReason(StrEnum):
    """Why: the first that holds (ROUND §2)."""

    ON_LAST_LIST = "on_last_list"
    MOVED = "moved"
    THREE_YEARS = "three_years"
    NEVER_APPLIED = "never_applied"
    FAILED_BEFORE = "failed_before"
    NOT_IN_REGISTER = "not_in_register"
    NOT_APPLICANT = "not_applicant"


class FateKind(StrEnum):
    """Dropped is final for the round; held may join a later group or round."""

    DROPPED = "dropped"
    HELD = "held"
