"""Rows that are refused: each stands beside the good rows of a school or a pupil and takes nothing away."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from country.classroom.growth import body
from country.classroom.kinds import PER_MILLION, REFUSALS
from country.classroom.presence import days_open, months, presence
from country.draw import below, portion, shuffled
from country.inputs import stranger
from country.pupils import Pupil
from country.world import World

Row = list[str]
_LOST_CHARACTER: Final = "\ufffd"
# Strangers of this number and above are in no file of the country.
_NOBODY: Final = 600_000


def school_days(world: World) -> Iterator[tuple[str, Row]]:
    """Refused rows of school days, with the reason of each."""
    order = shuffled(world.schools.values(), lambda school: school.code, world.seed, world.term, "days")
    for n, reason in _dealt("school_days", len(order)):
        school = order[n % len(order)]
        first = months(world.term)[n % 5]
        row = [school.code, month(first), str(days_open(world, school, first))]
        yield reason, _spoilt(world, row, reason, n, (0, 1, 2))


def attendance(world: World, enrolled: Sequence[Pupil]) -> Iterator[tuple[str, Row]]:
    """Refused rows of attendance, with the reason of each."""
    order = _order(world, (pupil for pupil in enrolled if presence(world, pupil)), "attendance")
    for n, reason in _dealt("attendance", len(order)):
        pupil = _suited(order, n, reason)
        told = presence(world, pupil)
        here = told[n % len(told)]
        row = attendance_row(pupil, here.first, here.present, here.sick, here.personal)
        if reason == "days_over_open":
            row[3] = str(here.open + 1 + n % 5)
        elif reason == "attendance_repeated":
            row[3] = str(max(0, here.present - 1))
        elif reason == "not_enrolled":
            row[1] = _elsewhere(world, pupil)
        elif reason == "school_days_missing":
            row[2] = month(_silent_month(world))
        yield reason, _spoilt(world, row, reason, n, (1, 2, 3))


def growth(world: World, enrolled: Sequence[Pupil]) -> Iterator[tuple[str, Row]]:
    """Refused rows of weight and height, with the reason of each."""
    order = _order(world, (pupil for pupil in enrolled if body(world, pupil)), "growth")
    for n, reason in _dealt("growth", len(order)):
        pupil = _suited(order, n, reason)
        row = growth_row(world, pupil)
        if reason == "day_outside_term":
            row[2] = (world.term.first_day - timedelta(days=30 + n)).isoformat()
        elif reason == "measure_unreadable":
            row[3 + n % 2] = ("สามสิบ", "28,4", "")[n % 3]
        elif reason == "measure_implausible":
            # Grams for kilograms, metres for centimetres.
            row[3 + n % 2] = ("28400", "1.31")[n % 2]
        elif reason == "not_enrolled":
            row[1] = _elsewhere(world, pupil)
        yield reason, _spoilt(world, row, reason, n, (1, 2, 3))


def attendance_row(pupil: Pupil, first: date, *days: int) -> Row:
    """A row of attendance.csv."""
    return [pupil.child.said.number, pupil.school.code, month(first), *map(str, days)]


def growth_row(world: World, pupil: Pupil) -> Row:
    """A row of growth.csv, of a pupil that has one."""
    written = body(world, pupil)
    if written is None:
        raise ValueError("nobody measured the pupil")
    day, weight, height = written
    return [pupil.child.said.number, pupil.school.code, day.isoformat(), weight, height]


def month(first: date) -> str:
    """YYYY-MM."""
    return first.isoformat()[:7]


def _dealt(file: str, whole: int) -> Iterator[tuple[int, str]]:
    """A running number and a reason for every row that a file is to have."""
    each = portion(whole, PER_MILLION[file], 1) if whole else 0
    reasons = [reason for reason in REFUSALS[file] for _ in range(each)]
    return iter(enumerate(reasons))


def _order(world: World, pupils: Iterable[Pupil], what: str) -> list[Pupil]:
    return shuffled(pupils, lambda pupil: pupil.serial, world.seed, world.term, "refused", what)


def _suited(order: Sequence[Pupil], n: int, reason: str) -> Pupil:
    """For a school that it never went to, a pupil whose schools the last list knows."""
    known = [pupil for pupil in order if pupil.listing] if reason == "not_enrolled" else []
    pool = known or order
    return pool[n % len(pool)]


def _elsewhere(world: World, pupil: Pupil) -> str:
    """A school that the pupil never went to."""
    own = {pupil.school.code, pupil.second.code if pupil.second else ""}
    own.add(pupil.listing.school if pupil.listing else "")
    others = [code for code in sorted(world.schools) if code not in own]
    return others[below(len(others), world.seed, world.term, "elsewhere", pupil.serial)]


def _silent_month(world: World) -> date:
    """A month of the semester of which no school tells its days: its first, or the one after its last."""
    last = months(world.term)[-1]
    return (
        world.term.first_day.replace(day=1)
        if world.term.semester == 1
        else (last + timedelta(days=32)).replace(day=1)
    )


def _spoilt(world: World, row: Row, reason: str, n: int, at: tuple[int, int, int]) -> Row:
    """Faults that any row can have; `at`: where school, month or day, and first figure stand."""
    school, when, figure = at
    if reason == "row_malformed":
        return row[:-1]
    if reason == "text_unclean":
        row[0] = row[0][:-1] + _LOST_CHARACTER
    elif reason == "pupil_unknown":
        row[0] = stranger(world, _NOBODY + n).number
    elif reason == "school_unknown":
        row[school] = f"{row[school][:4]}99{row[school][6:]}"
    elif reason == "month_unreadable":
        row[when] = ("2021-13", "ม.ค. 64", "202101", "")[n % 4]
    elif reason == "month_outside_term":
        row[when] = f"{int(row[when][:4]) - 1}{row[when][4:]}"
    elif reason == "days_unreadable":
        row[figure] = ("สิบ", "-2", "12.5", "45")[n % (4 if at == (0, 1, 2) else 3)]
    elif reason == "days_repeated":
        row[figure] = str(max(0, int(row[figure]) - 1))
    return row
