"""Which column of a file is which column of the layout. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from takhai.platform.intake.layout import Column, Layout
from takhai.platform.intake.types import Cell
from takhai.thai.names import normal
from takhai.thai.text import visible

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Header:
    """Where each field stands (counted from 0) and what the file calls it."""

    places: Mapping[str, int]
    titles: Mapping[str, str]
    missing: tuple[Column, ...]
    repeated: tuple[str, ...] = ()

    @property
    def refused(self) -> tuple[Column, ...]:
        """Columns without which the file cannot be read."""
        return tuple(column for column in self.missing if column.absent == "refuse")


def title_key(cell: Cell) -> str:
    """A name of a column as it is compared: blanks, case, look-alike forms and quotes do not matter."""
    text = unicodedata.normalize("NFKC", cell) if isinstance(cell, str) else ""
    return _BLANKS.sub("", normal(text)).strip("\"'").casefold()


def match(*, layout: Layout, cells: Sequence[Cell]) -> Header:
    """Finds the layout's columns in a row of names.

    A name that belongs to one field decides first. A name that two fields go by (in some exports the
    citizen number and the pupil number have the same one) is told by position, then by order.
    """
    wanted: dict[str, list[Column]] = {}
    for column in layout.columns:
        for name in column.header:
            wanted.setdefault(title_key(name), []).append(column)
    keys = [title_key(cell) for cell in cells]
    repeated = [name for name, columns in wanted.items() if keys.count(name) > len(columns)]
    places: dict[str, int] = {}
    for at, key in enumerate(keys):
        columns = wanted.get(key, ())
        if len(columns) == 1:
            places.setdefault(columns[0].field, at)
    shared = [at for at, key in enumerate(keys) if len(wanted.get(key, ())) > 1]
    for at in [*(at for at in shared if _stands(wanted[keys[at]], at)), *shared]:
        if at in places.values():
            continue
        free = [column for column in wanted[keys[at]] if column.field not in places]
        exact = [column for column in free if column.position == at + 1]
        if exact or free:
            places[(exact or free)[0].field] = at
    return Header(
        places=places,
        titles={
            column.field: " ".join(visible(str(cells[places[column.field]])).split())[:80]
            if column.field in places
            else column.header[0]
            for column in layout.columns
        },
        missing=tuple(column for column in layout.columns if column.field not in places),
        repeated=tuple(wanted[name][0].header[0] for name in repeated),
    )


def _stands(columns: Sequence[Column], at: int) -> bool:
    return any(column.position == at + 1 for column in columns)
