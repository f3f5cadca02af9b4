"""Rows of the classroom that are refused, in the order in which a reason is found, and how many there are."""

from collections.abc import Mapping
from typing import Final

REFUSALS: Final[Mapping[str, tuple[str, ...]]] = {
    "school_days": (
        "row_malformed", "text_unclean", "school_unknown", "month_unreadable", "month_outside_term",
        "days_unreadable", "days_repeated",
    ),
    "attendance": (
        "row_malformed", "text_unclean", "pupil_unknown", "school_unknown", "month_unreadable",
        "month_outside_term", "days_unreadable", "not_enrolled", "school_days_missing", "days_over_open",
        "attendance_repeated",
    ),
    "growth": (
        "row_malformed", "text_unclean", "pupil_unknown", "school_unknown", "day_outside_term",
        "measure_unreadable", "measure_implausible", "not_enrolled", "growth_repeated",
    ),
}  # fmt: skip
# So many rows of each reason, per million schools or pupils that are reported.
PER_MILLION: Final[Mapping[str, int]] = {"school_days": 10_000, "attendance": 400, "growth": 400}
