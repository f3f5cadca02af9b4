"""The floor of a piece of work: what PostgreSQL itself needs to take the same files and keep the same rows.

In: each file by COPY into a logged table of as many text columns. Out: the rows our run left, by plain
INSERT … SELECT into logged copies with only their primary key. VACUUM and CHECKPOINT before each. Making
the tables and rewriting a file as COPY wants it is not timed, so the floor is rather too low than too high.
"""

import csv
import io
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

_KEY: Final = """
SELECT a.attname FROM pg_index i
JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, at) ON true
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
WHERE i.indrelid = %s::regclass AND i.indisprimary
ORDER BY k.at
"""


@dataclass(frozen=True, slots=True)
class Out:
    """A table whose rows count as the work's result; ``where``, with its ``values``, says which of them."""

    table: str
    where: str = "true"
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Text:
    """A file as COPY reads it: every row as wide as the widest."""

    width: int
    rows: str


def seconds(*, link: psycopg.Connection[Any], files: Sequence[Path], outs: Sequence[Out]) -> float:
    """One measurement, in seconds, on a connection that may make tables and CHECKPOINT. Nothing of it stays."""
    link.autocommit = True
    texts = [read(path=path) for path in files]
    with laid(link=link, texts=texts, outs=outs):
        link.execute("VACUUM")
        link.execute("CHECKPOINT")
        began = time.perf_counter()
        fill(link=link, texts=texts, outs=outs)
        return time.perf_counter() - began


@contextmanager
def laid(*, link: psycopg.Connection[Any], texts: Sequence[Text], outs: Sequence[Out]) -> Iterator[None]:
    """Empty tables ``floor_in_<n>`` and ``floor_out_<n>`` for as long as the block runs."""
    names: list[sql.Identifier] = []
    try:
        for at, text in enumerate(texts):
            names.append(_in(at))
            columns = sql.SQL(", ").join(
                sql.SQL("{} text").format(sql.Identifier(f"c{n}")) for n in range(text.width)
            )
            link.execute(sql.SQL("CREATE TABLE {} ({})").format(names[-1], columns))
        for at, out in enumerate(outs):
            names.append(_out(at))
            link.execute(sql.SQL("CREATE TABLE {} (LIKE {})").format(names[-1], sql.Identifier(out.table)))
            key = [sql.Identifier(column) for (column,) in link.execute(_KEY, (f'"{out.table}"',))]
            link.execute(
                sql.SQL("ALTER TABLE {} ADD PRIMARY KEY ({})").format(names[-1], sql.SQL(", ").join(key))
            )
        yield
    finally:
        for name in names:
            link.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(name))


def fill(*, link: psycopg.Connection[Any], texts: Sequence[Text], outs: Sequence[Out]) -> None:
    """What is timed: the files in, the rows out."""
    for at, text in enumerate(texts):
        with link.cursor().copy(sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(_in(at))) as copy:
            copy.write(text.rows)
    for at, out in enumerate(outs):
        rows = sql.SQL("INSERT INTO {} SELECT * FROM {} WHERE ").format(_out(at), sql.Identifier(out.table))
        link.execute(rows + sql.SQL(out.where), out.values)


def read(*, path: Path) -> Text:
    """The rows of a CSV file in UTF-8 or CP874; rows that say nothing are left out."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp874")
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    width = max(len(row) for row in rows)
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([*row, *[""] * (width - len(row))] for row in rows)
    return Text(width=width, rows=buffer.getvalue())


def _in(at: int) -> sql.Identifier:
    return sql.Identifier(f"floor_in_{at}")


def _out(at: int) -> sql.Identifier:
    return sql.Identifier(f"floor_out_{at}")
