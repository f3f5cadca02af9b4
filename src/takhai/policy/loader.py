"""TOML texts to topics. Strict: what it does not know it refuses, naming file and field."""

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from takhai.policy.pmt import ANSWERS
from takhai.policy.types import (
    AFFILIATIONS,
    Comparison,
    Denominator,
    GrowthCondition,
    Leave,
    PolicyFileError,
    RoundRows,
    Row,
    Source,
    Status,
    Topic,
    Unit,
    Value,
    Window,
)
from takhai.thai.calendar import BadTerm, Term
from takhai.thai.grades import Level

Table = dict[str, Any]

_TOPIC_FIELDS = {"label", "unit", "keys", "optional_keys", "status", "value", "round"}
_VALUE_FIELDS: dict[Unit, tuple[str, ...]] = {
    Unit.TEXT: ("text",),
    Unit.WORDS: ("words",),
    Unit.WINDOW: ("opens", "until"),
}
_DOMAINS: dict[str, frozenset[str]] = {
    "affiliation": frozenset(AFFILIATIONS),
    "level": frozenset(Level),
    "answer": ANSWERS,
}
_CHOICES: dict[str, frozenset[str]] = {
    "equity_grant.attendance_comparison": frozenset(Comparison),
    "equity_grant.attendance_denominator": frozenset(Denominator),
    "equity_grant.attendance_leave": frozenset(Leave),
    "equity_grant.growth_condition": frozenset(GrowthCondition),
    "equity_grant.not_compliant": frozenset({"warn", "hold"}),
    "equity_grant.skipped_steps": frozenset({"assess", "certify"}),
}
_MOST: dict[Unit, int] = {Unit.PERCENT: 100, Unit.MILLIONTHS: 1_000_000}


def load_sources(text: str) -> dict[str, Source]:
    """The file of sources; each has a title in Thai and English and a kind."""
    sources: dict[str, Source] = {}
    for name, table in tomllib.loads(text).items():
        _only("sources", table, {"th", "en", "kind"})
        th, en, kind = (_text("sources", table, key) for key in ("th", "en", "kind"))
        sources[name] = Source(name, th, en, kind)
    return sources


def load_topic(name: str, text: str, sources: Mapping[str, Source]) -> Topic:
    """One topic's file; PolicyFileError for an unknown field, key, source or a double value."""
    data = tomllib.loads(text)
    _only(name, data, _TOPIC_FIELDS)
    label = _table(name, data, "label")
    _only(name, label, {"th", "en"})
    reader = _Reader(name, data, sources)
    dated = tuple(reader.dated(table) for table in data.get("value", []))
    _no_doubles(name, dated)
    return Topic(
        name=name,
        label_th=_text(name, label, "th"),
        label_en=_text(name, label, "en"),
        unit=reader.unit,
        keys=reader.keys,
        optional_keys=reader.optional_keys,
        rows=dated,
        rounds=_rounds(reader, data.get("round", [])),
    )


class _Reader:
    """Reads the rows of one file with the file's own declarations."""

    def __init__(self, name: str, data: Table, sources: Mapping[str, Source]) -> None:
        self.name = name
        self.sources = sources
        self.unit = Unit(_choice(name, data, "unit", frozenset(Unit)))
        self.status = _choice(name, data, "status", frozenset(Status))
        self.keys = tuple(_words(name, data, "keys"))
        self.optional_keys = tuple(_words(name, data, "optional_keys")) if "optional_keys" in data else ()

    def dated(self, table: Table) -> Row:
        """A row of [[value]]."""
        self._check_fields(table, {"from", "to", "known_on", "status", "source"})
        from_day = _day(self.name, table, "from")
        to_day = _day(self.name, table, "to") if "to" in table else None
        if to_day is not None and to_day <= from_day:
            raise PolicyFileError(self.name, "a value ends after it begins")
        return self._row(table, from_day, to_day, _day(self.name, table, "known_on"), {})

    def of_round(self, table: Table, term: Term, known_on: date, defaults: Table) -> Row:
        """A row of [[round.value]]; status and source may stand at its [[round]]."""
        self._check_fields(table, {"status", "source"})
        return self._row(table, term.first_day, term.next().first_day, known_on, defaults)

    def _check_fields(self, table: Table, more: set[str]) -> None:
        fields = _VALUE_FIELDS.get(self.unit, ("amount",))
        _only(self.name, table, {*more, *fields, *self.keys, *self.optional_keys})

    def _row(self, table: Table, from_day: date, to_day: date | None, known_on: date, defaults: Table) -> Row:
        merged = {"status": self.status, **defaults, **table}
        keys: list[tuple[str, str]] = []
        for key in (*self.keys, *self.optional_keys):
            if key in table or key in self.keys:
                keys.append((key, _key(self.name, table, key)))
        return Row(
            topic=self.name,
            keys=tuple(sorted(keys)),
            value=self._value(table),
            status=Status(_choice(self.name, merged, "status", frozenset(Status))),
            from_day=from_day,
            to_day=to_day,
            known_on=known_on,
            source=_choice(self.name, merged, "source", frozenset(self.sources)),
        )

    def _value(self, table: Table) -> Value:
        if self.unit is Unit.TEXT:
            return self._chosen(_text(self.name, table, "text"))
        if self.unit is Unit.WORDS:
            return tuple(self._chosen(word) for word in _words(self.name, table, "words"))
        if self.unit is Unit.WINDOW:
            window = Window(_day(self.name, table, "opens"), _day(self.name, table, "until"))
            if window.until <= window.opens:
                raise PolicyFileError(self.name, "a window has at least one day")
            return window
        return _amount(self.name, table, self.unit)

    def _chosen(self, text: str) -> str:
        if text not in _CHOICES.get(self.name, {text}):
            raise PolicyFileError(self.name, f"the value cannot be {text}")
        return text


def _rounds(reader: _Reader, tables: list[Table]) -> tuple[RoundRows, ...]:
    rounds: list[RoundRows] = []
    for table in tables:
        _only(reader.name, table, {"term", "known_on", "status", "source", "value", "moved_from"})
        try:
            term = Term.parse(_text(reader.name, table, "term"))
        except BadTerm as error:
            raise PolicyFileError(reader.name, "a round has no such term") from error
        known_on = _day(reader.name, table, "known_on")
        defaults: Table = {key: table[key] for key in ("status", "source") if key in table}
        values = table.get("value", [])
        if "moved_from" in table:
            values = [*values, *_moved(reader, tables, table, term)]
        if not values:
            raise PolicyFileError(reader.name, "a round replaces values by some of its own")
        rows = tuple(reader.of_round(value, term, known_on, defaults) for value in values)
        _no_doubles(reader.name, rows)
        if any(r.term == term and r.known_on == known_on for r in rounds):
            raise PolicyFileError(reader.name, f"the round {term} stands twice")
        rounds.append(RoundRows(term, known_on, rows))
    return tuple(rounds)


def _moved(reader: _Reader, tables: list[Table], table: Table, term: Term) -> list[Table]:
    if reader.unit is not Unit.WINDOW:
        raise PolicyFileError(reader.name, "only windows can be moved")
    origin = [t for t in tables if t.get("term") == table["moved_from"] and "value" in t]
    if len(origin) != 1:
        raise PolicyFileError(reader.name, "a round is moved from one round with values")
    shift = term.first_day - Term.parse(origin[0]["term"]).first_day
    # What was official for one round is not so for the other: its own status and source hold.
    kept = {*reader.keys, *reader.optional_keys}
    return [
        {key: text for key, text in value.items() if key in kept}
        | {edge: _day(reader.name, value, edge) + shift for edge in ("opens", "until")}
        for value in origin[0]["value"]
    ]


def _no_doubles(name: str, rows: tuple[Row, ...]) -> None:
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        place = (row.keys, row.from_day, row.known_on)
        if place in seen:
            raise PolicyFileError(name, f"two values for {dict(row.keys)} from {row.from_day}")
        seen.add(place)


def _only(name: str, table: Table, allowed: set[str]) -> None:
    if not isinstance(table, dict):
        raise PolicyFileError(name, "a table is expected")
    for key in table:
        if key not in allowed:
            raise PolicyFileError(name, f"unknown field {key}")


def _field(name: str, table: Table, key: str) -> object:
    if key not in table:
        raise PolicyFileError(name, f"missing field {key}")
    return table[key]


def _table(name: str, table: Table, key: str) -> Table:
    found = _field(name, table, key)
    if not isinstance(found, dict):
        raise PolicyFileError(name, f"{key} is no table")
    return found


def _text(name: str, table: Table, key: str) -> str:
    found = _field(name, table, key)
    if not isinstance(found, str) or not found:
        raise PolicyFileError(name, f"{key} is no text")
    return found


def _words(name: str, table: Table, key: str) -> list[str]:
    found = _field(name, table, key)
    if not isinstance(found, list) or not all(isinstance(word, str) and word for word in found):
        raise PolicyFileError(name, f"{key} is no list of words")
    return found


def _choice(name: str, table: Table, key: str, choices: frozenset[str]) -> str:
    found = _text(name, table, key)
    if found not in choices:
        raise PolicyFileError(name, f"{key} cannot be {found}")
    return found


def _key(name: str, table: Table, key: str) -> str:
    return _choice(name, table, key, _DOMAINS[key]) if key in _DOMAINS else _text(name, table, key)


def _day(name: str, table: Table, key: str) -> date:
    found = _field(name, table, key)
    if type(found) is not date:
        raise PolicyFileError(name, f"{key} is no date")
    return found


def _amount(name: str, table: Table, unit: Unit) -> int:
    found = _field(name, table, "amount")
    # bool is an int to Python, and 0 satang would be a rate that is none.
    if type(found) is not int or found < 1 or found > _MOST.get(unit, found):
        raise PolicyFileError(name, f"amount is no number of {unit} from 1")
    return found
