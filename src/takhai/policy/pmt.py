"""The questions of form NR.01 that a screening model weighs, and the model a round uses."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

# Flags of one question add up; of the others exactly one answer is true.
FLAGS = ("dependency", "vehicles", "goods")
QUESTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "dependency": ("disabled", "chronic", "elderly", "single_parent", "unemployed"),
        "tenure": ("own", "rent", "free", "dormitory"),
        "floor": (
            "marble_tile",
            "vinyl",
            "polished_concrete",
            "wood_plank",
            "bare_concrete",
            "bamboo",
            "earth",
            "salvaged",
        ),
        "wall": (
            "brick",
            "cement_block",
            "wood_plank",
            "fibre_cement",
            "metal_sheet",
            "bamboo",
            "thatch",
            "salvaged",
        ),
        "roof": ("tile", "metal_sheet", "fibre_cement", "wood_shingle", "thatch", "salvaged"),
        "toilet": ("has", "none"),
        "farmland": ("none", "under_1", "1_to_5", "over_5"),
        "water": ("bottled", "tap", "well", "natural"),
        "electricity": ("none", "generator_solar", "shared_battery", "own_meter"),
        "vehicles": ("no_car", "no_pickup", "no_tractor", "no_motorcycle"),
        "goods": (
            "no_computer",
            "no_air_conditioner",
            "no_television",
            "no_washing_machine",
            "no_refrigerator",
        ),
    }
)
DIMENSIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "dependency": ("dependency",),
        "tenure": ("tenure",),
        "dwelling": ("floor", "wall", "roof", "toilet"),
        "farmland": ("farmland",),
        "water": ("water",),
        "electricity": ("electricity",),
        "vehicles": ("vehicles",),
        "goods": ("goods",),
    }
)
ANSWERS = frozenset(f"{question}.{answer}" for question, answers in QUESTIONS.items() for answer in answers)


@dataclass(frozen=True, slots=True)
class PmtModel:
    """Weights by answer key ("floor.earth") in millionths; more is poorer, an answer without one adds 0."""

    version: str
    weights: Mapping[str, int]

    @property
    def sha256(self) -> str:
        """Hash of version and weights; stored with each score."""
        lines = [self.version, *sorted(f"{answer}={weight}" for answer, weight in self.weights.items())]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def most(self, dimension: str) -> int:
        """The most that one of the eight dimensions can add, in millionths."""
        return sum(self._most_of(question) for question in DIMENSIONS[dimension])

    def _most_of(self, question: str) -> int:
        given = [self.weights.get(f"{question}.{answer}", 0) for answer in QUESTIONS[question]]
        return sum(given) if question in FLAGS else max(given)
