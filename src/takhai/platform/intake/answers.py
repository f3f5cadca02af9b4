"""Rows of an answer from outside on their way in: what they say, hashed, and where they stood."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from takhai.platform.ids import uuid7s
from takhai.platform.intake.layout import load as layout
from takhai.platform.intake.reading import reading
from takhai.platform.relations import Relation
from takhai.platform.sets import copy_in, fetch
from takhai.thai.calendar import Term

# The key is of this run only: a row is known by what it says (``row_sha``) and how often (``copy``).
STAGED: Final[Mapping[str, str]] = {"key": "uuid", "row_no": "integer", "row_sha": "text", "copy": "integer"}
# What stands and what is said of it would else be read before another hand has written its rows.
_ONE_AT_A_TIME: Final = (
    "SELECT pg_advisory_xact_lock(hashtextextended('answers ' || %(round)s || ' ' || %(group)s, 0))"
)


@dataclass(frozen=True, slots=True)
class Staged:
    """A file's good rows in a TEMP table, its hash, and its bad rows by problem."""

    rows: Relation
    count: int
    file_sha: str
    bad: Mapping[str, int]


def stage(
    *,
    path: Path,
    name: str,
    round: Term,
    group: str,
    columns: Mapping[str, str],
    made: Callable[[Mapping[str, Any]], tuple[object, ...]],
) -> Staged:
    """The rows of a layout as a relation ``given`` with STAGED and ``columns``.

    Answers for a group are taken one after the other. ``made`` turns a row's values into the ``columns``;
    they may hold no secret in clear, because the row's hash is taken over them.
    """
    fetch(_ONE_AT_A_TIME, round=str(round), group=group)
    with reading(path=path, layout=layout(name), term=round) as file:
        found = [(row.number, made(row.values)) for row in file]
    seen: Counter[str] = Counter()
    rows: list[tuple[object, ...]] = []
    for key, (number, values) in zip(uuid7s(len(found)), found, strict=True):
        row_sha = _said(name, values)
        seen[row_sha] += 1
        rows.append((key, number, row_sha, seen[row_sha], *values))
    given = copy_in(name="given", columns={**STAGED, **columns}, rows=rows)
    return Staged(rows=given, count=len(rows), file_sha=file.sha256, bad=dict(file.dropped))


def together(*counts: Mapping[str, int]) -> dict[str, int]:
    """Refusals of the file and of the rows in one table."""
    summed: Counter[str] = Counter()
    for each in counts:
        summed.update(each)
    return dict(summed)


def _said(name: str, values: Iterable[object]) -> str:
    text = "\x1f".join(value.hex() if isinstance(value, bytes) else str(value) for value in values)
    return hashlib.sha256(f"{name}\x1e{text}".encode()).hexdigest()
