"""The words of screening: what a form answers, what is decided of it, and the figures of both."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

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


class FamilyStatus(StrEnum):
    """How the pupil's parents live."""

    TOGETHER = "together"
    APART = "apart"
    DIVORCED = "divorced"
    FATHER_GONE = "father_gone"
    MOTHER_GONE = "mother_gone"
    BOTH_GONE = "both_gone"
    ABANDONED = "abandoned"


class LivesWith(StrEnum):
    """Whom the pupil lives with."""

    PARENTS = "parents"
    RELATIVE = "relative"
    ALONE = "alone"
    EMPLOYER = "employer"
    INSTITUTION = "institution"


class Tenure(StrEnum):
    """By what right the household dwells where it does."""

    OWN = "own"
    RENT = "rent"
    FREE = "free"
    DORMITORY = "dormitory"


class Floor(StrEnum):
    """Material of the floor."""

    MARBLE_TILE = "marble_tile"
    VINYL = "vinyl"
    POLISHED_CONCRETE = "polished_concrete"
    WOOD_PLANK = "wood_plank"
    BARE_CONCRETE = "bare_concrete"
    BAMBOO = "bamboo"
    EARTH = "earth"
    SALVAGED = "salvaged"


class Wall(StrEnum):
    """Material of the walls."""

    BRICK = "brick"
    CEMENT_BLOCK = "cement_block"
    WOOD_PLANK = "wood_plank"
    FIBRE_CEMENT = "fibre_cement"
    METAL_SHEET = "metal_sheet"
    BAMBOO = "bamboo"
    THATCH = "thatch"
    SALVAGED = "salvaged"


class Roof(StrEnum):
    """Material of the roof."""

    TILE = "tile"
    METAL_SHEET = "metal_sheet"
    FIBRE_CEMENT = "fibre_cement"
    WOOD_SHINGLE = "wood_shingle"
    THATCH = "thatch"
    SALVAGED = "salvaged"


class Farmland(StrEnum):
    """Land that is farmed, in rai, rented land too."""

    NONE = "none"
    UNDER_1 = "under_1"
    ONE_TO_FIVE = "1_to_5"
    OVER_5 = "over_5"


class Water(StrEnum):
    """Where drinking water comes from."""

    BOTTLED = "bottled"
    TAP = "tap"
    WELL = "well"
    NATURAL = "natural"


class Electricity(StrEnum):
    """Where electricity comes from."""

    NONE = "none"
    GENERATOR_SOLAR = "generator_solar"
    SHARED_BATTERY = "shared_battery"
    OWN_METER = "own_meter"


class Kinship(StrEnum):
    """What a member of the household is to the pupil."""

    PUPIL = "pupil"
    FATHER = "father"
    MOTHER = "mother"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    RELATIVE = "relative"
    OTHER = "other"


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


class MemberTrouble(StrEnum):
    """Why a row of a committee's meeting is not taken."""

    SCHOOL_UNKNOWN = "school_unknown"
    MEETING_AFTER_CLOSE = "meeting_after_close"
    MEETING_SIGNED = "meeting_signed"
    MEETING_DAYS_DIFFER = "meeting_days_differ"
    MEETING_MEMBER_REPEATED = "meeting_member_repeated"


class FormRefusal(StrEnum):
    """Why a form is not taken, in the order in which the first one counts."""

    ROW_MALFORMED = "row_malformed"
    TEXT_UNCLEAN = "text_unclean"
    FORM_NUMBER_MALFORMED = "form_number_malformed"
    FORM_NUMBER_REPEATED = "form_number_repeated"
    FORM_WITHOUT_PUPIL = "form_without_pupil"
    FORM_SCHOOL_UNKNOWN = "form_school_unknown"
    FORM_DAY_IMPOSSIBLE = "form_day_impossible"
    ANSWER_UNKNOWN = "answer_unknown"
    OFFICIAL_MISSING = "official_missing"
    OFFICIAL_NOT_ENTITLED = "official_not_entitled"
    REFUSAL_WITHOUT_REASON = "refusal_without_reason"
    FORM_WITHOUT_MEMBERS = "form_without_members"
    MEMBER_UNREADABLE = "member_unreadable"
    MEMBER_AGE_IMPOSSIBLE = "member_age_impossible"
    INCOME_NEGATIVE = "income_negative"
    INCOME_ABSURD = "income_absurd"
    PUPIL_NOT_LISTED = "pupil_not_listed"
    FORM_NOT_EXPECTED = "form_not_expected"
    FORM_REPEATED = "form_repeated"
    FORM_AFTER_SIGNING = "form_after_signing"


FORM_REFUSALS: Final[tuple[str, ...]] = tuple(each.value for each in FormRefusal)
# Findings about forms that were taken all the same.
FORM_FINDINGS: Final = ("household_contradicts",)


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
class Form:
    """A form that was taken: whose it is, what the state official said, and its household."""

    form_no: str
    person: UUID
    school: UUID
    province: str
    household_ref: str
    filled_on: date
    official_verdict: str
    official_reason: str
    household: Household

    @property
    def refused(self) -> bool:
        """Whether the state official refused it."""
        return self.official_verdict == Result.REFUSED


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two forms of one household that tell of it differently; ``field`` is the first answer that differs."""

    household_ref: str
    field: str
    one: Form
    other: Form


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
