"""The picture of a step: a river that narrows where pupils leave it. Pure geometry, drawn by a template.

All figures are thousandths of a box of 1000 x 1000; the box is stretched to the height of the step's text,
so the river of one step runs into the next one's.
"""

from dataclasses import dataclass
from typing import Final

from takhai.platform.flow import Flow

BED: Final = 560
LEFT: Final = 110
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


def draw(flow: Flow, /, *, full: int) -> River:
    """The river of a step; ``full`` is the count that fills the bed (shared by all steps of a lane)."""
    lost, kept = sum(flow.dropped.values()), sum(flow.held.values())
    came, below = flow.in_ + flow.joined, flow.out
    top, bottom = _wide(came, full), _wide(below, full)
    widths = [_branch(lost, full), _branch(kept, full)]
    # A source fills the bed from the top; only rows that join a running river come from the side.
    side = _branch(flow.joined, full) if flow.in_ and flow.joined else 0
    return River(
        stream=_stream(top=_wide(flow.in_, full) if side else top, middle=top, bottom=bottom) if came else "",
        dropped=_off(top=top, wide=widths[0], leaves=140, lands=400) if lost else "",
        held=_off(top=max(bottom, top - widths[0]), wide=widths[1], leaves=320, lands=640) if kept else "",
        joined=_in(wide=side) if side else "",
    )


def source(share: int, /, *, full: int) -> str:
    """The mouth of a lane: how wide its river begins."""
    wide = _wide(share, full)
    return _stream(top=wide, middle=wide, bottom=wide) if share else ""


def _wide(count: int, full: int) -> int:
    return max(THINNEST, BED * count // full) if count and full else 0


def _branch(count: int, full: int) -> int:
    return _wide(count, full) if count else 0


def _stream(*, top: int, middle: int, bottom: int) -> str:
    start, right, end = LEFT + top, LEFT + middle, LEFT + bottom
    bend = "" if top == middle else f"V40C{start} 100 {right} 100 {right} 160"
    return f"M{LEFT} 0H{start}{bend}V200C{right} 480 {end} 480 {end} 760V1000H{LEFT}Z"


def _off(*, top: int, wide: int, leaves: int, lands: int) -> str:
    """A branch that leaves the right bank downward and ends at the right edge of the box."""
    edge = LEFT + top
    inner = max(LEFT, edge - wide)
    thick = min(wide, 200)
    return (
        f"M{inner} {leaves}H{edge}C{edge} {lands - 60} {edge + 80} {lands} {RIGHT} {lands}"
        f"V{lands + thick}C{inner + 60} {lands + thick} {inner} {lands} {inner} {leaves}Z"
    )


def _in(*, wide: int) -> str:
    """A branch that comes in over the left bank."""
    thick = min(wide, 120)
    return (
        f"M0 30C{LEFT} 30 {LEFT} 90 {LEFT} 220H{LEFT + 1}V{220 + thick}H{LEFT}"
        f"C{LEFT} 140 90 {60 + thick} 0 {30 + thick}Z"
    )
