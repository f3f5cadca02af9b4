"""The set form of a rule, and the few verbs that run SQL over relations.

A rule's SQL lives in ``<room>/sets/<topic>.sql`` and begins with its contract::

    -- in: facts
    -- out: key uuid, reason text

Relations become CTEs in front of a statement, so a statement names its room's own tables and the
relations handed to it, nothing else (``tests/house`` checks it).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain, islice
from typing import Any
from uuid import uuid4

from django.db import connection
from psycopg import sql as pg

from takhai.platform.relations import BadRelation, Relation, merge, quoted

_WITH = re.compile(r"\s*WITH\s", re.IGNORECASE)
_HEADER = re.compile(r"\A-- in: (?P<inputs>[^\n]*)\n-- out: (?P<columns>[^\n]*)\n")


@dataclass(frozen=True, slots=True)
class SetRule:
    """A SELECT over named relations: ``inputs`` it reads, ``columns`` (name -> type) it gives."""

    name: str
    sql: str
    inputs: tuple[str, ...]
    columns: Mapping[str, str]


@cache
def load(package: str, topic: str) -> SetRule:
    """The set rule ``sets/<topic>.sql`` of a room's package."""
    text = resources.files(package).joinpath("sets", f"{topic}.sql").read_text("utf-8")
    header = _HEADER.match(text)
    if header is None:
        raise BadRelation(f"{package} {topic}: no contract in the first two lines")
    columns = dict(pair.strip().split(" ", 1) for pair in header["columns"].split(","))
    inputs = tuple(name.strip() for name in header["inputs"].split(","))
    return SetRule(name=topic, sql=text[header.end() :].strip().rstrip(";"), inputs=inputs, columns=columns)


def apply(rule: SetRule, *relations: Relation, **params: object) -> Relation:
    """The rule's verdicts over its input relations, as a relation called after the rule."""
    given = {relation.name for relation in relations}
    missing = set(rule.inputs) - given
    if missing:
        raise BadRelation(f"{rule.name} needs {', '.join(sorted(missing))}")
    sql, merged = _compose(rule.sql, relations, params)
    return Relation(name=rule.name, columns=rule.columns, sql=sql, params=merged)


def select(
    statement: str, *relations: Relation, name: str, columns: Mapping[str, str], **params: object
) -> Relation:
    """One SELECT over relations as a relation of its own."""
    sql, merged = _compose(statement, relations, params)
    return Relation(name=name, columns=columns, sql=sql, params=merged)


def execute(statement: str, *relations: Relation, **params: object) -> int:
    """Runs one statement over the relations; the number of rows it changed."""
    sql, merged = _compose(statement, relations, params)
    with connection.cursor() as cursor:
        cursor.execute(sql, merged)
        return int(cursor.rowcount)


def fetch(statement: str, *relations: Relation, **params: object) -> list[tuple[object, ...]]:
    """All rows of one SELECT over the relations: for counts and small answers."""
    sql, merged = _compose(statement, relations, params)
    with connection.cursor() as cursor:
        cursor.execute(sql, merged)
        return [tuple(row) for row in cursor.fetchall()]


def materialise(relation: Relation, *, key: Sequence[str] = ()) -> Relation:
    """The rows as a TEMP table of this transaction, with statistics and, if named, an index."""
    table = _fresh(relation.name)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {table} ON COMMIT DROP AS {relation.sql}", relation.params)
        if key:
            cursor.execute(f"CREATE INDEX ON {table} ({quoted(key)})")
        cursor.execute(f"ANALYZE {table}")
    return _reading(relation.name, relation.columns, table)


def copy_in(*, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> Relation:
    """The caller's rows by COPY into a TEMP table of this transaction, with statistics.

    A generator may ask the database before it gives its first row, not after: the session is copying.
    """
    coming = iter(rows)
    first = list(islice(coming, 1))
    table = _fresh(name)
    shape = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {table} ({shape}) ON COMMIT DROP")
        statement = pg.SQL("COPY {} FROM STDIN (FORMAT BINARY)").format(pg.Identifier(table))
        with cursor.copy(statement) as copy:
            copy.set_types(list(columns.values()))
            for row in chain(first, coming):
                copy.write_row(row)
        cursor.execute(f"ANALYZE {table}")
    return _reading(name, columns, table)


def discard(relation: Relation) -> None:
    """Drops the TEMP table behind a relation before the transaction ends: of a stream taken piece by piece."""
    table = relation.sql.rsplit(" ", 1)[-1]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {table}")


def _reading(name: str, columns: Mapping[str, str], table: str) -> Relation:
    return Relation(name=name, columns=columns, sql=f"SELECT {quoted(columns)} FROM {table}")  # noqa: S608


def _fresh(name: str) -> str:
    # One transaction may hold the same relation twice, so the table's name is never the relation's.
    return f"work_{name}_{uuid4().hex[:12]}"


def _compose(
    statement: str, relations: Sequence[Relation], params: Mapping[str, object]
) -> tuple[str, dict[str, Any]]:
    names = [relation.name for relation in relations]
    if len(set(names)) != len(names):
        raise BadRelation(f"two relations of one name: {', '.join(names)}")
    merged = merge(params, *(relation.params for relation in relations))
    if not relations:
        return statement, merged
    tables = ",\n".join(f"{relation.name} AS ({relation.sql})" for relation in relations)
    # A statement that has a WITH of its own goes on with it.
    own = _WITH.match(statement)
    return (f"WITH {tables},\n{statement[own.end() :]}" if own else f"WITH {tables}\n{statement}"), merged
