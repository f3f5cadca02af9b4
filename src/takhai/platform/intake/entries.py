"""The lines of the answer, rendered when somebody reads them: a file may have hundreds of thousands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, overload

from takhai.platform.intake.checks import OLDEST
from takhai.platform.intake.reading import Reading
from takhai.platform.intake.types import Note
from takhai.platform.problems import find

# What a sentence shows where the cell was empty.
NOTHING: Final = "—"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the answer: a problem of one row, or of the file (``row`` 0), rendered."""

    row: int
    column: str
    name: str
    code: int
    message_th: str
    message_en: str
    mend_th: str
    mend_en: str

    def to_json(self) -> dict[str, str | int]:
        """The entry as ``takhai intake check --json`` prints it."""
        return {
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "message_th": self.message_th,
            "message_en": self.message_en,
            "mend_th": self.mend_th,
            "mend_en": self.mend_en,
        }


class Entries(Sequence[Entry]):
    """Notes on rows as entries, in the order of the sheet and, within a row, of the columns."""

    def __init__(self, *, file: Reading) -> None:
        self._layout, self._titles, self._term = file.layout, file.header.titles, file.term
        self._notes: list[tuple[int, Note]] = []

    def add(self, *, row: int, notes: Sequence[Note]) -> None:
        """The notes on one row."""
        self._notes.extend((row, note) for note in sorted(notes, key=lambda note: note.column))

    def __len__(self) -> int:
        return len(self._notes)

    def __iter__(self) -> Iterator[Entry]:
        return (self._render(row, note) for row, note in self._notes)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(at, slice):
            return [self._render(row, note) for row, note in self._notes[at]]
        return self._render(*self._notes[at])

    def _render(self, row: int, note: Note) -> Entry:
        column = self._layout.columns[note.column] if note.column >= 0 else None
        title = self._titles[column.field] if column else ""
        details = {
            "row": row,
            "column": title,
            "value": note.masked or NOTHING,
            "meaning_th": column.meaning_th if column else "",
            "meaning_en": column.meaning_en if column else "",
            "round": str(self._term),
            "first_year": self._term.year - OLDEST,
            "last_year": self._term.year,
        }
        problem = find(note.problem)
        return Entry(
            row=row,
            column=title,
            name=problem.name,
            code=problem.code,
            message_th=problem.th.format_map(details),
            message_en=problem.en.format_map(details),
            mend_th=problem.mend_th.format_map(details),
            mend_en=problem.mend_en.format_map(details),
        )
