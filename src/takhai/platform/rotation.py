"""Changing the keys of persons' secrets while the site works: no look-up misses, no row is lost.

1. begin: make the next generation; from then on every writer keeps both indexes.
2. fill: give the rows of before their second index and seal them anew, batch by batch.
3. promote: in one short moment without holders, the next generation becomes the current one.
4. settle: move the second index into the first, batch by batch.

Each step is committed and found again, so a run that died goes on where it stopped.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString
from uuid import UUID

import pgtrigger
from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from takhai.platform import secrets
from takhai.platform.models.keys import KeyCheck
from takhai.platform.secrets import Ring

BATCH: Final = 5_000

_ARRAYS: Final[tuple[tuple[type, LiteralString], ...]] = ((UUID, "uuid[]"), (int, "bigint[]"))

Key = UUID | str | int
Row = tuple[Key, bytes, bytes]
Step = Callable[["SealedTable", Ring, int | None, Key | None], list[Key]]


@dataclass(frozen=True, slots=True)
class Follower:
    """A column that repeats the index of another table (who is paid, say) and moves with it."""

    table: str
    idx: str


@dataclass(frozen=True, slots=True)
class SealedTable:
    """Where sealed values lie. ``column`` is the name they were indexed under.

    A table without ``idx_next`` is small: it is written anew in the moment of promotion, as are the
    followers.
    """

    table: str
    column: str
    key: str = "id"
    idx: str = "idx"
    cipher: str = "cipher"
    idx_next: str | None = "idx_next"
    followers: tuple[Follower, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step is: rows done in it, and the rows it began with."""

    phase: str
    done: int
    total: int


def any_sealed(*, tables: Sequence[SealedTable]) -> bool:
    """Whether any of the tables holds a sealed value."""
    exists: LiteralString = "SELECT EXISTS (SELECT FROM {table} WHERE {idx} IS NOT NULL)"
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(_named(exists, table))
            if cursor.fetchone()[0]:
                return True
    return False


def rotate(*, tables: Sequence[SealedTable], by: str, batch: int = BATCH) -> Iterator[Progress]:
    """Change the keys; iterate to the end. A change begun earlier is finished, not begun again."""
    wide = [table for table in tables if table.idx_next]
    under_way = KeyCheck.objects.filter(state=KeyCheck.NEXT).exists()
    if not under_way and any(_left(table, "IS NOT NULL") for table in wide):
        yield from _settle(wide, batch)
        return
    if not under_way:
        _begin(by)
    for table in wide:
        yield from _batches(table, "fill", "IS NULL", batch, _fill)
    _promote(tables, by)
    yield Progress(phase="promote", done=1, total=1)
    yield from _settle(wide, batch)


def _begin(by: str) -> None:
    with transaction.atomic():
        secrets.alone()
        newest = KeyCheck.objects.order_by("-generation").values_list("generation", flat=True).first()
        secrets.add(generation=(newest or 0) + 1, state=KeyCheck.NEXT, by=by)


def _promote(tables: Sequence[SealedTable], by: str) -> None:
    """Rows that came in since the last batch are filled here, where nobody else holds the keys."""
    with transaction.atomic(), pgtrigger.ignore(databases=["default"]):
        secrets.alone()
        ring = secrets.hold()
        if ring.next is None:
            return
        for table in tables:
            if table.idx_next:
                _fill(table, ring, None, None)
                _follow(table)
            else:
                _renew(table, ring)
        KeyCheck.objects.filter(state=KeyCheck.CURRENT).update(state=KeyCheck.RETIRED)
        KeyCheck.objects.filter(state=KeyCheck.NEXT).update(
            state=KeyCheck.CURRENT, promoted_at=timezone.now(), promoted_by=by
        )


def _settle(tables: Sequence[SealedTable], batch: int) -> Iterator[Progress]:
    for table in tables:
        yield from _batches(table, "settle", "IS NOT NULL", batch, _move)


def _batches(
    table: SealedTable, phase: str, condition: LiteralString, batch: int, step: Step
) -> Iterator[Progress]:
    total, done, last = _left(table, condition), 0, None
    while True:
        with transaction.atomic(), pgtrigger.ignore(databases=["default"]):
            keys = step(table, secrets.hold(), batch, last)
        if not keys:
            return
        done, last = done + len(keys), keys[-1]
        yield Progress(phase=phase, done=done, total=max(total, done))


def _fill(table: SealedTable, ring: Ring, batch: int | None, last: Key | None) -> list[Key]:
    """Second index and new seal for the next rows that have none; locked in the order of their keys."""
    rows = _rows(table, "{idx_next} IS NULL", batch, last)
    changes = _sealed_anew(table, ring, rows)
    fill: LiteralString = (
        "UPDATE {table} t SET {idx_next} = n.later, {cipher} = n.sealed"
        " FROM unnest(%s, %s, %s::{keys}) AS n (later, sealed, this) WHERE t.{key} = n.this"
    )
    _write(fill, table, changes, keys=_array(rows))
    return [key for _, _, key in changes]


def _move(table: SealedTable, _ring: Ring, batch: int | None, last: Key | None) -> list[Key]:
    """Let the second index become the first in the next rows."""
    keys = [key for key, _, _ in _rows(table, "{idx_next} IS NOT NULL", batch, last)]
    move: LiteralString = "UPDATE {table} SET {idx} = {idx_next}, {idx_next} = NULL WHERE {key} = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(_named(move, table), [keys])
    return keys


def _follow(table: SealedTable) -> None:
    """Move the followers of a filled table to its second index, all at once."""
    for follower in table.followers:
        follow: LiteralString = (
            "UPDATE {follower} f SET {f_idx} = t.{idx_next} FROM {table} t WHERE f.{f_idx} = t.{idx}"
        )
        with connection.cursor() as cursor:
            cursor.execute(_named(follow, table, **_names(follower)))


def _renew(table: SealedTable, ring: Ring) -> None:
    """Write a small table and its followers anew."""
    rows = _rows(table, "{idx} IS NOT NULL", None, None)
    changes = _sealed_anew(table, ring, rows)
    renew: LiteralString = (
        "UPDATE {table} t SET {idx} = n.later, {cipher} = n.sealed"
        " FROM unnest(%s, %s, %s::{keys}) AS n (later, sealed, this) WHERE t.{key} = n.this"
    )
    _write(renew, table, changes, keys=_array(rows))
    # Two rows may hold the same value, so the same index.
    moves = sorted({(later, idx) for (later, _, _), (_, idx, _) in zip(changes, rows, strict=True)})
    follow: LiteralString = (
        "UPDATE {follower} f SET {f_idx} = n.later FROM unnest(%s, %s) AS n (later, earlier)"
        " WHERE f.{f_idx} = n.earlier"
    )
    for follower in table.followers:
        _write(follow, table, moves, **_names(follower))


def _sealed_anew(table: SealedTable, ring: Ring, rows: Sequence[Row]) -> list[tuple[bytes, bytes, Key]]:
    """Index, cipher and key of each row under the keys to come; nothing when another run promoted them."""
    if ring.next is None:
        return []
    changes = []
    for key, idx, cipher in rows:
        value = secrets.open(cipher, table=table.table, column=table.column, index=idx)
        later = ring.next.index(value=value, column=table.column)
        sealed = secrets.seal(value, table=table.table, column=table.column, index=later)
        changes.append((later, sealed, key))
    return changes


def _rows(table: SealedTable, condition: LiteralString, batch: int | None, last: Key | None) -> list[Row]:
    after: LiteralString = "" if last is None else " AND {key} > %s"
    some: LiteralString = "" if batch is None else " LIMIT %s"
    select: LiteralString = "SELECT {key}, {idx}, {cipher} FROM {table} WHERE "
    statement = select + condition + after + " ORDER BY {key}" + some + " FOR UPDATE"
    params = [value for value in (last, batch) if value is not None]
    with connection.cursor() as cursor:
        cursor.execute(_named(statement, table), params)
        return [(key, bytes(idx), bytes(cipher)) for key, idx, cipher in cursor.fetchall()]


def _array(rows: Sequence[Row]) -> sql.SQL:
    """The type of a list of the table's keys; the server cannot tell it from a list of strings."""
    for kind, name in _ARRAYS:
        if rows and isinstance(rows[0][0], kind):
            return sql.SQL(name)
    return sql.SQL("text[]")


def _left(table: SealedTable, condition: LiteralString) -> int:
    count: LiteralString = "SELECT count(*) FROM {table} WHERE {idx_next} "
    with connection.cursor() as cursor:
        cursor.execute(_named(count + condition, table))
        return int(cursor.fetchone()[0])


def _named(statement: LiteralString, table: SealedTable, **more: sql.Composable) -> sql.Composed:
    names: dict[str, sql.Composable] = {
        "table": sql.Identifier(table.table),
        "key": sql.Identifier(table.key),
        "idx": sql.Identifier(table.idx),
        "cipher": sql.Identifier(table.cipher),
        "idx_next": sql.Identifier(table.idx_next or table.idx),
    }
    return sql.SQL(statement).format(**names, **more)


def _names(follower: Follower) -> dict[str, sql.Composable]:
    return {"follower": sql.Identifier(follower.table), "f_idx": sql.Identifier(follower.idx)}


def _write(
    statement: LiteralString, table: SealedTable, rows: Sequence[tuple[Any, ...]], **more: sql.Composable
) -> None:
    """One statement for all rows, a list for each of their columns."""
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(
                _named(statement, table, **more), [list(column) for column in zip(*rows, strict=True)]
            )
