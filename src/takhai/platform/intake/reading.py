"""Runs a layout over a file: good rows come out typed, bad ones with what is wrong with them.

Both phases read through this one class, so that commit takes in exactly what check called good.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import getitem, itemgetter
from pathlib import Path
from typing import NamedTuple

from takhai.platform.intake import limits
from takhai.platform.intake.checks import Context
from takhai.platform.intake.judging import Memory, judge
from takhai.platform.intake.layout import Layout
from takhai.platform.intake.opened import Opened
from takhai.platform.intake.row_checks import ACROSS_CHECKS, ROW_CHECKS
from takhai.platform.intake.types import Broken, Cell, Flawed, Note, Row, Value
from takhai.platform.problems import Refusal
from takhai.thai.calendar import Term


class Result(NamedTuple):
    """One row of the file: its cells as they came, its values, what is to say about it.

    ``values`` is None for a row that is refused; ``cells`` is empty for a line that is no row.
    """

    number: int
    cells: Sequence[Cell]
    values: list[Value] | None
    notes: tuple[Note, ...]


class Reading(Opened):
    """One file being read: iterate it for the good rows, or take all its :meth:`results`.

    After the iteration ``rows``, ``good`` and ``dropped`` (reason of a row's first bad column: rows)
    are whole. ``fields`` are those the file has; the others have their layout's empty value in every
    row. Opening raises Refusal for a file that cannot be read as this layout in this round.
    """

    def __init__(self, *, path: Path, layout: Layout, term: Term, across: bool = False) -> None:
        super().__init__(path=path, layout=layout, term=term)
        self.layout, self.term = layout, term
        self.rows = self.good = 0
        self.dropped: Counter[str] = Counter()
        places = self.header.places
        present = [(at, column) for at, column in enumerate(layout.columns) if column.field in places]
        self.fields = tuple(column.field for _, column in present)
        self._absent = {column.field: column.empty for column in self.header.missing}
        self._at = [at for at, _ in present]
        self._picked = [places[field] for field in self.fields]
        self._context = context = Context(term=term, dates=layout.dates)
        self._said: list[Note] = []
        self._memories = [
            Memory(column=column, at=at, context=context, said=self._said) for at, column in present
        ]
        have = {field: at for at, field in enumerate(self.fields)}
        self._row_checks = [
            ROW_CHECKS[check.name](check=check, at=[have[field] for field in check.fields])
            for check in layout.row_checks
            if have.keys() >= set(check.fields)
        ]
        self._across = [
            ACROSS_CHECKS[check.name](check=check, at=[have[field] for field in check.fields])
            for check in layout.across_checks
            if across and have.keys() >= set(check.fields)
        ]

    def __iter__(self) -> Iterator[Row]:
        fields, absent = self.fields, self._absent
        for number, _, values, _ in self.results():
            if values is not None:
                row = dict(zip(fields, values, strict=True))
                yield Row(number, {**absent, **row} if absent else row)

    def results(self) -> Iterator[Result]:
        """Every row, good or bad: for a commit that may have to refuse a good row and keep its cells."""
        return self._run(every=True)

    def noted(self) -> Iterator[Result]:
        """Reads the whole file and gives only the rows with something to say about."""
        return self._run(every=False)

    def told(self, *, result: Result, field: str) -> Value:
        """What one cell of a refused row says all the same; None where that cell is not good, or of no row."""
        at, column = next((n, each) for n, each in enumerate(self.layout.columns) if each.field == field)
        if not result.cells or field not in self.header.places:
            return None
        cell = result.cells[self.header.places[field]]
        found = judge(cell=cell, column=column, at=at, context=self._context)
        if isinstance(found, Flawed):
            return None if any(note.refuses for note in found.notes) else found.value
        return found

    def _run(self, *, every: bool) -> Iterator[Result]:
        memories, width, picked = self._memories, len(self.header_row), self._picked
        pick = None if picked == list(range(width)) else itemgetter(*picked)
        row_checks, across, said_of_cells = self._row_checks, self._across, self._said
        for number, line in self.lines:
            cells: Sequence[Cell] = () if isinstance(line, Broken) else line
            if len(cells) != width:
                fitted = self._fit(line, width)
                if isinstance(fitted, Note):
                    yield self._refuse(Result(number, (), None, (fitted,)))
                    continue
                if fitted is None:
                    continue
                cells = fitted
            values = list(map(getitem, memories, pick(cells) if pick else cells))
            notes: tuple[Note, ...] = ()
            if said_of_cells:
                notes = tuple(said_of_cells)
                said_of_cells.clear()
                if self.is_no_row(cells=cells):
                    continue
            for check_row in row_checks:
                said = check_row(values)
                if said:
                    notes += self._placed(said)
            if notes and any(note.refuses for note in notes):
                yield self._refuse(Result(number, cells, None, notes))
                continue
            for check_across in across:
                said = check_across(number, values)
                if said:
                    notes += self._placed(said)
            self.rows += 1
            self.good += 1
            if every or notes:
                yield Result(number, cells, values, notes)

    def _placed(self, notes: tuple[Note, ...]) -> tuple[Note, ...]:
        """Notes with the layout's place of a column for its place among those the file has."""
        return tuple(Note(note.problem, note.refuses, note.masked, self._at[note.column]) for note in notes)

    def _refuse(self, result: Result) -> Result:
        self.rows += 1
        first = min((note for note in result.notes if note.refuses), key=lambda note: note.column)
        self.dropped[first.problem] += 1
        bad = self.rows - self.good
        if bad > limits.MANY_BAD_ROWS and bad > self.good:
            raise Refusal("too_many_bad_rows", bad=bad, layout=self.layout.name)
        return result

    def _fit(self, line: Sequence[Cell] | Broken, width: int) -> Sequence[Cell] | Note | None:
        """A line of another width: padded with blanks it is a row, blank it is none, else it is refused."""
        if isinstance(line, Broken):
            return Note(line.problem, refuses=True)
        if self.is_no_row(cells=line):
            return None
        if len(line) > width and all(cell == "" for cell in line[width:]):
            return line[:width]
        return Note("row_malformed", refuses=True)


def reading(*, path: Path, layout: Layout, term: Term) -> Reading:
    """Commit's way in: ``with reading(…) as file: for row in file: …`` in bounded memory."""
    return Reading(path=path, layout=layout, term=term)
