"""What holds in a round and where each value comes from, as lines to print."""

from dataclasses import dataclass
from datetime import date

from takhai.policy.rounds import for_round
from takhai.policy.types import Explained, Unit, Window
from takhai.thai.calendar import Term, window_text
from takhai.thai.money import baht


@dataclass(frozen=True, slots=True)
class Line:
    """One value: topic and label, keys as "level=primary", the value as text, its state and source."""

    topic: str
    label_th: str
    label_en: str
    keys: str
    value: str
    unit: str
    status: str
    from_day: date
    known_on: date
    source_th: str
    source_en: str


def lines(term: Term) -> list[Line]:
    """Every value of a round by topic and keys; NoRate for a round without any rate."""
    return [_line(explained) for explained in for_round(term).snapshot.explain()]


def _line(explained: Explained) -> Line:
    topic, row, source = explained.topic, explained.row, explained.source
    return Line(
        topic=topic.name,
        label_th=topic.label_th,
        label_en=topic.label_en,
        keys=" ".join(f"{key}={text}" for key, text in row.keys),
        value=_value(explained),
        # Satang are shown as baht.
        unit="baht" if topic.unit is Unit.SATANG else topic.unit.value,
        status=row.status.value,
        from_day=row.from_day,
        known_on=row.known_on,
        source_th=source.th,
        source_en=source.en,
    )


def _value(explained: Explained) -> str:
    value = explained.row.value
    if isinstance(value, Window):
        return window_text(value.opens, value.closes)
    if isinstance(value, tuple):
        return ", ".join(value) or "–"
    if explained.topic.unit is Unit.SATANG and isinstance(value, int):
        return baht(value)
    if explained.topic.unit is Unit.MILLIONTHS and isinstance(value, int):
        return f"{value:,}"
    return str(value)
