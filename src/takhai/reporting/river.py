"""The picture of a step: a river that narrows where pupils leave it. Pure geometry, drawn by a template.

All figures are thousandths of a box of 1000 x 1000; the box is stretched to the height of the step's text,
so the river of one step runs into the next one's.
"""

from dataclasses import dataclass
from typing import Final

from takhai.platform.flow import Flow

BED: Final = 560
LEFT: Final = 60
RIGHT: Final = 1000
# Whoever left must be seen, however few.
THINNEST: Final = 22


@dataclass(frozen=True, slots=True)
class River:
    """SVG paths; "" where nothing flows."""

    stream: str
    dropped: str
    held: str
    joined: str
    to_scale: bool


def draw(flow: Flow, /, *, full: int) -> River:
    """The river of a step; ``full`` is the count that fills the bed (shared by all steps of a lane)."""
    lost, kept = sum(flow.dropped.values()), sum(flow.held.values())
    came, below = flow.in_ + flow.joined, flow.out
    top, bottom = _wide(came, full), _wide(below, full)
    widths = [_branch(lost, full), _branch(kept, full)]
    # A source fills the bed from the top; only rows that join a running river come from the side.
    side = _branch(flow.joined, full) if flow.in_ and flow.joined else 0
    return River(
        stream=_stream(top=_wide(flow.in_, full) if side else top, bottom=bottom) if came else "",
        dropped=_off(top=top, wide=widths[0], leaves=120, lands=420) if lost else "",
        held=_off(top=max(bottom, top - widths[0]), wide=widths[1], leaves=360, lands=680) if kept else "",
        joined=_in(top=top, wide=side) if side else "",
        to_scale=all(wide != THINNEST for wide in widths),
    )


def source(share: int, /, *, full: int) -> str:
    """The mouth of a lane: how wide its river begins."""
    wide = _wide(share, full)
    return _stream(top=wide, bottom=wide) if share else ""


def _wide(count: int, full: int) -> int:
    return max(THINNEST, BED * count // full) if count and full else 0


def _branch(count: int, full: int) -> int:
    return _wide(count, full) if count else 0


def _stream(*, top: int, bottom: int) -> str:
    right, end = LEFT + top, LEFT + bottom
    return f"M{LEFT} 0H{right}V150C{right} 450 {end} 450 {end} 750V1000H{LEFT}Z"


def _off(*, top: int, wide: int, leaves: int, lands: int) -> str:
    """A branch that leaves the right bank downward and ends at the right edge of the box."""
    edge = LEFT + top
    inner = max(LEFT, edge - wide)
    thick = min(wide, 200)
    return (
        f"M{inner} {leaves}H{edge}C{edge} {lands - 60} {edge + 80} {lands} {RIGHT} {lands}"
        f"V{lands + thick}C{inner + 60} {lands + thick} {inner} {lands} {inner} {leaves}Z"
    )


def _in(*, top: int, wide: int) -> str:
    """A branch that comes in over the left bank."""
    return f"M0 40C{LEFT} 40 {LEFT} 200 {LEFT} 300H{LEFT + min(wide, top)}C{LEFT + wide} 120 {LEFT} 0 0 0Z"
