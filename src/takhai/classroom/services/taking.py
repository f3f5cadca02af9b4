"""The way of every file of the classroom: read in one stream, staged by COPY, decided as a set, kept once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from takhai.classroom.types import BROKEN, Kind, Reason
from takhai.platform.intake.checks import Context
from takhai.platform.intake.judging import judge
from takhai.platform.intake.layout import load as layout_of
from takhai.platform.intake.reading import Reading, Result, reading
from takhai.platform.intake.types import Flawed, Value
from takhai.platform.relations import Relation
from takhai.platform.sets import SetRule, apply, copy_in, execute, fetch, materialise, select
from takhai.platform.types import Outcome
from takhai.thai.calendar import Term

BY: Final = "semester comply"

Values = Mapping[str, Value]

# The first good row of a key stands: two files of a kind must not be decided at once.
_ONE_AT_A_TIME: Final = (
    "SELECT pg_advisory_xact_lock(hashtextextended('class file ' || %(round)s || ' ' || %(kind)s, 0))"
)
_KNOWN: Final = """
SELECT id, rows FROM class_file WHERE round = %(round)s AND kind = %(kind)s AND file_sha = %(file_sha)s
"""
_NOTE: Final = """
WITH counted AS (SELECT count(*) AS rows FROM given)
INSERT INTO class_file (round, kind, file_sha, rows, recorded_by)
SELECT %(round)s, %(kind)s, %(file_sha)s, counted.rows, %(by)s FROM counted
RETURNING id
"""
_REFUSE: Final = """
INSERT INTO class_refusal (file_id, row_no, reason)
SELECT %(file)s, f.row_no, r.reason FROM facts f JOIN refused r ON r.key = f.key
"""
_REASONS: Final = (
    "SELECT reason, count(*) FROM class_refusal WHERE file_id = %(file)s GROUP BY reason ORDER BY reason"
)
# What a row of a relation is known by during a run: its number, written as the key that rules speak of.
KEY: Final = "lpad(to_hex(g.row_no), 32, '0')::uuid AS key"
STAGED: Final[Mapping[str, str]] = {"row_no": "integer", "broken": "text"}


@dataclass(frozen=True, slots=True)
class Arriving:
    """How one kind of file is taken.

    ``columns`` are staged beside STAGED, ``made`` of a row's values (None for what could not be read).
    ``facts`` selects the facts of ``rule`` and what ``keep`` writes, with KEY, from ``given`` and the relations
    of ``beside``; ``keep`` adds the facts that are not among ``refused``, by row number, unless their key
    stands; ``repeats`` selects facts that were good and are not there (key).
    """

    kind: Kind
    columns: Mapping[str, str]
    made: Callable[[Values], tuple[object, ...]]
    facts: str
    fact_columns: Mapping[str, str]
    rule: SetRule
    keep: str
    repeats: str
    repeated: Reason


@transaction.atomic
def take(
    *, arriving: Arriving, path: Path, round: Term, beside: Callable[[], list[Relation]], **params: object
) -> Outcome:
    """Takes one file; the same file again changes nothing. Raises Refusal for a file that cannot be read."""
    where = {"round": str(round), "kind": arriving.kind.value}
    fetch(_ONE_AT_A_TIME, **where)
    with reading(path=path, layout=layout_of(arriving.kind.value), term=round) as file:
        known = fetch(_KNOWN, file_sha=file.sha256, **where)
        if known:
            ((number, rows),) = known
            refused = _refused(number)
            return Outcome(done=0, same=int(str(rows)) - sum(refused.values()), refused=refused)
        given = copy_in(name="given", columns={**STAGED, **arriving.columns}, rows=_rows(file, arriving.made))
    ((number,),) = fetch(_NOTE, given, file_sha=file.sha256, by=BY, **where)
    facts = materialise(
        select(
            arriving.facts,
            given,
            *beside(),
            name="facts",
            columns=arriving.fact_columns,
            round=str(round),
            **params,
        )
    )
    refused_rows = _decide(arriving.rule, facts)
    execute(_REFUSE, facts, refused_rows, file=number)
    done = execute(arriving.keep, facts, refused_rows, round=str(round), file=number)
    repeats = select(
        arriving.repeats,
        facts,
        refused_rows,
        name="refused",
        columns={"key": "uuid", "reason": "text"},
        round=str(round),
        file=number,
        reason=arriving.repeated.value,
    )
    execute(_REFUSE, facts, repeats, file=number)
    return Outcome(done=done, refused=_refused(number))


def _decide(rule: SetRule, facts: Relation) -> Relation:
    """The refused among the facts, each with its reason: few, so the good ones need no join to be told."""
    verdicts = apply(rule, facts).named("verdicts")
    return materialise(
        select(
            "SELECT key, reason FROM verdicts WHERE reason IS NOT NULL",
            verdicts,
            name="refused",
            columns=rule.columns,
        ),
        key=("key",),
    )


def _refused(file: object) -> dict[str, int]:
    return {str(reason): int(str(count)) for reason, count in fetch(_REASONS, file=file)}


def _rows(file: Reading, made: Callable[[Values], tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    fields, readable = file.fields, _Readable(file)
    empty = made(dict.fromkeys(fields))
    for result in file.results():
        if result.values is not None:
            yield (result.number, None, *made(dict(zip(fields, result.values, strict=True))))
            continue
        broken = _broken(result)
        yield (result.number, broken, *(empty if broken else made(readable.values(result))))


def _broken(result: Result) -> str | None:
    said = {note.problem for note in result.notes if note.refuses}
    return next((reason.value for reason in BROKEN if reason in said), None)


class _Readable:
    """What can be read of a row that the layout refuses: the order of refusals is ours, not the columns'."""

    def __init__(self, file: Reading) -> None:
        self._context = Context(term=file.term, dates=file.layout.dates)
        self._columns = [
            (at, file.header.places[column.field], column) for at, column in enumerate(file.layout.columns)
        ]

    def values(self, result: Result) -> dict[str, Any]:
        """The row's values by field, None where a cell is refused."""
        found: dict[str, Any] = {}
        for at, place, column in self._columns:
            made = judge(cell=result.cells[place], column=column, at=at, context=self._context)
            found[column.field] = made.value if isinstance(made, Flawed) else made
        return found
