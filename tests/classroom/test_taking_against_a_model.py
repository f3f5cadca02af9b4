"""Any files of attendance in any order are taken as a few lines of plain Python would take them."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takhai.classroom import queries
from takhai.platform.sets import fetch
from tests.benefits.town import ROUND
from tests.classroom.school import AWAY, EMPTY, HOME, School, citizen

pytestmark = pytest.mark.django_db

Cells = tuple[str, ...]
STRANGER = citizen(777)
OPEN = {(HOME, "2020-11"): 20, (HOME, "2020-12"): 18, (AWAY, "2020-11"): 19}
# The first pupil moved, the second stayed.
ENROLLED = {(citizen(0), HOME), (citizen(0), AWAY), (citizen(1), HOME)}
MONTHS = {f"2020-{month:02d}" for month in range(1, 13)} | {f"2021-{month:02d}" for month in range(1, 13)}
INSIDE = {"2020-11", "2020-12", "2021-01", "2021-02", "2021-03", "2021-04"}

cell = st.tuples(
    st.sampled_from([citizen(0)] * 4 + [citizen(1)] * 4 + [STRANGER, "123", "", "1\x018"]),
    st.sampled_from([HOME] * 5 + [AWAY] * 3 + [EMPTY, "81", ""]),
    st.sampled_from(["2020-11"] * 5 + ["2020-12"] * 3 + ["2021-04", "2020-10", "2020-13", "พ.ย.", "2\x000"]),
    st.sampled_from(["0", "10", "15", "17", "18", "19", "20", "", "x", "-1"]),
    st.sampled_from(["0", "0", "0", "1", "2", "1.5"]),
    st.sampled_from(["0", "0", "0", "1", ""]),
)
rows = st.one_of(cell, cell, cell, cell, cell.map(lambda cells: cells[:-1]))
files = st.lists(st.lists(rows, max_size=12), min_size=1, max_size=3)


def reason(cells: Cells, standing: set[Cells]) -> str | None:
    """Why the row is refused, asked one after the other."""
    if len(cells) != 6:
        return "row_malformed"
    number, school, month, *days = cells
    wrong_days = any(not day.isdecimal() for day in days)
    asked = (
        (any("\x00" in each or "\x01" in each for each in cells), "text_unclean"),
        (number not in {citizen(0), citizen(1)}, "pupil_unknown"),
        (school not in {HOME, AWAY}, "school_unknown"),
        (month not in MONTHS, "month_unreadable"),
        (month not in INSIDE, "month_outside_term"),
        (wrong_days, "days_unreadable"),
        ((number, school) not in ENROLLED, "not_enrolled"),
        ((school, month) not in OPEN, "school_days_missing"),
        (not wrong_days and sum(map(int, days)) > OPEN.get((school, month), 0), "days_over_open"),
        ((number, school, month) in standing, "attendance_repeated"),
    )
    return next((why for holds, why in asked if holds), None)


def expected(sent: Sequence[Sequence[Cells]]) -> tuple[set[Cells], Counter[str], int]:
    """The rows that stand, refusals by reason, rows in all; a file that came before says nothing new."""
    kept: set[Cells] = set()
    standing: set[Cells] = set()
    refused: Counter[str] = Counter()
    seen: set[tuple[Cells, ...]] = set()
    for file in sent:
        if tuple(file) in seen:
            continue
        seen.add(tuple(file))
        for cells in file:
            why = reason(cells, standing)
            if why is not None:
                refused[why] += 1
                continue
            standing.add(cells[:3])
            kept.add(cells)
    return kept, refused, sum(len(file) for file in seen)


def found(people: Sequence[UUID], school: School) -> set[Cells]:
    """The rows that stand in the database, as they were sent."""
    codes = {key: code for code, key in school.schools.items()}
    numbers = {person: school.number_of(person) for person in people}
    return {
        (numbers[person], codes[at], f"{month:%Y-%m}", *map(str, days))  # type: ignore[index, str-format]
        for person, at, month, *days in fetch(
            "SELECT person_id, school_id, month, days_present, sick_leave, personal_leave FROM attendance_month"
        )
    }


def test_files_are_taken_as_the_plain_rule_takes_them(school: School) -> None:
    people = school.class_of(2)
    school.enrol(people[0], school=AWAY, since=date(2021, 1, 4))
    school.send("school_days", *((code, month, days) for (code, month), days in OPEN.items()))

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(files)
    def taken(sent: list[list[Cells]]) -> None:
        with transaction.atomic():
            done = sum(school.send("attendance", *file).done for file in sent)
            kept, refused, total = expected(sent)
            counted = queries.counts(round=ROUND)["attendance"]
            assert found(people, school) == kept
            assert done == counted["taken"] == len(kept)
            assert counted["rows"] == total
            assert +Counter(counted["refused"]) == refused  # type: ignore[call-overload]
            transaction.set_rollback(True)

    taken()
