"""Sets between rooms are relations: named, typed columns and the SQL behind them.

A query may return one and a service may take one; so no list of a million ids travels through
Python, and no room reads another's tables.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

Parameters = Mapping[str, Any]

_SAFE_TYPES: Final = frozenset(
    {
        "uuid",
        "text",
        "integer",
        "bigint",
        "smallint",
        "boolean",
        "date",
        "bytea",
        "timestamptz",
        "text[]",
        "jsonb",
    }
)


class BadRelation(TypeError):
    """A relation that does not have the columns it is asked for: a programmer's mistake."""


@dataclass(frozen=True, slots=True)
class Relation:
    """``name`` as the SQL that reads it calls it; ``columns`` name -> SQL type; ``sql`` a whole SELECT."""

    name: str
    columns: Mapping[str, str]
    sql: str
    params: Parameters = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = {kind for kind in self.columns.values() if kind not in _SAFE_TYPES}
        if unknown or not self.name.isidentifier():
            raise BadRelation(f"{self.name}: types {sorted(unknown)}")

    def named(self, name: str) -> "Relation":
        """The same rows under another name."""
        return Relation(name=name, columns=self.columns, sql=self.sql, params=self.params)

    def require(self, *names: str) -> "Relation":
        """Itself, when it has these columns; BadRelation otherwise."""
        missing = [name for name in names if name not in self.columns]
        if missing:
            raise BadRelation(f"{self.name} lacks {', '.join(missing)}")
        return self


def constant(*, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> Relation:
    """A small table of the caller's own values (rates, a calendar); it travels as one parameter."""
    names = list(columns)
    table = [dict(zip(names, row, strict=True)) for row in rows]
    key = f"{name}_rows"
    shape = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    return Relation(
        name=name,
        columns=columns,
        sql=f"SELECT {quoted(names)} FROM jsonb_to_recordset(%({key})s::jsonb) AS given({shape})",  # noqa: S608
        params={key: json.dumps(table, default=str)},
    )


def quoted(names: Iterable[str]) -> str:
    """Column names for a statement; ``group`` is a word of SQL."""
    return ", ".join(f'"{name}"' for name in names)


def merge(*parameters: Parameters) -> dict[str, Any]:
    """All parameters in one table; two that share a name and differ are refused."""
    merged: dict[str, Any] = {}
    for each in parameters:
        for name, value in each.items():
            if name in merged and merged[name] != value:
                raise BadRelation(f"parameter {name} is given twice")
            merged[name] = value
    return merged
