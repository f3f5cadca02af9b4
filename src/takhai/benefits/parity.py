"""Rules of benefits in both forms."""

from takhai.benefits.rules import entitlement, rejoining
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
)
