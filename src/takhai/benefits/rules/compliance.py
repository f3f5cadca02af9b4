"""Whether a pupil kept the conditions of the round. Set form: ``sets/compliance.sql``.

Percentages are compared by multiplication, never divided. Source: DOMAIN section 2.3.
"""

from dataclasses import dataclass

from takhai.benefits.types import ComplianceReason


@dataclass(frozen=True, slots=True)
class Facts:
    """What was reported of one pupil, in days, grams and millimetres, and what the round's policy asks.

    The five counts of days are None where no school reported. ``open_reported`` are the school days of
    the months reported of him, ``open_term`` those of the whole term. A weight or height of 0 or None was
    not measured. ``above``: more than ``percent`` is asked, not at least. ``whole_term``: the whole term
    counts. ``leave_excused``: a day of leave is taken off the days that count, else it is a day absent.
    """

    days_present: int | None
    sick_leave: int | None
    personal_leave: int | None
    open_reported: int | None
    open_term: int | None
    weight_g: int | None
    height_mm: int | None
    percent: int
    above: bool
    whole_term: bool
    leave_excused: bool
    growth_required: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """``compliant`` is None where there is nothing to judge by."""

    compliant: bool | None
    reason: ComplianceReason


def days_that_count(facts: Facts) -> int:
    """The school days that his days are measured by; 0 or less when there is none."""
    open_days = (facts.open_term if facts.whole_term else facts.open_reported) or 0
    leave = (facts.sick_leave or 0) + (facts.personal_leave or 0)
    return open_days - leave if facts.leave_excused else open_days


def not_reported(facts: Facts) -> bool:
    """No school said how often he came, or no school day is left to judge by."""
    return facts.days_present is None or days_that_count(facts) <= 0


def attendance_low(facts: Facts) -> bool:
    """He came on fewer days than the policy asks."""
    came, asked = (facts.days_present or 0) * 100, facts.percent * days_that_count(facts)
    return came <= asked if facts.above else came < asked


def not_measured(facts: Facts) -> bool:
    """Weight or height is missing, in a round whose policy makes them a condition."""
    return facts.growth_required and not (facts.weight_g and facts.height_mm)


def decide(facts: Facts) -> Verdict:
    """The first that holds is the reason."""
    if not_reported(facts):
        return Verdict(None, ComplianceReason.NOT_REPORTED)
    if attendance_low(facts):
        return Verdict(False, ComplianceReason.ATTENDANCE_LOW)
    if not_measured(facts):
        return Verdict(False, ComplianceReason.NOT_MEASURED)
    return Verdict(True, ComplianceReason.COMPLIANT)
