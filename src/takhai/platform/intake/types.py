"""The words of intake: cells as they came, values as we keep them, notes on what was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

# Text, or a real date cell of a workbook (always Gregorian). Numbers of a workbook come as their text.
Cell = str | date
# What a check makes of a cell; None is "no answer".
Value = str | int | bool | date | None


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say about one value: a problem of the catalogue, and the value masked.

    ``column`` is the position of the layout's column, counted from 0; -1 is the row as a whole.
    """

    problem: str
    refuses: bool
    masked: str = ""
    column: int = -1


@dataclass(frozen=True, slots=True)
class Flawed:
    """What a check returns when there is something to say; without a refusing note ``value`` is good."""

    value: Value
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A line of the file that is no row: ``problem`` says why."""

    problem: str


class Row(NamedTuple):
    """One good row: its number as the sheet counts it and its values by our field names."""

    number: int
    values: Mapping[str, Value]
