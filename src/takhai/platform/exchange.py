"""The folder through which a round meets the world: files that came, files for those who decide outside."""

import csv
import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from takhai.platform.export import safe_cell
from takhai.platform.problems import Refusal


@dataclass(frozen=True, slots=True)
class Folder:
    """One round's folder. ``out/`` is ours to write, everything else only to read."""

    root: Path

    def need(self, name: str) -> Path:
        """The file of that name; Refusal ``file_missing`` when it is not there."""
        path = self.root / name
        if not path.is_file():
            raise Refusal("file_missing", file=name)
        return path

    def incoming(self, pattern: str) -> list[Path]:
        """The files that match, in the order of their names; links and folders are not files."""
        return sorted(path for path in self.root.glob(pattern) if path.is_file() and not path.is_symlink())

    def write(self, *, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
        """Writes ``out/<name>`` whole or not at all, readable by its owner only; its sha256.

        Same rows, same bytes. A cell that a spreadsheet would run as a formula is neutralised.
        """
        folder = self.root / "out"
        folder.mkdir(mode=0o700, exist_ok=True)
        target, draft = folder / name, folder / f".{name}.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([safe_cell(value) for value in row] for row in rows)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
        return sha256(target)


def sha256(path: Path, *beside: Path) -> str:
    """The hash that names a file's content; of several files that belong together, the hash of their hashes."""
    if beside:
        return hashlib.sha256("".join(map(sha256, (path, *beside))).encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
