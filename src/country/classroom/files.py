"""The files of the classroom, and what a round must count of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from country import out
from country.classroom import spoiling
from country.classroom.growth import body
from country.classroom.kinds import REFUSALS
from country.classroom.presence import days_open, months, presence
from country.classroom.spoiling import Row, attendance_row, growth_row, month
from country.pupils import Pupil
from country.world import World

HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "school_days": ("school_code", "month", "days_open"),
    "attendance": ("identifier", "school_code", "month", "days_present", "sick_leave", "personal_leave"),
    "growth": ("identifier", "school_code", "measured_on", "weight_kg", "height_cm"),
}


def write(world: World, enrolled: Sequence[Pupil], folder: Path) -> None:
    """school_days.csv, attendance.csv and growth.csv of everybody who is on the round's lists."""
    good, bad = _good(world, enrolled), _bad(world, enrolled)
    for name, header in HEADERS.items():
        out.write(folder / f"{name}.csv", header, [*good[name], *(row for _, row in bad[name])])


def counts(world: World, enrolled: Sequence[Pupil]) -> dict[str, Any]:
    """What the round counts of each file, in the names of the summary."""
    good, bad = _good(world, enrolled), _bad(world, enrolled)
    found: dict[str, Any] = {}
    for name in HEADERS:
        refused = Counter(reason for reason, _ in bad[name])
        found[name] = {
            "rows": len(good[name]) + len(bad[name]),
            "taken": len(good[name]),
            "refused": {reason: refused[reason] for reason in REFUSALS[name]},
        }
    return found


def planted(world: World, enrolled: Sequence[Pupil]) -> dict[str, int]:
    """How many rows of each kind of fault there are, by file and reason."""
    bad = _bad(world, enrolled)
    return dict(Counter(f"{name}:{reason}" for name in HEADERS for reason, _ in bad[name]))


def _good(world: World, enrolled: Sequence[Pupil]) -> dict[str, list[Row]]:
    order = sorted(enrolled, key=lambda pupil: (pupil.school.code, pupil.serial))
    return {
        "school_days": [
            [school.code, month(first), str(days_open(world, school, first))]
            for school in world.schools.values()
            for first in months(world.term)
        ],
        "attendance": [
            attendance_row(pupil, told.first, told.present, told.sick, told.personal)
            for pupil in order
            for told in presence(world, pupil)
        ],
        "growth": [growth_row(world, pupil) for pupil in order if body(world, pupil)],
    }


def _bad(world: World, enrolled: Sequence[Pupil]) -> dict[str, list[tuple[str, Row]]]:
    return {
        "school_days": list(spoiling.school_days(world)),
        "attendance": list(spoiling.attendance(world, enrolled)),
        "growth": list(spoiling.growth(world, enrolled)),
    }
