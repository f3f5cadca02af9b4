"""Brothers and sisters share a household and its grown-ups; both follow the rows that count."""

from datetime import date
from typing import Any

import pytest

from takhai.platform.sets import fetch
from takhai.registry.services import intake
from takhai.thai.calendar import Term
from tests.registry.world import FIELD, World, citizen, count, pupil

pytestmark = pytest.mark.django_db

ROUND, NEXT = Term(2563, 2), Term(2564, 1)
DAY, LATER = date(2020, 12, 9), date(2021, 6, 30)


def sibling(number: int, **changes: Any) -> dict[str, str]:
    """A brother or sister of pupil 1."""
    own = {"identifier": citizen(number), "first_name": f"น้อง{'ก' * number}", "pupil_no": str(number)}
    return pupil(1) | own | {name: str(value) for name, value in changes.items()}


def take(
    world: World, *rows: dict[str, str], name: str = "a.csv", round: Term = ROUND, on: date = DAY
) -> None:
    intake.commit(path=world.register(*rows, name=name), round=round, received_on=on)


def links() -> list[tuple[object, ...]]:
    return fetch("SELECT from_day, to_day FROM household_link ORDER BY from_day, to_day")


def test_brothers_and_sisters_share_a_household_and_its_grown_ups(world: World) -> None:
    take(world, pupil(1), sibling(21), sibling(22))
    assert count("SELECT count(*) FROM household") == 1
    assert count("SELECT count(*) FROM household_link") == 3
    assert count("SELECT count(*) FROM guardian") == 2
    assert count("SELECT count(*) FROM guardian_link") == 6


def test_brothers_and_sisters_in_two_files_share_it_too(world: World) -> None:
    take(world, pupil(1))
    take(world, sibling(21, school_code=FIELD), name="b.csv")
    assert count("SELECT count(*) FROM household") == 1
    assert count("SELECT count(*) FROM guardian") == 2


def test_children_of_one_name_at_another_address_do_not(world: World) -> None:
    take(world, pupil(1), sibling(21, house_no="77"))
    assert count("SELECT count(*) FROM household") == 2
    assert count("SELECT count(*) FROM guardian") == 4


def test_who_guards_is_marked(world: World) -> None:
    take(world, pupil(1))
    rows = fetch(
        "SELECT g.names, l.relation, l.guards FROM guardian_link l JOIN guardian g ON g.id = l.guardian_id"
        " ORDER BY l.relation"
    )
    assert [(relation, guards) for _, relation, guards in rows] == [("father", False), ("mother", True)]


def test_a_child_that_moves_house_leaves_one_household_for_another(world: World) -> None:
    take(world, pupil(1))
    take(world, pupil(1, house_no="500"), name="b.csv", round=NEXT, on=LATER)
    assert links() == [(DAY, LATER), (LATER, None)]
    assert count("SELECT count(*) FROM guardian_link WHERE to_day IS NULL") == 2
    assert count("SELECT count(*) FROM guardian_link WHERE to_day = %(on)s", on=LATER) == 2


def test_the_same_address_again_changes_nothing(world: World) -> None:
    take(world, pupil(1))
    take(world, pupil(1, room="9"), name="b.csv", round=NEXT, on=LATER)
    assert links() == [(DAY, None)]
    assert count("SELECT count(*) FROM guardian_link_event") == 0


def test_a_row_that_tells_no_household_ends_none(world: World) -> None:
    take(world, pupil(1))
    take(world, pupil(1, house_no="-"), name="b.csv", round=NEXT, on=LATER)
    assert links() == [(DAY, None)]


def test_another_address_on_the_same_day_takes_the_first_back(world: World) -> None:
    take(world, pupil(1), name="b.csv")
    take(world, pupil(1, house_no="500", school_code=FIELD), name="a.csv")
    assert links() == [(DAY, None)]
    assert count("SELECT count(*) FROM household_link_event") == 1


def test_the_row_of_a_second_school_moves_nobody(world: World) -> None:
    take(world, pupil(1), pupil(1, house_no="500", school_code=FIELD))
    assert links() == [(DAY, None)]
    assert count("SELECT count(*) FROM household") == 1


def test_a_guardian_who_changes_is_followed(world: World) -> None:
    take(world, pupil(1))
    changed = pupil(1, guardian_first_name="ประเสริฐ", guardian_relation="บิดา")
    take(world, changed, name="b.csv", round=NEXT, on=LATER)
    rows = fetch("SELECT relation, guards FROM guardian_link WHERE to_day IS NULL ORDER BY relation")
    assert rows == [("father", True), ("mother", False)]


def test_an_occupation_that_changes_is_kept_with_the_old_one(world: World) -> None:
    take(world, pupil(1))
    take(world, pupil(1, father_occupation="ค้าขาย"), name="b.csv", round=NEXT, on=LATER)
    assert fetch("SELECT occupation FROM guardian_event") == [("เกษตรกร",)]


def test_nothing_of_an_address_is_kept(world: World) -> None:
    take(world, pupil(1, house_no="88/888", street="ซอยลับตา"))
    ((text,),) = fetch(
        "SELECT string_agg(t::text, ' ') FROM (SELECT p::text AS t FROM person p"
        " UNION ALL SELECT h::text FROM household h"
        " UNION ALL SELECT g::text FROM guardian g UNION ALL SELECT e::text FROM register_entry e) told"
    )
    assert "88/888" not in str(text)
    assert "ซอยลับตา" not in str(text)


def test_grown_ups_with_very_long_names_are_still_told_apart(world: World) -> None:
    long = "ก" * 490
    take(world, pupil(1, father_first_name=long + "ก"), sibling(21, father_first_name=long + "ข"))
    assert count("SELECT count(*) FROM guardian WHERE length(names) > 400") == 2
