"""A file opened as a layout: its stamp, its header, and the rows below, or one sentence why not."""

import re
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from takhai.platform.intake import limits
from takhai.platform.intake.headers import Header, match
from takhai.platform.intake.layout import Layout
from takhai.platform.intake.rounds import told_otherwise
from takhai.platform.intake.tables import open_table
from takhai.platform.intake.types import Broken, Cell
from takhai.platform.problems import Refusal
from takhai.thai.calendar import Term

_STAMP_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class Opened:
    """``lines`` goes on below the header; ``stamp`` is the day a stamp row tells, None without one."""

    def __init__(self, *, path: Path, layout: Layout, term: Term) -> None:
        self._layout, self._term, self._name = layout, term, path.name
        self.stamp: date | None = None
        self.stamp_row: Sequence[Cell] = ()
        self._hold_to_round(None)
        with ExitStack() as stack:
            table = stack.enter_context(open_table(path=path))
            self.sha256 = table.sha256
            self.lines: Generator[tuple[int, Sequence[Cell] | Broken], None, None] = iter(table)
            stack.callback(self.lines.close)
            self.header_row, self.header_number, self.header = self._find_header()
            self._stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def is_no_row(self, *, cells: Sequence[Cell]) -> bool:
        """Whether the cells are blank, the header once more, or a stamp (which must be of the round)."""
        if all(isinstance(cell, str) and not cell.strip() for cell in cells):
            return True
        return cells == self.header_row or self._take_stamp(cells)

    def _take_stamp(self, cells: Sequence[Cell]) -> bool:
        stamp = self._layout.stamp
        texts = [cell.isoformat() if isinstance(cell, date) else cell for cell in cells if cell != ""]
        if not stamp or not texts or not texts[0].lstrip("\ufeff\"' ").startswith(stamp):
            return False
        found = _STAMP_DAY.search(" ".join(texts))
        try:
            day = date(int(found[1]), int(found[2]), int(found[3])) if found else None
        except ValueError:
            day = None
        self._hold_to_round(day)
        if not self.stamp_row:
            self.stamp, self.stamp_row = day, cells
        return True

    def _hold_to_round(self, stamp: date | None) -> None:
        other = told_otherwise(term=self._term, name=self._name, stamp=stamp)
        if other is not None:
            raise Refusal("other_round", told=other, round=str(self._term))

    def _find_header(self) -> tuple[Sequence[Cell], int, Header]:
        best: Header | None = None
        for tried, (number, cells) in enumerate(self.lines, start=1):
            if not isinstance(cells, Broken) and not self._take_stamp(cells):
                if len(cells) > limits.COLUMNS:
                    raise Refusal("too_many_columns", most=limits.COLUMNS)
                header = match(layout=self._layout, cells=cells)
                if not header.refused:
                    if header.repeated:
                        raise Refusal("header_repeated", column=header.repeated[0])
                    return cells, number, header
                if best is None or len(header.places) > len(best.places):
                    best = header
            if tried >= limits.HEADER_WITHIN:
                break
        if best is None or len(best.places) < 2:
            raise Refusal("header_not_found", layout=self._layout.name, first=limits.HEADER_WITHIN)
        raise Refusal("header_missing", columns=", ".join(column.header[0] for column in best.refused))
