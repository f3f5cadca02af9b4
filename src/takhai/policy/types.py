"""The room's words: values and where they come from, what a round reads of them, refusals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from takhai.thai.calendar import Term

AFFILIATIONS = ("obec", "opec", "dla", "bma", "bpp", "onab", "nfe")


class Status(StrEnum):
    """How sure a value is; a placeholder cannot pay."""

    OFFICIAL = "official"
    INFERRED = "inferred"
    ILLUSTRATIVE = "illustrative"
    PLACEHOLDER = "placeholder"


class Unit(StrEnum):
    """What a value is."""

    SATANG = "satang"
    PERCENT = "percent"
    MILLIONTHS = "millionths"
    COUNT = "count"
    DAYS = "days"
    YEARS = "years"
    TEXT = "text"
    WORDS = "words"
    WINDOW = "window"


@dataclass(frozen=True, order=True, slots=True)
class Window:
    """Days [opens, until) in which a step is done."""

    opens: date
    until: date

    @property
    def closes(self) -> date:
        """Last day of the window, inclusive."""
        return self.until - timedelta(days=1)

    def moved(self, days: timedelta) -> "Window":
        """The same window so many days later."""
        return Window(self.opens + days, self.until + days)

    def __contains__(self, day: date) -> bool:
        return self.opens <= day < self.until


Value = int | str | tuple[str, ...] | Window


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value stands."""

    id: str
    th: str
    en: str
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a topic: its keys, when it holds [from_day, to_day), since when it is known."""

    topic: str
    keys: tuple[tuple[str, str], ...]
    value: Value
    status: Status
    from_day: date
    to_day: date | None
    known_on: date
    source: str


@dataclass(frozen=True, slots=True)
class RoundRows:
    """Rows that replace a topic's dated values in one round, whole."""

    term: Term
    known_on: date
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One file: what its values mean and by which keys they are told apart."""

    name: str
    label_th: str
    label_en: str
    unit: Unit
    keys: tuple[str, ...]
    optional_keys: tuple[str, ...]
    rows: tuple[Row, ...]
    rounds: tuple[RoundRows, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A value as a person reads it."""

    topic: Topic
    row: Row
    source: Source


@dataclass(frozen=True, slots=True)
class Rate:
    """Satang for one pupil and semester; affiliation None means any."""

    level: str
    affiliation: str | None
    component: str
    satang: int
    status: Status
    source: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What marks an applicant in an affiliation's register; mark None: every row applies."""

    affiliation: str
    mark: str | None

    def applies(self, text: str) -> bool:
        """Whether a row with this text of ความด้อยโอกาส is an applicant's."""
        return self.mark is None or text == self.mark


class Comparison(StrEnum):
    """Whether a pupil who meets the percentage exactly has met it."""

    AT_LEAST = "at_least"
    ABOVE = "above"


class Denominator(StrEnum):
    """Which school days a pupil's days are divided by."""

    REPORTED = "reported"
    TERM = "term"


class Leave(StrEnum):
    """What a day of leave is: absent, or taken off the days that count."""

    ABSENT = "absent"
    EXCUSED = "excused"


class GrowthCondition(StrEnum):
    """Whether weight and height must be measured, or are only followed up."""

    FOLLOW_UP = "follow_up"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Attendance:
    """The condition of attendance: present * 100 against percent * days, never divided."""

    percent: int
    comparison: Comparison
    denominator: Denominator
    leave: Leave


@dataclass(frozen=True, slots=True)
class Band:
    """Who is extremely poor: the first `quota_percent` of the screened, or who has `score` millionths.

    Exactly one of the two is given.
    """

    quota_percent: int | None
    score: int | None


@dataclass(frozen=True, slots=True)
class CashClock:
    """Working days in which cash is paid; per group a last day that wins over the count."""

    days: int
    day_policy: str
    explicit_end: Mapping[str, date] = field(default_factory=dict)


class PolicyFileError(ValueError):
    """A policy file says something that the loader does not know."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"{file}: {what}")
        self.file = file
        self.what = what


class NoValue(LookupError):
    """No value of a topic holds on that day (as known then)."""

    def __init__(self, topic: str, keys: Mapping[str, str], day: date) -> None:
        super().__init__(f"no value of {topic} {dict(keys)} on {day}")
        self.topic = topic
        self.keys = dict(keys)
        self.day = day


class NoRate(NoValue):
    """Nobody of that level and affiliation has a rate on that day; never 0 baht."""

    def __init__(self, level: str | None, affiliation: str | None, day: date) -> None:
        keys = {"level": level or "any", "affiliation": affiliation or "any"}
        super().__init__("equity_grant.rate", keys, day)
        self.level = level
        self.affiliation = affiliation


class PlaceholderCannotPay(NoRate):
    """The only rate is a placeholder."""


class NoCalendar(LookupError):
    """The round has no calendar, or its calendar has no such step for that group."""

    def __init__(self, term: Term, step: str | None = None, group: str = "") -> None:
        super().__init__(f"no calendar of {term} for {group or 'the round'} {step or ''}".rstrip())
        self.term = term
        self.step = step
        self.group = group
