"""What held on one day, frozen and hashed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from takhai.policy.types import Explained, NoRate, NoValue, Row, Source, Topic, Value, Window


@dataclass(frozen=True)
class Snapshot:
    """Every value in force on `day`, as known on `known_on` (None: as known now)."""

    day: date
    known_on: date | None
    topics: tuple[Topic, ...]
    sources: tuple[Source, ...]
    rows: tuple[Row, ...]

    @cached_property
    def canonical(self) -> bytes:
        """The values as bytes: one JSON line each, sorted. Labels are not part of it."""
        lines = [json.dumps(_plain(row), ensure_ascii=False, sort_keys=True) for row in self.rows]
        return ("\n".join(sorted(lines)) + "\n").encode()

    @cached_property
    def sha256(self) -> str:
        """Hash of `canonical`: equal values, equal hash, whatever the day."""
        return hashlib.sha256(self.canonical).hexdigest()

    def of(self, topic: str) -> tuple[Row, ...]:
        """The rows of a topic; KeyError for a topic that does not exist."""
        if all(known.name != topic for known in self.topics):
            raise KeyError(topic)
        return tuple(row for row in self.rows if row.topic == topic)

    def value(self, topic: str, **keys: str) -> Value:
        """The value for these keys; a row that names more of them wins over one that says "any".

        NoValue (NoRate for a rate) when none holds; KeyError for a topic or key that does not exist.
        """
        rows = self.of(topic)
        declared = next(known for known in self.topics if known.name == topic)
        if unknown := set(keys) - {*declared.keys, *declared.optional_keys}:
            raise KeyError(*sorted(unknown))
        fitting = [row for row in rows if all(keys.get(key) == text for key, text in row.keys)]
        if not fitting:
            raise _nothing(topic, keys, self.day)
        return max(fitting, key=lambda row: len(row.keys)).value

    def explain(self) -> tuple[Explained, ...]:
        """Every row with its topic and source, by topic and keys."""
        topics = {topic.name: topic for topic in self.topics}
        sources = {source.id: source for source in self.sources}
        return tuple(Explained(topics[row.topic], row, sources[row.source]) for row in self.rows)


def _nothing(topic: str, keys: Mapping[str, str], day: date) -> NoValue:
    if topic == "equity_grant.rate":
        return NoRate(keys.get("level"), keys.get("affiliation"), day)
    return NoValue(topic, keys, day)


def _plain(row: Row) -> dict[str, object]:
    value: object = row.value
    if isinstance(row.value, Window):
        value = [row.value.opens.isoformat(), row.value.until.isoformat()]
    return {
        "topic": row.topic,
        "keys": dict(row.keys),
        "value": value,
        "status": row.status,
        "from": row.from_day.isoformat(),
        "to": row.to_day.isoformat() if row.to_day else None,
        "known_on": row.known_on.isoformat(),
        "source": row.source,
    }
