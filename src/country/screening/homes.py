"""The house, the land and the things in it, as the form asks for them: all lean on one hidden means."""

import math
from collections.abc import Mapping
from random import Random
from typing import Final

# From the best answer to the poorest, with how many of a hundred households give it.
LADDERS: Final[Mapping[str, Mapping[str, int]]] = {
    "tenure": {"own": 72, "dormitory": 2, "free": 17, "rent": 9},
    "floor": {
        "marble_tile": 24, "vinyl": 6, "polished_concrete": 20, "wood_plank": 14, "bare_concrete": 28,
        "bamboo": 3, "earth": 3, "salvaged": 2,
    },
    "wall": {
        "brick": 34, "cement_block": 28, "wood_plank": 17, "fibre_cement": 6, "metal_sheet": 10, "bamboo": 3,
        "thatch": 1, "salvaged": 1,
    },
    "roof": {
        "tile": 30, "metal_sheet": 44, "fibre_cement": 17, "wood_shingle": 4, "thatch": 3, "salvaged": 2,
    },
    "toilet": {"yes": 94, "no": 6},
    "farmland": {"over_5": 22, "1_to_5": 24, "under_1": 14, "none": 40},
    "water": {"bottled": 38, "tap": 34, "well": 17, "natural": 11},
    "electricity": {"own_meter": 80, "shared_battery": 11, "generator_solar": 5, "none": 4},
    "car": {"yes": 15, "no": 85},
    "pickup": {"yes": 26, "no": 74},
    "tractor": {"yes": 14, "no": 86},
    "motorcycle": {"yes": 82, "no": 18},
    "computer": {"yes": 14, "no": 86},
    "air_conditioner": {"yes": 14, "no": 86},
    "television": {"yes": 66, "no": 34},
    "washing_machine": {"yes": 50, "no": 50},
    "refrigerator": {"yes": 72, "no": 28},
}  # fmt: skip
_PLUGGED: Final = ("computer", "air_conditioner", "television", "washing_machine", "refrigerator")
# How much of what a house shows is the household's means, and how much chance.
_LEAN: Final = 0.83
_MEANS: Final = 0.94


def home(chance: Random, poverty: float, *, farms: bool) -> dict[str, str]:
    """Answers by column, `rent_baht` too; `poverty` in standard deviations, more is poorer."""
    means = _MEANS * poverty + math.sqrt(1 - _MEANS**2) * chance.gauss(0, 1)
    answers = {name: _step(chance, ladder, means) for name, ladder in LADDERS.items()}
    if farms and answers["farmland"] == "none":
        answers["farmland"] = "under_1" if means > 0.5 else "1_to_5"
    if not farms:
        answers["tractor"] = "no"
    if answers["electricity"] == "none":
        answers |= dict.fromkeys(_PLUGGED, "no")
    if answers["tenure"] == "dormitory":
        answers |= {"floor": "bare_concrete", "wall": "cement_block"}
    rent = 500 + 100 * chance.randrange(20)
    answers["rent_baht"] = f"{rent}.00" if answers["tenure"] == "rent" else ""
    return answers


def _step(chance: Random, ladder: Mapping[str, int], means: float) -> str:
    """The rung that a household stands on."""
    place = _LEAN * means + math.sqrt(1 - _LEAN**2) * chance.gauss(0, 1)
    share = 100 * (1 + math.erf(place / math.sqrt(2))) / 2
    names = list(ladder)
    for name in names:
        share -= ladder[name]
        if share < 0:
            return name
    return names[-1]
