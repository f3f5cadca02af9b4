"""The words of the classroom: three kinds of files, and why a row of each is refused."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a school reports; also the name of the layout."""

    SCHOOL_DAYS = "school_days"
    ATTENDANCE = "attendance"
    GROWTH = "growth"


class Reason(StrEnum):
    """Why a row is not taken."""

    ROW_MALFORMED = "row_malformed"
    TEXT_UNCLEAN = "text_unclean"
    PUPIL_UNKNOWN = "pupil_unknown"
    SCHOOL_UNKNOWN = "school_unknown"
    MONTH_UNREADABLE = "month_unreadable"
    MONTH_OUTSIDE_TERM = "month_outside_term"
    DAY_OUTSIDE_TERM = "day_outside_term"
    DAYS_UNREADABLE = "days_unreadable"
    MEASURE_UNREADABLE = "measure_unreadable"
    MEASURE_IMPLAUSIBLE = "measure_implausible"
    NOT_ENROLLED = "not_enrolled"
    SCHOOL_DAYS_MISSING = "school_days_missing"
    DAYS_OVER_OPEN = "days_over_open"
    DAYS_REPEATED = "days_repeated"
    ATTENDANCE_REPEATED = "attendance_repeated"
    GROWTH_REPEATED = "growth_repeated"


# In the order that counts: of several that hold the first is the reason.
REFUSALS: Final[Mapping[Kind, tuple[Reason, ...]]] = {
    Kind.SCHOOL_DAYS: (
        Reason.ROW_MALFORMED,
        Reason.TEXT_UNCLEAN,
        Reason.SCHOOL_UNKNOWN,
        Reason.MONTH_UNREADABLE,
        Reason.MONTH_OUTSIDE_TERM,
        Reason.DAYS_UNREADABLE,
        Reason.DAYS_REPEATED,
    ),
    Kind.ATTENDANCE: (
        Reason.ROW_MALFORMED,
        Reason.TEXT_UNCLEAN,
        Reason.PUPIL_UNKNOWN,
        Reason.SCHOOL_UNKNOWN,
        Reason.MONTH_UNREADABLE,
        Reason.MONTH_OUTSIDE_TERM,
        Reason.DAYS_UNREADABLE,
        Reason.NOT_ENROLLED,
        Reason.SCHOOL_DAYS_MISSING,
        Reason.DAYS_OVER_OPEN,
        Reason.ATTENDANCE_REPEATED,
    ),
    Kind.GROWTH: (
        Reason.ROW_MALFORMED,
        Reason.TEXT_UNCLEAN,
        Reason.PUPIL_UNKNOWN,
        Reason.SCHOOL_UNKNOWN,
        Reason.DAY_OUTSIDE_TERM,
        Reason.MEASURE_UNREADABLE,
        Reason.MEASURE_IMPLAUSIBLE,
        Reason.NOT_ENROLLED,
        Reason.GROWTH_REPEATED,
    ),
}
# A row that is no row, or holds what is no text: nothing else is asked of it.
BROKEN: Final = (Reason.ROW_MALFORMED, Reason.TEXT_UNCLEAN)


class Measure(StrEnum):
    """What a growth reference is asked for; every one is for the age."""

    WEIGHT = "weight"
    HEIGHT = "height"
    BMI = "bmi"


class Growth(StrEnum):
    """Bands of standard deviations (1.5, 2, 3), and the two answers that are no band."""

    UNDER_3 = "under_3"
    UNDER_2 = "under_2"
    UNDER_1_5 = "under_1_5"
    WITHIN_1_5 = "within_1_5"
    OVER_1_5 = "over_1_5"
    OVER_2 = "over_2"
    OVER_3 = "over_3"
    IMPLAUSIBLE = "implausible"
    NOT_COMPUTED = "not_computed"
