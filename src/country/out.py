"""Reads what Takhai sends, writes what comes back: small CSV files for two pairs of eyes only."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from takhai.thai.money import parse_baht


class NotAnOutFile(Exception):
    """A file in out/ does not say what the data dictionary says it says."""


def read(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Rows by column name; NotAnOutFile where one of the columns is missing."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = set(columns) - set(reader.fieldnames or ())
        if missing:
            raise NotAnOutFile(f"{path.name}: no column {', '.join(sorted(missing))}")
        return list(reader)


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Writes whole or not at all, readable by the owner alone."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    write_text(path, text.getvalue())


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """The same for any text."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text.encode(encoding))
    draft.replace(path)


def baht(satang: int) -> str:
    """Baht with two decimals and nothing between thousands."""
    return f"{satang // 100}.{satang % 100:02d}"


def satang(text: str) -> int:
    """Satang of an amount in baht; BadAmount otherwise."""
    return parse_baht(text)
