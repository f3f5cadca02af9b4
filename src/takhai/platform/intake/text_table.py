"""CSV as rows of cells: strict about what it cannot read, one bad line costs one line.

A line without quotes is split at its commas. A line with quotes goes through the csv module, joined
with the lines after it while a quote is open, but never with more than a few: a lost quote would
otherwise swallow the rest of the file.
"""

import codecs
import csv
import hashlib
import io
from collections.abc import Generator, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from takhai.platform.intake import limits
from takhai.platform.intake.types import Broken, Cell
from takhai.platform.problems import Refusal

_CHUNK: Final = limits.MIB
_MALFORMED: Final = Broken("row_malformed")


class TextTable:
    """A CSV file in UTF-8 (with or without BOM) or CP874; which of them is settled on the whole file."""

    def __init__(self, *, path: Path) -> None:
        self._file: BinaryIO = path.open("rb")
        try:
            self.sha256, self.encoding = _settle(self._file)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __iter__(self) -> Generator[tuple[int, Sequence[Cell] | Broken], None, None]:
        self._file.seek(0)
        # The encoding is settled; what is still no text is a cut last character, or came in since.
        stream = io.TextIOWrapper(self._file, encoding=self.encoding, errors="replace", newline=None)
        number = 0
        held: list[str] = []
        try:
            while True:
                line = held.pop(0) if held else stream.readline(limits.LINE)
                if not line:
                    return
                number += 1
                if not line.endswith("\n") and len(line) >= limits.LINE:
                    while line and not line.endswith("\n"):
                        line = stream.readline(limits.LINE)
                    yield number, _MALFORMED
                elif '"' not in line:
                    yield number, (line[:-1] if line.endswith("\n") else line).split(",")
                else:
                    yield number, _quoted(line, stream, held)
        finally:
            stream.detach()


def _quoted(line: str, stream: io.TextIOWrapper, held: list[str]) -> Sequence[Cell] | Broken:
    """The row that begins with the line. Lines that turn out not to belong to it are held for next time."""
    joined = [line]
    row = _row(joined)
    while row is None and len(joined) < limits.LINES_OF_A_ROW and sum(map(len, joined)) < limits.LINE:
        more = held.pop(0) if held else stream.readline(limits.LINE)
        if not more:
            break
        joined.append(more)
        if '"' in more:
            row = _row(joined)
    if row is not None:
        return row
    held[:0] = joined[1:]
    return _MALFORMED


def _row(lines: list[str]) -> list[str] | None:
    try:
        rows = list(csv.reader(lines, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _settle(file: BinaryIO) -> tuple[str, str]:
    """(sha256, encoding); Refusal ``encoding_unknown``. A cut last character decides nothing."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    bad_line, lines = 0, 1
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        if bad_line:
            continue
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            bad_line = lines + error.object[: error.start].count(b"\n")
        lines += chunk.count(b"\n")
    if not bad_line:
        return digest.hexdigest(), "utf-8-sig"
    file.seek(0)
    while chunk := file.read(_CHUNK):
        try:
            chunk.decode("cp874")
        except UnicodeDecodeError:
            raise Refusal("encoding_unknown", line=bad_line) from None
    return digest.hexdigest(), "cp874"
