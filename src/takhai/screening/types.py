"""The words of screening."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# Why a pupil drops at assess, in the order in which the first counts.
NO_FORM: Final = "no_form"
OFFICIAL_REFUSED: Final = "official_refused"
OVER_INCOME: Final = "over_income"
NOT_EXTREMELY_POOR: Final = "not_extremely_poor"
ASSESS_DROPS: Final = (NO_FORM, OFFICIAL_REFUSED, OVER_INCOME, NOT_EXTREMELY_POOR)
# Why he drops at certify.
COMMITTEE_REFUSED: Final = "committee_refused"
NO_QUORUM: Final = "no_quorum"
NO_COMMITTEE_RESULT: Final = "no_committee_result"
CERTIFY_DROPS: Final = (COMMITTEE_REFUSED, NO_QUORUM, NO_COMMITTEE_RESULT)


class Result(StrEnum):
    """What a state official or a school committee says of a pupil."""

    CERTIFIED = "certified"
    REFUSED = "refused"


class Trouble(StrEnum):
    """Why a committee's row is not taken."""

    NOT_EXPECTED = "not_expected"
    VERDICT_REPEATED = "verdict_repeated"
    VERDICT_WITHOUT_REASON = "verdict_without_reason"
    VERDICT_AFTER_SIGNING = "verdict_after_signing"


class Way(StrEnum):
    """How the band of the extremely poor ends: at a score, at the last place of a quota, before everybody."""

    SCORE = "score"
    QUOTA = "quota"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Household:
    """Exactly what the score and the income test need of a form; money in satang a month."""

    disabled: bool
    chronic: bool
    elderly: bool
    single_parent: bool
    unemployed: bool
    tenure: str
    floor: str
    wall: str
    roof: str
    toilet: bool
    farmland: str
    water: str
    electricity: str
    car: bool
    pickup: bool
    tractor: bool
    motorcycle: bool
    computer: bool
    air_conditioner: bool
    television: bool
    washing_machine: bool
    refrigerator: bool
    members: int
    income_satang: int


@dataclass(frozen=True, slots=True)
class Place:
    """All by which one form stands before another; a round's lotteries all differ."""

    score: int
    income_satang: int
    members: int
    lottery: str


@dataclass(frozen=True, slots=True)
class Cutoff:
    """Where a round's band ends for a group, and all that it was fixed with; it never changes.

    ``score`` … ``lottery`` are those of the last place of a quota; by score only ``score`` counts, else
    they are 0 and "". ``candidates``: screened and not over the income; ``places``: of a quota.
    """

    round: str
    group: str
    way: Way
    score: int
    income_satang: int
    members: int
    lottery: str
    screened: int
    candidates: int
    places: int
    ceiling_satang: int
    lottery_seed: str
    pmt_version: str
    pmt_sha256: str
    policy_sha256: str
