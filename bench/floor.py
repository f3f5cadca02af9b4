"""The floor of a piece of work: what PostgreSQL itself needs to take the same files and keep the same rows.

In: each file by COPY into a logged table of as many text columns. Out: the rows our run left, by plain
INSERT … SELECT into logged copies with only their primary key. VACUUM and CHECKPOINT before each.
"""

import csv
import io
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql


@dataclass(frozen=True, slots=True)
class Out:
    """A table whose rows count as the work's result, and which of its rows."""

    table: str
    where: str = "true"


def seconds(*, owner: psycopg.Connection[Any], files: Sequence[Path], outs: Sequence[Out]) -> float:
    """One measurement of the floor. The copies are dropped again."""
    owner.autocommit = True
    prepared = [_rows(path) for path in files]
    owner.execute("VACUUM")
    owner.execute("CHECKPOINT")
    began = time.perf_counter()
    for at, (width, text) in enumerate(prepared):
        columns = ", ".join(f"c{number} text" for number in range(width))
        owner.execute(f"CREATE TABLE floor_in_{at} ({columns})")
        with owner.cursor().copy(f"COPY floor_in_{at} FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(text)
    for out in outs:
        _copy_of(owner, out)
    took = time.perf_counter() - began
    for at in range(len(prepared)):
        owner.execute(f"DROP TABLE floor_in_{at}")
    for out in outs:
        owner.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(f"floor_{out.table}")))
    return took


def _copy_of(owner: psycopg.Connection[Any], out: Out) -> None:
    copy, source = sql.Identifier(f"floor_{out.table}"), sql.Identifier(out.table)
    owner.execute(sql.SQL("CREATE TABLE {} (LIKE {})").format(copy, source))
    key = owner.execute(
        "SELECT string_agg(quote_ident(attname), ', ' ORDER BY array_position(indkey::int2[], attnum))"
        " FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)"
        " WHERE indrelid = %s::regclass AND indisprimary",
        (out.table,),
    ).fetchone()
    if key and key[0]:
        owner.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (" + key[0] + ")").format(copy))
    owner.execute(sql.SQL("INSERT INTO {} SELECT * FROM {} WHERE " + out.where).format(copy, source))


def _rows(path: Path) -> tuple[int, str]:
    """(columns, text) of a CSV file as PostgreSQL reads it; reading and decoding is not timed."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp874")
    rows = [row for row in csv.reader(io.StringIO(text)) if row]
    width = max(len(row) for row in rows)
    buffer = io.StringIO()
    csv.writer(buffer).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return width, buffer.getvalue()
