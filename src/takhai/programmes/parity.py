"""The rules of programmes in both forms."""

from takhai.platform.parity import Pair
from takhai.platform.sets import load
from takhai.programmes.rules import groups

GROUPS = load("takhai.programmes", "groups")

PAIRS = (
    Pair(
        name="groups",
        step="group",
        facts=groups.Facts,
        decide=groups.decide,
        rule=GROUPS,
        domains={"first_subsidy_year": range(2558, 2566), "limit_year": range(2558, 2566)},
    ),
)
