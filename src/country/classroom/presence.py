"""How many days schools were open and pupils were there, month by month, and whether that is enough."""

from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from country.classroom.growth import body
from country.draw import apportion, below, rng
from country.pupils import Pupil
from country.schools import School
from country.world import World
from takhai.policy import for_round
from takhai.thai.calendar import BE, Term

_DRAWN: Final = "presence"
# Five months of each semester are reported; the sixth of the first is closed for sowing.
_MONTHS: Final = {1: (6, 7, 8, 9, 10), 2: (11, 12, 1, 2, 3)}
# Of a thousand pupils: never reported; reported for some months only; far too seldom there; at the edge.
_NEVER, _PARTLY, _SELDOM, _EDGE = 8, 28, 40, 46


class Month(NamedTuple):
    """Days of one month: the school's, the pupil's, and its leaves. `first`: the month's first day."""

    first: date
    open: int
    present: int
    sick: int
    personal: int


def months(term: Term) -> list[date]:
    """First days of the months that schools report."""
    year = term.year - BE
    return [date(year + (month < 4), month, 1) for month in _MONTHS[term.semester]]


def days_open(world: World, school: School, first: date) -> int:
    """Weekdays of the month in the semester, less a few days on which the school was closed."""
    weekdays = _weekdays(world.term, first)
    return weekdays - below(min(4, weekdays), world.seed, "closed", world.term, school.code, first)


@cache
def _weekdays(term: Term, first: date) -> int:
    days = (first + timedelta(days=n) for n in range(31))
    inside = [day for day in days if day.month == first.month and term.first_day <= day <= term.last_day]
    return sum(day.weekday() < 5 for day in inside)


def presence(world: World, pupil: Pupil) -> list[Month]:
    """What the pupil's school reports of it; nothing of a few."""
    known: dict[int, list[Month]] = world.drawn.setdefault(_DRAWN, {})
    if pupil.serial not in known:
        known[pupil.serial] = _presence(world, pupil)
    return known[pupil.serial]


def _presence(world: World, pupil: Pupil) -> list[Month]:
    chance = rng(world.seed, "presence", world.term, pupil.serial)
    kind = chance.randrange(1_000)
    if kind < _NEVER:
        return []
    opened = [(first, days_open(world, pupil.school, first)) for first in months(world.term)]
    if kind < _PARTLY:
        skipped = chance.randint(1, 3)
        opened = opened[skipped:] if chance.random() < 0.5 else opened[:-skipped]
    whole = sum(days for _, days in opened)
    if pupil.long_absent or _PARTLY <= kind < _SELDOM:
        absent = whole * chance.randint(23, 60) // 100
    elif _SELDOM <= kind < _EDGE:
        absent = whole * 20 // 100 + kind % 2
    else:
        absent = whole * min(chance.randrange(14), chance.randrange(14)) // 100
    weights = [days * chance.randint(1, 6) for _, days in opened]
    missed = _capped(apportion(absent, weights), [days for _, days in opened])
    return [
        _month(first, days, away, chance.random()) for (first, days), away in zip(opened, missed, strict=True)
    ]


def _capped(missed: list[int], opened: list[int]) -> list[int]:
    """No month has more days missed than school days; what is over goes to the months before it."""
    over = 0
    for n in reversed(range(len(missed))):
        wanted = missed[n] + over
        missed[n] = min(wanted, opened[n])
        over = wanted - missed[n]
    for n in range(len(missed)):
        more = min(over, opened[n] - missed[n])
        missed[n], over = missed[n] + more, over - more
    return missed


def _month(first: date, days: int, away: int, mood: float) -> Month:
    """Some of the missed days are leave, of sickness or for something at home."""
    sick = round(away * mood * 0.7)
    personal = (away - sick) // 3 if mood > 0.5 else 0
    return Month(first, days, days - away, sick, personal)


def complies(world: World, pupil: Pupil) -> bool | None:
    """Whether the pupil met the round's conditions, by the policy's data; None where nobody can say."""
    policy = for_round(world.term)
    rule = policy.attendance
    reported = presence(world, pupil)
    if rule.denominator == "term":
        days = sum(days_open(world, pupil.school, first) for first in months(world.term))
    else:
        days = sum(month.open for month in reported)
    if rule.leave == "excused":
        days -= sum(month.sick + month.personal for month in reported)
    if not reported or days <= 0:
        return None
    came, asked = 100 * sum(month.present for month in reported), rule.percent * days
    enough = came > asked if rule.comparison == "above" else came >= asked
    if policy.growth_condition == "required":
        measures = body(world, pupil)
        return enough and measures is not None and measures.whole
    return enough
