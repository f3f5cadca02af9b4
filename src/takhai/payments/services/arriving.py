"""Rows of an answer on their way in: what they say, hashed, and where they stood."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from takhai.platform.ids import uuid7s
from takhai.platform.intake.layout import load as layout
from takhai.platform.intake.reading import reading
from takhai.platform.problems import Refusal
from takhai.platform.relations import Relation
from takhai.platform.sets import copy_in, execute, fetch, materialise
from takhai.thai.calendar import Term

# The key is of this run only: a row is known by what it says (``row_sha``) and how often (``copy``).
STAGED: Final[Mapping[str, str]] = {"key": "uuid", "row_no": "integer", "row_sha": "text", "copy": "integer"}
# What stands and what is said of it would else be read before another hand has written its rows.
_ONE_AT_A_TIME: Final = (
    "SELECT pg_advisory_xact_lock(hashtextextended('answers ' || %(round)s || ' ' || %(group)s, 0))"
)
_TROUBLE: Final = """
INSERT INTO payment_exception (
    round, reason, row_sha, copy, "group", reference, satang, file_sha, row_no, recorded_by
)
SELECT %(round)s, j.trouble, g.row_sha, g.copy, %(group)s, g.reference, g.satang, %(file_sha)s, g.row_no, %(by)s
FROM given g JOIN judged j ON j.key = g.key
WHERE j.trouble IS NOT NULL
ORDER BY j.trouble, g.row_sha, g.copy
ON CONFLICT (round, reason, row_sha, copy) DO NOTHING
"""
_BY_REASON: Final = "SELECT trouble, count(*) FROM judged WHERE trouble IS NOT NULL GROUP BY 1 ORDER BY 1"


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


def refuse_silence(*, staged: Staged, asked: bool) -> None:
    """Refusal ``answer_says_nothing`` for a file without a good row: its step would close upon it for good.

    A file of no rows at all is an answer where nothing was ``asked``.
    """
    if not staged.count and (staged.bad or asked):
        raise Refusal("answer_says_nothing", bad=sum(staged.bad.values()))


def judge(
    *, staged: Staged, verdicts: Relation, round: Term, group: str, by: str
) -> tuple[Relation, Mapping[str, int]]:
    """Writes down the rows that need a person; the verdicts laid down, and how many rows by trouble.

    ``given`` must have reference and satang. The same file again writes nothing.
    """
    judged = materialise(verdicts.named("judged"), key=("key",))
    execute(_TROUBLE, staged.rows, judged, round=str(round), group=group, file_sha=staged.file_sha, by=by)
    return judged, {str(name): int(str(count)) for name, count in fetch(_BY_REASON, judged)}


def together(*counts: Mapping[str, int]) -> dict[str, int]:
    """Refusals of the file and of the rows in one table."""
    summed: Counter[str] = Counter()
    for each in counts:
        summed.update(each)
    return dict(summed)


def _said(name: str, values: Iterable[object]) -> str:
    text = "\x1f".join(value.hex() if isinstance(value, bytes) else str(value) for value in values)
    return hashlib.sha256(f"{name}\x1e{text}".encode()).hexdigest()
