"""Rules of the classroom in both forms: what ``comply`` counts on has come through them."""

from typing import Final

from takhai.classroom.rules import days, measures
from takhai.classroom.types import BROKEN
from takhai.platform.parity import Pair
from takhai.platform.sets import load

ROOM: Final = "takhai.classroom"
_BROKEN: Final = (None, None, None, *(each.value for each in BROKEN))
_FEW: Final = (None, 0, 1, 9, 10, 11, 30, 31, 32)

PAIRS = (
    Pair(
        name="school_days",
        step="comply",
        facts=days.SchoolDays,
        decide=days.decide_school_days,
        rule=load(ROOM, "school_days"),
        domains={"broken": _BROKEN, "open": _FEW, "month_days": (None, 28, 29, 30, 31)},
    ),
    Pair(
        name="attendance",
        step="comply",
        facts=days.Attendance,
        decide=days.decide_attendance,
        rule=load(ROOM, "attendance"),
        domains={"broken": _BROKEN, "present": _FEW, "sick": _FEW, "personal": _FEW, "open": _FEW},
    ),
    Pair(
        name="growth",
        step="comply",
        facts=measures.Measured,
        decide=measures.decide,
        rule=load(ROOM, "growth"),
        domains={
            "broken": _BROKEN,
            "weight_g": (None, 0, 1, 4_999, 5_000, 25_000, 200_000, 200_001),
            "height_mm": (None, 0, 1, 599, 600, 1_250, 2_200, 2_201),
        },
    ),
)
