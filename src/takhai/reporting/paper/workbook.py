"""Sheets written as an Excel file: the same sheets make the same bytes, and no cell calculates anything."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from takhai.platform.export import safe_cell
from takhai.reporting.indicators import Unit
from takhai.reporting.words import Word

# Excel writes when a book was made; ours is the same whenever it is made.
MADE: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
FORMATS: Final[Mapping[Unit, str]] = {
    Unit.SATANG: "#,##0.00",
    Unit.PERCENT: "0.00",
    Unit.MEMBERS: "0.00",
    Unit.ROWS: "#,##0",
    Unit.PEOPLE: "#,##0",
}
HUNDREDTHS: Final = frozenset({Unit.SATANG, Unit.PERCENT, Unit.MEMBERS})
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Number:
    """A figure that can be added up in a sheet; satang become baht, hundredths become decimals."""

    unit: Unit
    value: int


Cell = str | Number | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``seal``: what is said above the table (round, days, hashes); ``about``: its definition."""

    name: str
    title: Word
    about: Word
    seal: tuple[tuple[Word, str], ...]
    heads: tuple[Word, ...]
    rows: tuple[tuple[Cell, ...], ...]


def written(sheets: tuple[Sheet, ...], /) -> bytes:
    """The file."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, _OPTIONS) as book:
        book.set_properties({"title": sheets[0].title.th, "created": MADE})
        styles: dict[str, Any] = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "about": book.add_format({"text_wrap": True, "valign": "top"}),
            "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 2, "valign": "bottom"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for unit, shape in FORMATS.items():
            styles[unit] = book.add_format({"num_format": shape, "valign": "top"})
        for sheet in sheets:
            _sheet(book.add_worksheet(sheet.name), sheet, styles)
    return held.getvalue()


def _sheet(page: Any, sheet: Sheet, styles: Mapping[str, Any]) -> None:
    page.set_column(0, 0, 44)
    page.set_column(1, max(1, len(sheet.heads) - 1), 22)
    page.write_string(0, 0, f"{sheet.title.th} · {sheet.title.en}", styles["title"])
    page.write_string(1, 0, sheet.about.th, styles["about"])
    page.write_string(2, 0, sheet.about.en, styles["about"])
    at = 3
    for word, value in sheet.seal:
        page.write_string(at, 0, f"{word.th} · {word.en}")
        page.write_string(at, 1, str(safe_cell(value)))
        at += 1
    at += 1
    for column, head in enumerate(sheet.heads):
        page.write_string(at, column, "\n".join(filter(None, (head.th, head.en))), styles["head"])
    page.freeze_panes(at + 1, 1)
    for down, row in enumerate(sheet.rows, start=at + 1):
        for column, cell in enumerate(row):
            _cell(page, down, column, cell, styles)


def _cell(page: Any, row: int, column: int, cell: Cell, styles: Mapping[str, Any]) -> None:
    if isinstance(cell, Number):
        value = Decimal(cell.value) / 100 if cell.unit in HUNDREDTHS else cell.value
        page.write_number(row, column, value, styles[cell.unit])
    elif cell is not None:
        page.write_string(row, column, str(safe_cell(cell)), styles["text"])
