"""Layouts are data: one TOML file says what the columns of a kind of file are and how they are checked.

``<room>/layouts/<name>.toml`` of the room that reads the file::

    label = { th = "…", en = "…" }
    dates = "buddhist"                  # text dates: buddhist (dd/mm/BBBB) | iso (yyyy-mm-dd)
    stamp = "วันและเวลาที่สร้างรายงาน"        # may be left out: how a stamp row above the header begins

    [[column]]
    field = "identifier"                # our name of it
    position = 3                        # counted from 1; tells columns of the same name apart
    header = ["เลขประจำตัวประชาชน"]          # the names it goes by, ours first
    meaning = { th = "…", en = "…" }
    absent = "refuse"                   # the column is not in the file: refuse | warn | accept
    required = true                     # a row without a value is refused
    check = "number"                    # a field check (checks.py), with its settings beside it
    problem = "number_malformed"        # what a refused value is called
    empty = "99"                        # may be left out: the value of "no answer"

    [[row]]                             # a check that sees the whole row (row_checks.py)
    check = "title_fits_sex"
    fields = ["prefix", "sex"]
    problem = "prefix_sex_differs"

    [[across]]                          # a check over the rows of the file (row_checks.py)
    check = "unique"
    fields = ["identifier", "school_code"]
    problem = "duplicate_in_file"

Checks of a row and over rows warn, unless a row check says ``refuses = true``. Adding a layout is one
such file and its cases. Unknown keys refuse.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NoReturn

import takhai
from takhai.platform.problems import Refusal

ABSENT: Final = ("refuse", "warn", "accept")
DATES: Final = ("buddhist", "iso")
_COLUMN_KEYS: Final = {"field", "position", "header", "meaning", "check", "problem"}
_COLUMN_MAY: Final = {"absent", "required", "empty", "settings"}


class BadLayout(ValueError):
    """A layout file that breaks the law: found by the tests, never by a user."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``settings`` belong to its check."""

    field: str
    position: int
    header: tuple[str, ...]
    meaning_th: str
    meaning_en: str
    check: str
    problem: str
    absent: str
    required: bool
    empty: str | int | bool | None
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """A check of a whole row or over rows."""

    name: str
    fields: tuple[str, ...]
    problem: str
    refuses: bool
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of file: its columns in order and its checks in three classes."""

    name: str
    label_th: str
    label_en: str
    dates: str
    stamp: str
    columns: tuple[Column, ...]
    row_checks: tuple[Check, ...]
    across_checks: tuple[Check, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Our names of the columns, in order: the keys of every row's values."""
        return tuple(column.field for column in self.columns)


@cache
def _paths() -> Mapping[str, Path]:
    found: dict[str, Path] = {}
    for path in sorted(Path(takhai.__file__).parent.glob("*/layouts/*.toml")):
        if path.stem in found:
            raise BadLayout(f"{path.stem}: two rooms have a layout of this name")
        found[path.stem] = path
    return found


def names() -> Sequence[str]:
    """The layouts of the house."""
    return tuple(_paths())


@cache
def load(name: str) -> Layout:
    """The layout of that name; Refusal ``layout_unknown`` lists those there are."""
    path = _paths().get(name)
    if path is None:
        raise Refusal("layout_unknown", layout=name[:40], known=", ".join(names()))
    return parse(name=name, text=path.read_text("utf-8"))


def parse(*, name: str, text: str) -> Layout:
    """A layout from its TOML text; BadLayout says what is wrong with it."""
    data = tomllib.loads(text)
    _keys(name, data, must={"label", "dates", "column"}, may={"stamp", "row", "across"})
    if data["dates"] not in DATES:
        _bad(name, f"dates are one of {DATES}")
    columns = tuple(_column(name, entry) for entry in data["column"])
    if [column.position for column in columns] != list(range(1, len(columns) + 1)):
        _bad(name, "positions count 1, 2, 3 …")
    fields = [column.field for column in columns]
    if len(set(fields)) != len(fields):
        _bad(name, "two columns have one field")
    if sum(column.absent == "refuse" for column in columns) < 2:
        _bad(name, "a header is told by at least two columns")
    return Layout(
        name=name,
        label_th=data["label"]["th"],
        label_en=data["label"]["en"],
        dates=data["dates"],
        stamp=data.get("stamp", ""),
        columns=columns,
        row_checks=tuple(_check(name, entry, fields) for entry in data.get("row", ())),
        across_checks=tuple(_check(name, entry, fields) for entry in data.get("across", ())),
    )


def _column(name: str, entry: Mapping[str, Any]) -> Column:
    _keys(name, entry, must=_COLUMN_KEYS, may=_COLUMN_MAY)
    absent = entry.get("absent", "refuse")
    if absent not in ABSENT:
        _bad(name, f"absent is one of {ABSENT}")
    if not entry["header"]:
        _bad(name, f"{entry['field']} has no name in the header")
    return Column(
        field=entry["field"],
        position=entry["position"],
        header=tuple(entry["header"]),
        meaning_th=entry["meaning"]["th"],
        meaning_en=entry["meaning"]["en"],
        check=entry["check"],
        problem=entry["problem"],
        absent=absent,
        required=entry.get("required", False),
        empty=entry.get("empty"),
        settings=entry.get("settings", {}),
    )


def _check(name: str, entry: Mapping[str, Any], fields: Sequence[str]) -> Check:
    _keys(name, entry, must={"check", "fields", "problem"}, may={"refuses", "settings"})
    unknown = [field for field in entry["fields"] if field not in fields]
    if unknown:
        _bad(name, f"{entry['check']} asks for {unknown}")
    return Check(
        name=entry["check"],
        fields=tuple(entry["fields"]),
        problem=entry["problem"],
        refuses=entry.get("refuses", False),
        settings=entry.get("settings", {}),
    )


def _keys(name: str, entry: Mapping[str, Any], *, must: set[str], may: set[str]) -> None:
    missing, unknown = must - entry.keys(), entry.keys() - must - may
    if missing or unknown:
        _bad(name, f"missing keys {sorted(missing)}, unknown keys {sorted(unknown)}")


def _bad(name: str, why: str) -> NoReturn:
    raise BadLayout(f"{name}: {why}")
