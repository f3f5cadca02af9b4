"""The rules of the registry in both forms."""

from typing import Final

from takhai.platform.parity import Pair
from takhai.platform.sets import load
from takhai.registry.rules import identity, placing
from takhai.registry.types import Form

PLACING: Final = load("takhai.registry", "placing")
IDENTITY: Final = load("takhai.registry", "identity")

PAIRS: Final = (
    Pair(name="placing", step="intake", facts=placing.Facts, decide=placing.decide, rule=PLACING),
    Pair(
        name="identity",
        step="identity",
        facts=identity.Facts,
        decide=identity.decide,
        rule=IDENTITY,
        domains={"form": tuple(Form), "schools": (1, 1, 1, 2, 3)},
    ),
)
