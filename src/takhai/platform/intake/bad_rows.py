"""The file of bad rows: same columns, so that it can be mended and sent again."""

import csv
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import IO, Self

from takhai.platform.export import safe_cell
from takhai.platform.intake.cells import keepable
from takhai.platform.intake.types import Cell
from takhai.platform.problems import Refusal
from takhai.thai.calendar import BE


class BadRows:
    """Writes rows as they come and names the file by its content when it is kept.

    UTF-8 with BOM, because people open it in a spreadsheet; mode 0600 and cells that run nothing.
    Real dates are written in the layout's own era, as text.
    """

    def __init__(self, *, folder: Path, dates: str) -> None:
        self._folder, self._dates = folder, dates
        self._file: IO[str] | None = None
        self._draft = Path()
        self.rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._file is not None:
            # What a full disk would not take is given up with the draft.
            with suppress(OSError):
                self._file.close()
            self._file = None
            self._draft.unlink(missing_ok=True)

    def write(self, *, above: Sequence[Sequence[Cell]], cells: Sequence[Cell]) -> None:
        """One bad row; ``above`` (stamp, header) goes before the first. Refusal ``bad_rows_not_kept``."""
        with _kept():
            if self._file is None:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(prefix=".bad-", suffix=".csv", dir=self._folder)
                self._draft = Path(name)
                self._file = os.fdopen(handle, "w", encoding="utf-8-sig", newline="")
                self._writer = csv.writer(self._file, lineterminator="\n")
                for row in above:
                    self._writer.writerow([self._text(cell) for cell in row])
            self._writer.writerow([self._text(cell) for cell in cells])
        self.rows += 1

    def keep(self) -> Path | None:
        """The finished file, None when no row came. Same rows, same name, same bytes."""
        if self._file is None:
            return None
        with _kept():
            self._file.flush()
            os.fsync(self._file.fileno())
            with self._draft.open("rb") as file:
                name = hashlib.file_digest(file, "sha256").hexdigest()
            target = self._folder / f"{name}.csv"
            self._draft.replace(target)
        self._file.close()
        self._file = None
        return target

    def _text(self, cell: Cell) -> object:
        if isinstance(cell, date):
            if self._dates == "buddhist":
                return f"{cell.day:02d}/{cell.month:02d}/{cell.year + BE}"
            return cell.isoformat()
        return safe_cell(keepable(cell=cell))


@contextmanager
def _kept() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refusal("bad_rows_not_kept", why=error.strerror or "—") from error
