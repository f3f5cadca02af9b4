"""A G-code becomes a number: the same person, both numbers his, each in its time."""

from datetime import date

import pytest

from takhai.platform.sets import fetch
from takhai.platform.types import Outcome
from takhai.registry import queries
from takhai.registry.services import identifiers, intake
from takhai.thai.calendar import Term
from tests.registry.world import World, citizen, count, gcode, pupil

pytestmark = pytest.mark.django_db

ROUND, EARLIER = Term(2563, 2), Term(2563, 1)
ON = date(2020, 11, 13)
COLUMNS = ("identifier", "former_identifier", "channel")


def known(world: World, *rows: dict[str, str]) -> None:
    """Pupils of the round before."""
    path = world.register(*rows, name="before.csv")
    intake.commit(path=path, round=EARLIER, received_on=date(2020, 6, 30))


def become(world: World, *rows: tuple[str, str], name: str = "channels.csv") -> Outcome:
    path = world.write(name, COLUMNS, [(*row, "school") for row in rows])
    return identifiers.become(path=path, round=ROUND, on=ON)


def forms() -> list[tuple[object, ...]]:
    return fetch("SELECT form, from_day, to_day FROM identifier ORDER BY from_day, form")


def test_the_former_number_ends_on_the_day_the_new_one_begins(world: World) -> None:
    known(world, pupil(1, identifier=gcode(1)))
    assert become(world, (citizen(1), gcode(1))) == Outcome(done=1)
    assert forms() == [("gcode", date(2020, 6, 30), ON), ("citizen", ON, None)]
    assert count("SELECT count(*) FROM person") == 1


@pytest.mark.parametrize("number", [gcode(1), citizen(1)])
def test_a_register_that_writes_either_number_means_the_same_person(world: World, number: str) -> None:
    known(world, pupil(1, identifier=gcode(1)))
    become(world, (citizen(1), gcode(1)))
    path = world.register(pupil(1, identifier=number))
    assert intake.commit(path=path, round=ROUND, received_on=date(2020, 12, 9)).out == 1
    assert count("SELECT count(*) FROM person") == 1


def test_the_same_file_again_changes_nothing(world: World) -> None:
    known(world, pupil(1, identifier=gcode(1)))
    become(world, (citizen(1), gcode(1)))
    assert become(world, (citizen(1), gcode(1))) == Outcome(done=0, same=1)
    assert len(forms()) == 2


def test_a_number_that_is_another_persons_is_an_exception_and_changes_nobody(world: World) -> None:
    known(world, pupil(1, identifier=gcode(1)), pupil(2))
    assert become(world, (citizen(2), gcode(1))) == Outcome(done=0, refused={"identifier_taken": 1})
    assert queries.exceptions(round=ROUND)["identifier_taken"] == 1
    assert [form for form, _, _ in forms()] == ["citizen", "gcode"]


def test_an_exception_is_counted_once_however_often_the_file_comes(world: World) -> None:
    known(world, pupil(1, identifier=gcode(1)), pupil(2))
    become(world, (citizen(2), gcode(1)))
    become(world, (citizen(2), gcode(1)))
    assert queries.exceptions(round=ROUND)["identifier_taken"] == 1


def test_two_persons_who_ask_for_one_number_the_first_gets_it(world: World) -> None:
    known(world, pupil(1, identifier=gcode(1)), pupil(2, identifier=gcode(2)))
    outcome = become(world, (citizen(9), gcode(1)), (citizen(9), gcode(2)))
    assert outcome == Outcome(done=1, refused={"identifier_taken": 1})


def test_a_former_number_that_nobody_bears_changes_nobody(world: World) -> None:
    outcome = become(world, (citizen(1), gcode(1)))
    assert outcome == Outcome(done=0, refused={"former_identifier_unknown": 1})
    assert count("SELECT count(*) FROM person") == 0


def test_rows_without_a_former_number_are_of_no_concern_here(world: World) -> None:
    known(world, pupil(1))
    assert become(world, (citizen(1), "")) == Outcome(done=0)


def test_the_old_row_is_kept(world: World) -> None:
    known(world, pupil(1, identifier=gcode(1)))
    become(world, (citizen(1), gcode(1)))
    assert fetch("SELECT form, to_day FROM identifier_event") == [("gcode", None)]


def test_a_child_whose_number_comes_before_his_first_register_is_one_person(world: World) -> None:
    known(world, pupil(1, identifier=gcode(1)), pupil(2, identifier=gcode(2)))
    become(world, (citizen(1), gcode(1)), (citizen(2), gcode(2)))
    rows = [pupil(1, identifier=citizen(1)), pupil(2, identifier=gcode(2))]
    flow = intake.commit(path=world.register(*rows), round=ROUND, received_on=date(2020, 12, 9))
    assert flow.out == 2
    assert count("SELECT count(*) FROM person") == 2
