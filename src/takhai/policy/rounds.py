"""What one round of the equity grant reads: rates, groups, limits and its calendar."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from takhai.policy.library import Library, library
from takhai.policy.pmt import PmtModel
from takhai.policy.snapshot import Snapshot
from takhai.policy.types import (
    Attendance,
    Band,
    CashClock,
    Comparison,
    Denominator,
    Entry,
    GrowthCondition,
    Leave,
    NoCalendar,
    NoRate,
    NoValue,
    PlaceholderCannotPay,
    PolicyFileError,
    Rate,
    Status,
    Value,
    Window,
)
from takhai.thai.calendar import Term

T = TypeVar("T")
_RATE = "equity_grant.rate"
_EVERY_ROW = "*"


@dataclass(frozen=True)
class RoundPolicy:
    """A round's policy, read as of the first day of its semester.

    `rates` can pay; (level, affiliation) pairs with a placeholder among their components stand in
    `placeholders` instead.
    """

    term: Term
    snapshot: Snapshot
    rates: tuple[Rate, ...]
    placeholders: frozenset[tuple[str, str | None]]
    screened_levels: tuple[str, ...]
    entry: Mapping[str, Entry]
    three_years: int
    income_ceiling_satang: int
    income_most_satang: int
    oldest_member: int
    official_positions: tuple[str, ...]
    pmt: PmtModel
    band: Band
    lottery_seed: str
    committee_least: int
    committee_quorum_percent: int
    skipped_steps: tuple[str, ...]
    attendance: Attendance
    growth_condition: GrowthCondition
    cash_clock: CashClock
    not_compliant: str
    groups: tuple[str, ...]
    windows: Mapping[tuple[str, str], Window]

    @property
    def sha256(self) -> str:
        """Hash of the round and of every value in force; stored with each decision."""
        return hashlib.sha256(f"{self.term}\n".encode() + self.snapshot.canonical).hexdigest()

    @property
    def calendar(self) -> Mapping[tuple[str, str], Window]:
        """Windows by (group or "", step); NoCalendar when the round has none."""
        if not self.windows:
            raise NoCalendar(self.term)
        return self.windows

    def window(self, step: str, group: str = "") -> Window:
        """One step's window for a group; NoCalendar when there is none."""
        found = self.calendar.get((group, step))
        if found is None:
            raise NoCalendar(self.term, step, group)
        return found

    def as_of(self, step: str, group: str = "") -> date:
        """The day a step speaks for: the last day of its window."""
        return self.window(step, group).closes

    def rate(self, level: str, affiliation: str) -> tuple[Rate, ...]:
        """Components for a pupil; rates of the affiliation win over those for any, whole.

        NoRate when there is none, PlaceholderCannotPay when there are only placeholders.
        """
        for whose in (affiliation, None):
            found = tuple(r for r in self.rates if (r.level, r.affiliation) == (level, whose))
            if found:
                return found
            if (level, whose) in self.placeholders:
                raise PlaceholderCannotPay(level, affiliation, self.snapshot.day)
        raise NoRate(level, affiliation, self.snapshot.day)


def for_round(term: Term) -> RoundPolicy:
    """The project's policy for a round; NoRate for a round without any rate."""
    return _for_round(term)


@cache
def _for_round(term: Term) -> RoundPolicy:
    return read_round(term, library())


def read_round(term: Term, source: Library) -> RoundPolicy:
    """A round's policy out of any library."""
    snapshot = source.as_of(term.first_day)
    rates, placeholders = _rates(snapshot)
    windows = _windows(snapshot)
    return RoundPolicy(
        term=term,
        snapshot=snapshot,
        rates=rates,
        placeholders=placeholders,
        screened_levels=_words(snapshot, "screened_levels"),
        entry=_entry(snapshot),
        three_years=_number(snapshot, "three_years"),
        income_ceiling_satang=_number(snapshot, "income_ceiling"),
        income_most_satang=_number(snapshot, "income_most"),
        oldest_member=_number(snapshot, "oldest_member"),
        official_positions=_words(snapshot, "official_positions"),
        pmt=_pmt(snapshot),
        band=_band(snapshot),
        lottery_seed=_text(snapshot, "lottery_seed"),
        committee_least=_number(snapshot, "committee_least"),
        committee_quorum_percent=_number(snapshot, "committee_quorum"),
        skipped_steps=_words(snapshot, "skipped_steps"),
        attendance=Attendance(
            percent=_number(snapshot, "attendance"),
            comparison=Comparison(_text(snapshot, "attendance_comparison")),
            denominator=Denominator(_text(snapshot, "attendance_denominator")),
            leave=Leave(_text(snapshot, "attendance_leave")),
        ),
        growth_condition=GrowthCondition(_text(snapshot, "growth_condition")),
        cash_clock=CashClock(
            days=_number(snapshot, "cash_clock"),
            day_policy=_text(snapshot, "working_days"),
            explicit_end=MappingProxyType(
                {group: w.closes for (group, step), w in windows.items() if step == "recover"}
            ),
        ),
        not_compliant=_text(snapshot, "not_compliant"),
        groups=_words(snapshot, "groups"),
        windows=MappingProxyType(windows),
    )


def _rates(snapshot: Snapshot) -> tuple[tuple[Rate, ...], frozenset[tuple[str, str | None]]]:
    rates: list[Rate] = []
    for row in snapshot.of(_RATE):
        keys, satang = dict(row.keys), _as(int, row.topic, row.value)
        whose = keys.get("affiliation")
        rates.append(Rate(keys["level"], whose, keys["component"], satang, row.status, row.source))
    if not rates:
        raise NoRate(None, None, snapshot.day)
    held = frozenset((r.level, r.affiliation) for r in rates if r.status is Status.PLACEHOLDER)
    payable = tuple(r for r in rates if (r.level, r.affiliation) not in held)
    for level, whose in held:
        # Whoever looks only at `rates` would pay the general rate instead of the open one.
        if whose is not None and any((r.level, r.affiliation) == (level, None) for r in payable):
            raise PlaceholderCannotPay(level, whose, snapshot.day)
    return payable, held


def _windows(snapshot: Snapshot) -> dict[tuple[str, str], Window]:
    windows: dict[tuple[str, str], Window] = {}
    for row in snapshot.of("equity_grant.calendar"):
        keys = dict(row.keys)
        windows[keys.get("group", ""), keys["step"]] = _as(Window, row.topic, row.value)
    return windows


def _entry(snapshot: Snapshot) -> Mapping[str, Entry]:
    entries: dict[str, Entry] = {}
    for row in snapshot.of("equity_grant.entry"):
        affiliation, mark = dict(row.keys)["affiliation"], _as(str, row.topic, row.value)
        entries[affiliation] = Entry(affiliation, None if mark == _EVERY_ROW else mark)
    return MappingProxyType(entries)


def _pmt(snapshot: Snapshot) -> PmtModel:
    weights = {
        dict(row.keys)["answer"]: _as(int, row.topic, row.value)
        for row in snapshot.of("equity_grant.pmt_weight")
    }
    return PmtModel(_text(snapshot, "pmt_model"), MappingProxyType(weights))


def _band(snapshot: Snapshot) -> Band:
    quota = snapshot.of("equity_grant.band_quota")
    score = snapshot.of("equity_grant.band_score")
    if quota and score:
        raise PolicyFileError("equity_grant.band_score", f"a quota holds too on {snapshot.day}")
    if not quota and not score:
        raise NoValue("equity_grant.band_quota", {}, snapshot.day)
    return Band(
        quota_percent=_number(snapshot, "band_quota") if quota else None,
        score=_number(snapshot, "band_score") if score else None,
    )


def _number(snapshot: Snapshot, topic: str) -> int:
    return _as(int, topic, snapshot.value(f"equity_grant.{topic}"))


def _text(snapshot: Snapshot, topic: str) -> str:
    return _as(str, topic, snapshot.value(f"equity_grant.{topic}"))


def _words(snapshot: Snapshot, topic: str) -> tuple[str, ...]:
    return _as(tuple, topic, snapshot.value(f"equity_grant.{topic}"))


def _as(kind: type[T], topic: str, value: Value) -> T:
    if not isinstance(value, kind):
        raise TypeError(f"{topic} is read as {kind.__name__}")
    return value
