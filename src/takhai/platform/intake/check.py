"""Phase one: everything a file would be refused for, said row by row. Writes nothing but the bad rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from takhai.platform.intake.bad_rows import BadRows
from takhai.platform.intake.entries import Entries, Entry
from takhai.platform.intake.layout import Layout
from takhai.platform.intake.reading import Reading
from takhai.platform.intake.types import Note
from takhai.platform.problems import Refusal
from takhai.thai.calendar import Term


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. ``rows`` are rows of the file, ``good`` those that commit would take in.

    ``bad`` has an entry for each refusing note of each bad row, ``warn`` for each warning of a good
    one, both in the order of the sheet. ``refused`` is the one sentence about a file that could not be
    read at all (then ``bad`` holds it as row 0).
    """

    rows: int
    good: int
    bad: Sequence[Entry]
    warn: Sequence[Entry]
    sha256: str
    stamp: date | None
    bad_rows_file: Path | None
    refused: Refusal | None = None

    @property
    def exit_code(self) -> int:
        """0 when at least one row is good."""
        return 0 if self.good else 2

    def to_json(self) -> dict[str, Any]:
        """The answer of ``takhai intake check --json``."""
        return {
            "rows": self.rows,
            "good": self.good,
            "bad": [entry.to_json() for entry in self.bad],
            "warn": [entry.to_json() for entry in self.warn],
            "bad_rows_file": None if self.bad_rows_file is None else str(self.bad_rows_file),
        }


def check(*, path: Path, layout: Layout, term: Term, bad_rows_folder: Path) -> Checked:
    """Checks a file without database. A file that cannot be read is an answer too, never an exception."""
    try:
        return _check(path=path, layout=layout, term=term, folder=bad_rows_folder)
    except Refusal as refusal:
        return Checked(
            rows=0,
            good=0,
            bad=(_of_file(refusal),),
            warn=(),
            sha256="",
            stamp=None,
            bad_rows_file=None,
            refused=refusal,
        )


def _check(*, path: Path, layout: Layout, term: Term, folder: Path) -> Checked:
    with (
        Reading(path=path, layout=layout, term=term, across=True) as file,
        BadRows(folder=folder, dates=layout.dates) as kept,
    ):
        bad, warn = Entries(file=file), Entries(file=file)
        above = [row for row in (file.stamp_row, file.header_row) if row]
        warn.add(
            row=file.header_number,
            notes=[
                Note("column_absent", refuses=False, column=at)
                for at, column in enumerate(layout.columns)
                if column in file.header.missing and column.absent == "warn"
            ],
        )
        for result in file.noted():
            if result.values is not None:
                warn.add(row=result.number, notes=result.notes)
                continue
            bad.add(row=result.number, notes=[note for note in result.notes if note.refuses])
            if result.cells:
                kept.write(above=above, cells=result.cells)
        if not file.rows:
            raise Refusal("no_rows")
        return Checked(
            rows=file.rows,
            good=file.good,
            bad=bad,
            warn=warn,
            sha256=file.sha256,
            stamp=file.stamp,
            bad_rows_file=kept.keep(),
        )


def _of_file(refusal: Refusal) -> Entry:
    return Entry(
        row=0,
        column="",
        name=refusal.name,
        code=refusal.code,
        message_th=refusal.th,
        message_en=refusal.en,
        mend_th=refusal.mend_th,
        mend_en=refusal.mend_en,
    )
