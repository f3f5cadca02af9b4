"""Rules of benefits in both forms."""

from takhai.benefits.rules import compliance, entitlement, rejoining
from takhai.benefits.types import FINDINGS, NOT_COMPLIANT
from takhai.platform.parity import Pair
from takhai.platform.sets import load

PAIRS = (
    Pair(
        name="entitlement",
        step="entitle",
        facts=entitlement.Facts,
        decide=entitlement.decide,
        rule=load("takhai.benefits", "entitlement"),
        domains={
            "satang": (None, 1, 100_000, 150_000),
            "finding": (None, *FINDINGS),
            "compliant": (None, True, False),
        },
    ),
    Pair(
        name="rejoining",
        step="entitle",
        facts=rejoining.Facts,
        decide=rejoining.decide,
        rule=load("takhai.benefits", "rejoining"),
        domains={"held_for": (NOT_COMPLIANT, *FINDINGS[1:]), "finding": (None, *FINDINGS)},
    ),
    Pair(
        name="compliance",
        step="comply",
        facts=compliance.Facts,
        decide=compliance.decide,
        rule=load("takhai.benefits", "compliance"),
        domains={
            "days_present": (None, 0, 16, 19, 20, 79, 80, 81, 100),
            "sick_leave": (None, 0, 1, 20, 75),
            "personal_leave": (None, 0, 1, 5),
            "open_reported": (None, 0, 20, 25, 100),
            "open_term": (None, 0, 100, 125),
            "weight_g": (None, 0, 28_500),
            "height_mm": (None, 0, 1_300),
            "percent": (80, 100),
        },
    ),
)
