"""What the Fund has published of earlier rounds, to stand beside ours: data with its source, never a target."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from takhai.reporting.words import Word

OWN: Final = Path(__file__).with_name("published.toml")


@dataclass(frozen=True, slots=True)
class Published:
    """One figure of one population, 1/2562 and 1/2563; None where nothing was published. ``note``: whose it is."""

    figure: str
    population: str
    before: int | None
    after: int | None
    note: Word


@cache
def figures() -> tuple[Published, ...]:
    """All of them, in the order of the file."""
    return tuple(
        Published(
            figure=each["figure"],
            population=each["population"],
            before=each.get("before"),
            after=each.get("after"),
            note=Word(**each["note"]),
        )
        for each in tomllib.loads(OWN.read_text("utf-8"))["value"]
    )


@cache
def source() -> Word:
    """Where they stand."""
    return Word(**tomllib.loads(OWN.read_text("utf-8"))["source"])


def of(figure: str, population: str, /) -> Published | None:
    """The published twin of a figure, None where there is none for that population."""
    found = (each for each in figures() if (each.figure, each.population) == (figure, population))
    return next(found, None)
