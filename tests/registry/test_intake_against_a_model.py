"""Random registers of random rounds against a model in plain Python: persons, entries, enrolments, counts."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import count as numbering
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takhai.platform.flow import Flow
from takhai.platform.sets import fetch
from takhai.registry.services import intake
from takhai.thai.calendar import Term
from tests.registry.world import FIELD, TOWN, UPPER, World, pupil, undone

pytestmark = pytest.mark.django_db

SCHOOLS = (TOWN, FIELD, UPPER)
ROUNDS = (Term(2563, 2), Term(2564, 1), Term(2564, 2))


class Row(NamedTuple):
    """A row of a register: which child, which school, whether it can be read, whose name it bears."""

    child: int
    school: str
    good: bool
    other_child: bool


class File(NamedTuple):
    name: str
    rows: tuple[Row, ...]


@dataclass
class Model:
    """What should be there after the files, worked out a row at a time."""

    persons: dict[int, str] = field(default_factory=dict)
    entries: dict[tuple[str, int, str], tuple[str, int]] = field(default_factory=dict)
    clashes: set[tuple[str, int, str]] = field(default_factory=set)
    enrolled: set[tuple[int, str]] = field(default_factory=set)

    def take(self, round: str, file: File) -> Counter[str]:
        """The counts of the file: counted, duplicate, second_school, sex_unknown."""
        counts: Counter[str] = Counter()
        for number, row in enumerate(file.rows, start=2):
            if not row.good:
                counts["sex_unknown"] += 1
                continue
            key = (round, row.child, row.school)
            here = key in self.entries
            elsewhere = any(k[:2] == key[:2] and k != key for k in self.entries)
            counts["duplicate" if here else "second_school" if elsewhere else "counted"] += 1
            name = "other" if row.other_child else "own"
            if self.persons.setdefault(row.child, name) != name:
                self.clashes.add(key)
            if not here:
                self.entries[key] = (file.name, number)
        children = {row.child for row in file.rows if row.good}
        self.enrolled = {
            (child, school)
            for child, school in self.enrolled
            if child not in children or (round, child, school) in self.entries
        } | {(child, school) for r, child, school in self.entries if r == round and child in children}
        return counts

    def counted(self) -> dict[tuple[str, int], str]:
        """(round, child) -> the school whose row comes first by file name and row."""
        best: dict[tuple[str, int], tuple[tuple[str, int], str]] = {}
        for (round, child, school), place in self.entries.items():
            known = best.get((round, child))
            if known is None or place < known[0]:
                best[round, child] = (place, school)
        return {key: school for key, (_, school) in best.items()}


rows = st.builds(
    Row,
    child=st.integers(1, 4),
    school=st.sampled_from(SCHOOLS),
    good=st.sampled_from([True, True, True, True, False]),
    other_child=st.sampled_from([False, False, False, False, False, True]),
)
files = st.builds(
    File,
    name=st.sampled_from(["a.csv", "b.csv", "c.csv", "d.csv"]),
    rows=st.lists(rows, min_size=1, max_size=6).map(tuple),
)
stories = st.lists(st.lists(files, min_size=1, max_size=3), min_size=1, max_size=3)
salt = numbering(1)


def written(row: Row, stamp: int) -> dict[str, str]:
    """The row as the register has it; the room makes every file another one."""
    name = {"first_name": "คนอื่น", "birth_date": "01/01/2550"} if row.other_child else {}
    return pupil(row.child, school_code=row.school, room=str(stamp), **name) | (
        {} if row.good else {"sex": "?"}
    )


def commit(world: World, round: Term, file: File) -> Flow:
    stamp = next(salt)
    path = world.register(*(written(row, stamp) for row in file.rows), name=f"{stamp}/{file.name}")
    return intake.commit(path=path, round=round, received_on=round.first_day)


def tell(world: World, story: list[list[File]]) -> None:
    """Plays a story on the database and on the model, and compares after every file."""
    model = Model()
    for round, sent in zip(ROUNDS, story, strict=False):
        for file in sent:
            expected = model.take(str(round), file)
            flow = commit(world, round, file)
            assert flow.broken() == ()
            assert flow.joined == len(file.rows)
            assert flow.out == expected["counted"]
            assert {reason: n for reason, n in flow.dropped.items() if n} == {
                reason: n for reason, n in expected.items() if reason != "counted"
            }
            compare(model)


def compare(model: Model) -> None:
    names = {f"{n:02d}": n for n in range(30)}
    children = {
        str(person): child
        for person, child in ((str(person), names[str(number)[-2:]]) for person, number in fetch(_CHILDREN))
    }
    assert len(children) == len(model.persons)
    entries = fetch(
        "SELECT e.round, e.person_id, s.code, e.standing, e.clash FROM register_entry e"
        " JOIN school s ON s.place_id = e.school_id"
    )
    assert {(str(r), children[str(p)], str(code)) for r, p, code, _, _ in entries} == set(model.entries)
    assert {
        (str(r), children[str(p)]): str(code) for r, p, code, standing, _ in entries if standing == "first"
    } == model.counted()
    assert {
        (str(r), children[str(p)], str(code)) for r, p, code, _, clash in entries if clash
    } == model.clashes
    enrolled = fetch(
        "SELECT e.person_id, s.code FROM school_enrolment e JOIN school s ON s.place_id = e.school_id"
        " WHERE e.to_day IS NULL"
    )
    assert sorted((children[str(p)], str(code)) for p, code in enrolled) == sorted(model.enrolled)


_CHILDREN = """
SELECT p.id, (SELECT max(e.pupil_no) FROM school_enrolment e WHERE e.person_id = p.id) FROM person p
"""


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(stories)
def test_any_registers_of_any_rounds_come_to_what_the_model_says(
    world: World, story: list[list[File]]
) -> None:
    with undone():
        tell(world, story)


def test_files_of_one_round_in_any_order_count_the_same_pupils(world: World) -> None:
    sent = [
        File("a.csv", (Row(1, TOWN, True, False), Row(2, FIELD, True, False))),
        File("b.csv", (Row(2, TOWN, True, False), Row(3, UPPER, True, False))),
        File("c.csv", (Row(1, UPPER, True, False), Row(3, UPPER, True, False), Row(4, TOWN, True, False))),
    ]
    totals = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        with undone():
            model, total = Model(), Flow()
            for at in order:
                model.take(str(ROUNDS[0]), sent[at])
                total += commit(world, ROUNDS[0], sent[at])
            compare(model)
            totals.append(total)
    assert totals[0] == totals[1] == totals[2]
    assert (totals[0].joined, totals[0].out) == (7, 4)


def test_a_day_of_the_calendar_is_a_day() -> None:
    assert all(isinstance(round.first_day, date) for round in ROUNDS)
