"""Tables and charts of the screening part, ready to print: labels in both languages, figures as text."""

from dataclasses import dataclass

from takhai.reporting.charts import Part
from takhai.reporting.words import Word


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row. ``note`` stands small below the label."""

    label: Word
    cells: tuple[str, ...]
    note: Word | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``head`` names the first column, ``heads`` the others; ``foot`` closes it."""

    name: str
    title: Word
    head: Word
    heads: tuple[Word, ...]
    rows: tuple[GridRow, ...]
    about: Word | None = None
    foot: GridRow | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its figure."""

    parts: tuple[Part, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Bars:
    """One label and its bars, one below the other."""

    label: Word
    bars: tuple[Bar, ...]
