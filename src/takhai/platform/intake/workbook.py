"""XLSX as rows of cells, read by a child process that may die while we go on.

python-calamine aborts its whole process on a legal workbook of 5 kB with two far cells
(tafia/calamine #693), so it never runs in ours: a child under limits of memory and time reads, after
the sizes in the archive and the farthest cell were looked at. One child serves many files and is
replaced after a number of them or when it dies.
"""

import atexit
import hashlib
import json
import os
import selectors
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self, cast

from takhai.platform.intake import limits
from takhai.platform.intake.types import Broken, Cell
from takhai.platform.problems import Refusal

# Started by its path, never imported here: it brings the parser with it.
_PROGRAM: Final = Path(__file__).with_name("workbook_child.py")


class ChildDied(Exception):
    """The child ended, fell silent or said something else than it should."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the archive tells without the parser: sizes in bytes, farthest cell, names of its parts."""

    parts: int
    repeated: int
    names: tuple[str, ...]
    packed: int
    unpacked: int
    column: int
    row: int


def judge(*, look: Look) -> str | None:
    """The problem that keeps the workbook from the parser, None when it may go on. Pure."""
    return next((problem for problem, holds in _OBJECTIONS if holds(look)), None)


# In this order: the first that holds is what people are told.
_OBJECTIONS: Final[Sequence[tuple[str, Callable[[Look], bool]]]] = (
    ("workbook_damaged", lambda look: look.parts > limits.WORKBOOK_PARTS or look.repeated > 0),
    ("workbook_locked", lambda look: "encryptedpackage" in look.names),
    ("workbook_is_archive", lambda look: not _is_workbook(look.names)),
    ("workbook_has_macros", lambda look: any(map(_is_macro, look.names))),
    ("workbook_too_heavy", lambda look: look.unpacked > limits.WORKBOOK_UNPACKED),
    (
        "workbook_too_heavy",
        lambda look: look.unpacked > max(limits.BOMB_UNPACKED, limits.BOMB_RATIO * max(look.packed, 1)),
    ),
    ("workbook_far_cell", lambda look: look.column > limits.COLUMNS),
    ("workbook_far_cell", lambda look: look.column * look.row > limits.WORKBOOK_CELLS),
)


def _is_workbook(names: Sequence[str]) -> bool:
    return "[content_types].xml" in names and any(name.startswith("xl/") for name in names)


def _is_macro(name: str) -> bool:
    return name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/")


def _bounds() -> Sequence[int]:
    """What the child is told on its command line, in its order."""
    return (
        limits.CHILD_MEMORY,
        limits.CHILD_CPU,
        limits.WORKBOOK_UNPACKED,
        limits.CELLS_PER_ANSWER,
        limits.CHILD_CELL,
    )


class Child:
    """One child process and the files it has read."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.files = 0
        self.healthy = True
        self.reading = False
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-I",
                str(_PROGRAM),
                *map(str, _bounds()),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
            close_fds=True,
        )
        self._in = cast("IO[bytes]", self._process.stdin)
        self._out = cast("IO[bytes]", self._process.stdout)
        self._held = b""

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can serve the next file."""
        return (
            self.healthy and not self.reading and self.owner == os.getpid() and self._process.poll() is None
        )

    def look(self, *, path: Path) -> Look:
        """Sizes and farthest cell; Refusal ``workbook_damaged`` or ChildDied."""
        facts: Mapping[str, Any] = self._ask("look", path)["look"]
        return Look(**{**facts, "names": tuple(facts["names"])})

    def rows(self, *, path: Path) -> Iterator[tuple[int, Sequence[Cell]]]:
        """The rows of the first visible sheet with something in it.

        A child whose rows were not all taken is of no use for the next file: it is not ``alive``.
        """
        self.files += 1
        self.reading = True
        answer = self._ask("rows", path)
        while "rows" in answer:
            for number, row in enumerate(answer["rows"], start=answer["from"]):
                yield number, [cell if isinstance(cell, str) else date.fromisoformat(cell[0]) for cell in row]
            answer = self._answer()
        self.reading = False

    def end(self) -> None:
        """Ends the process; may be called twice."""
        self.healthy = False
        for pipe in (self._in, self._out):
            # Whatever was still on its way to a dead child is of no use to anybody.
            try:
                pipe.close()
            except BrokenPipeError:
                continue
        if self.owner == os.getpid():
            self._process.kill()
            self._process.wait()

    def _ask(self, what: str, path: Path) -> Mapping[str, Any]:
        try:
            self._in.write(json.dumps({"do": what, "path": os.fspath(path.absolute())}).encode() + b"\n")
            self._in.flush()
        except OSError as error:
            self.healthy = False
            raise ChildDied from error
        return self._answer()

    def _answer(self) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = json.loads(self._line())
        if "error" in answer:
            self.reading = False
            raise Refusal(
                {"locked": "workbook_locked", "memory": "workbook_too_heavy"}.get(
                    answer["error"], "workbook_damaged"
                )
            )
        return answer

    def _line(self) -> bytes:
        """The next line of the child, within the silence and the size we allow."""
        parts = [self._held]
        size = len(self._held)
        with selectors.DefaultSelector() as ready:
            ready.register(self._out, selectors.EVENT_READ)
            while b"\n" not in parts[-1]:
                chunk = os.read(self._out.fileno(), limits.MIB) if ready.select(limits.CHILD_SILENCE) else b""
                size += len(chunk)
                if not chunk or size > limits.CHILD_ANSWER:
                    self.healthy = False
                    raise ChildDied
                parts.append(chunk)
        line, _, self._held = b"".join(parts).partition(b"\n")
        return line


class Children:
    """Keeps one child between files; takes another when it is busy."""

    def __init__(self) -> None:
        self._idle: list[Child] = []

    def take(self) -> Child:
        """A child that is alive and young enough."""
        while self._idle:
            child = self._idle.pop()
            if child.alive and child.files < limits.CHILD_FILES:
                return child
            child.end()
        return Child()

    def give_back(self, child: Child) -> None:
        """The child for the next file, unless it died or another one waits already."""
        if child.alive and not self._idle:
            self._idle.append(child)
        else:
            child.end()

    def close(self) -> None:
        """Ends the child that waits."""
        while self._idle:
            self._idle.pop().end()


CHILDREN: Final = Children()
atexit.register(CHILDREN.close)


class WorkbookTable:
    """An XLSX file; refused before the parser sees it where :func:`judge` says so."""

    def __init__(self, *, path: Path, children: Children = CHILDREN) -> None:
        self._path = path
        self._children = children
        with path.open("rb") as file:
            self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        self._child = children.take()
        try:
            problem = judge(look=self._child.look(path=path))
            if problem is not None:
                raise Refusal(problem)
        except ChildDied:
            children.give_back(self._child)
            raise Refusal("workbook_too_heavy") from None
        except BaseException:
            children.give_back(self._child)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._children.give_back(self._child)

    def __iter__(self) -> Generator[tuple[int, Sequence[Cell] | Broken], None, None]:
        try:
            yield from self._child.rows(path=self._path)
        except ChildDied:
            raise Refusal("workbook_too_heavy") from None
