"""Geometry of bars: shares of a whole in tenths of a percent, drawn as SVG by a template."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

WHOLE: Final = 1000
# A part that exists is seen, however small.
LEAST: Final = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a bar; ``x`` and ``width`` are percentages as SVG reads them."""

    kind: str
    x: str
    width: str


def stack(parts: Iterable[tuple[str, int]], /, *, whole: int) -> tuple[Part, ...]:
    """Pieces side by side, ``whole`` being the full length; nothing is drawn for 0."""
    drawn: list[Part] = []
    at = 0
    for kind, value in parts:
        if value <= 0 or whole <= 0:
            continue
        width = max(LEAST, min(WHOLE, WHOLE * value // whole))
        width = min(width, WHOLE - at) if at < WHOLE else 0
        if width:
            drawn.append(Part(kind, _percent(at), _percent(width)))
        at += width
    return tuple(drawn)


def _percent(thousandths: int) -> str:
    return f"{thousandths // 10}.{thousandths % 10}%"
