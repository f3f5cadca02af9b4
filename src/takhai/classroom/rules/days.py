"""Days a school was open, and days a pupil was there. Set forms: ``sets/school_days.sql``, ``sets/attendance.sql``.

Days are asked by month, never one by one. A month has at most its calendar days; what a pupil was there or
on leave never exceeds what his school was open. Sick and personal leave are days he was not there.
"""

from dataclasses import dataclass
from datetime import date

from takhai.classroom.types import Reason


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """A row of school days: ``broken`` when it is no row; ``open`` and ``month_days`` None when unreadable."""

    broken: str | None
    school: bool
    month: bool
    inside: bool
    open: int | None
    month_days: int | None


@dataclass(frozen=True, slots=True)
class Attendance:
    """A row of attendance; ``open`` is None where the school has not said its days of that month.

    ``pupil``, ``school``: known to the registry. ``inside``: the month is one of the term. ``enrolled``: at
    that school on some day of the term.
    """

    broken: str | None
    pupil: bool
    school: bool
    month: bool
    inside: bool
    present: int | None
    sick: int | None
    personal: int | None
    enrolled: bool
    open: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """None: the row is good; whether it is the first of its key is asked of the good rows only."""

    reason: str | None


def months(*, first_day: date, next_first_day: date) -> tuple[date, date]:
    """The half-open span of a term's months: from its first day's month to that of the next term's."""
    return first_day.replace(day=1), next_first_day.replace(day=1)


def decide_school_days(facts: SchoolDays) -> Verdict:
    """The first refusal that holds; 0 days is an answer (a school that was closed)."""
    reason: str | None = None
    if facts.broken is not None:
        reason = facts.broken
    elif not facts.school:
        reason = Reason.SCHOOL_UNKNOWN
    elif not facts.month:
        reason = Reason.MONTH_UNREADABLE
    elif not facts.inside:
        reason = Reason.MONTH_OUTSIDE_TERM
    elif facts.open is None or facts.month_days is None or facts.open > facts.month_days:
        reason = Reason.DAYS_UNREADABLE
    return Verdict(reason)


def decide_attendance(facts: Attendance) -> Verdict:
    """The first refusal that holds."""
    reason = _unread(facts)
    if reason is None and not facts.enrolled:
        reason = Reason.NOT_ENROLLED
    elif reason is None and facts.open is None:
        reason = Reason.SCHOOL_DAYS_MISSING
    elif reason is None and _accounted(facts) > (facts.open or 0):
        reason = Reason.DAYS_OVER_OPEN
    return Verdict(reason)


def _unread(facts: Attendance) -> str | None:
    if facts.broken is not None:
        return facts.broken
    predicates = (
        (not facts.pupil, Reason.PUPIL_UNKNOWN),
        (not facts.school, Reason.SCHOOL_UNKNOWN),
        (not facts.month, Reason.MONTH_UNREADABLE),
        (not facts.inside, Reason.MONTH_OUTSIDE_TERM),
        (None in (facts.present, facts.sick, facts.personal), Reason.DAYS_UNREADABLE),
    )
    return next((reason for holds, reason in predicates if holds), None)


def _accounted(facts: Attendance) -> int:
    """Days the school speaks of: there, sick, on leave."""
    return (facts.present or 0) + (facts.sick or 0) + (facts.personal or 0)
