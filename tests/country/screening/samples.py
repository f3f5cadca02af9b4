"""Forms written by hand, as plain rows of text."""

from typing import Any

RICH = {
    "tenure": "own", "floor": "marble_tile", "wall": "brick", "roof": "tile", "toilet": "yes",
    "farmland": "over_5", "water": "bottled", "electricity": "own_meter", "car": "yes", "pickup": "yes",
    "tractor": "yes", "motorcycle": "yes", "computer": "yes", "air_conditioner": "yes", "television": "yes",
    "washing_machine": "yes", "refrigerator": "yes", "single_parent": "no", "official_verdict": "certified",
}  # fmt: skip


def form(number: int = 1, **answers: str) -> dict[str, str]:
    """A form of a household that lacks nothing, with other answers where they are given."""
    return {"form_no": f"25632-81010001-{number:04d}", **RICH, **answers}


def member(**given: Any) -> dict[str, str]:
    """A member of 40 who works and earns nothing."""
    person = {
        "relation": "mother", "age": "40", "disabled": "no", "chronic": "no", "studies": "no", "works": "yes",
        "wages": "0.00", "agriculture": "0.00", "business": "0.00", "welfare": "0.00", "other": "0.00",
    }  # fmt: skip
    return person | {name: str(value) for name, value in given.items()}


def people(count: int, total: str) -> list[dict[str, str]]:
    """So many members, of whom the first earns everything."""
    return [member(wages=total), *(member() for _ in range(count - 1))]
