"""Numbers are compared with the civil registry; what is in doubt is written down from the day it is known."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from takhai.access.scope import system_scope
from takhai.platform.relations import constant
from takhai.platform.sets import fetch
from takhai.registry import queries
from takhai.registry.services import identity, intake
from takhai.thai.calendar import Term
from tests.registry.world import (
    AWAY,
    EXTRACT_COLUMNS,
    FIELD,
    World,
    citizen,
    citizen_of,
    count,
    gcode,
    pupil,
    wrong_check,
)

pytestmark = pytest.mark.django_db

ROUND = Term(2563, 2)
DAY = date(2020, 12, 28)
LATER = date(2021, 1, 20)


def register(world: World, *rows: dict[str, str], name: str = "obec-81.csv") -> None:
    intake.commit(path=world.register(*rows, name=name), round=ROUND, received_on=date(2020, 12, 9))


def extract(world: World, *rows: tuple[str, ...], name: str = "registry_extract.csv") -> Path:
    return world.write(name, EXTRACT_COLUMNS, rows)


def compare(world: World, *rows: tuple[str, ...], name: str = "registry_extract.csv") -> tuple[int, int]:
    outcome = identity.compare(path=extract(world, *rows, name=name), round=ROUND, on=DAY)
    return outcome.done, outcome.same


def found(on: date = DAY) -> list[str]:
    """Reasons in force on a day."""
    relation = queries.findings(as_of=on, scope=system_scope(reason="test"), round=ROUND)
    return sorted(str(reason) for (reason,) in fetch("SELECT reason FROM findings", relation))


def check(province: str = "81", on: date = DAY) -> tuple[int, int]:
    flow = identity.check(round=ROUND, province=province, as_of=on)
    assert flow.broken() == ()
    return flow.in_, flow.out


def test_a_child_whom_the_registry_knows_by_these_values_is_not_in_doubt(world: World) -> None:
    register(world, pupil(1))
    compare(world, citizen_of(pupil(1)))
    assert check() == (1, 1)
    assert found() == []


@pytest.mark.parametrize(
    ("row", "said", "reason"),
    [
        ({}, {"alive": "no"}, "dead"),
        ({"identifier": wrong_check(1)}, None, "wrong_number"),
        ({}, None, "not_in_registry"),
        ({}, {"first_name": "อื่น"}, "name_differs"),
        ({}, {"last_name": "อื่น"}, "name_differs"),
        ({}, {"birth_date": "2012-06-03"}, "birth_differs"),
        ({}, {"sex": "ญ"}, "sex_differs"),
    ],
)
def test_what_differs_from_the_registry_is_found(
    world: World, row: dict[str, str], said: dict[str, str] | None, reason: str
) -> None:
    register(world, pupil(1, **row))
    compare(world, *([] if said is None else [citizen_of(pupil(1), **said)]))
    check()
    assert found() == [reason]


@pytest.mark.parametrize("number", [gcode(1), citizen(1, kind=0)])
def test_a_g_code_and_an_absent_number_beginning_with_0_are_not_compared(world: World, number: str) -> None:
    register(world, pupil(1, identifier=number))
    compare(world)
    check()
    assert found() == []


def test_a_number_beginning_with_0_that_the_extract_has_is_compared(world: World) -> None:
    number = citizen(1, kind=0)
    register(world, pupil(1, identifier=number))
    compare(world, citizen_of(pupil(1, identifier=number), first_name="อื่น"))
    check()
    assert found() == ["name_differs"]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("สมชาย", "เด็กชายสมชาย"), ("น้ำทิพย์", "น้ํำทิพย"), ("ณ  อยุธยา", "ณอยุธยา")],
)
def test_titles_marks_and_spaces_make_no_other_name(world: World, ours: str, theirs: str) -> None:
    register(world, pupil(1, first_name=ours))
    compare(world, citizen_of(pupil(1), first_name=theirs))
    check()
    assert found() == []


def test_two_schools_in_this_rounds_registers_are_found(world: World) -> None:
    register(world, pupil(1), pupil(1, school_code=FIELD))
    compare(world, citizen_of(pupil(1)))
    check()
    assert found() == ["two_schools"]


def test_two_rows_at_one_school_are_no_two_schools(world: World) -> None:
    register(world, pupil(1), pupil(1))
    compare(world, citizen_of(pupil(1)))
    check()
    assert found() == []


def test_a_number_with_another_name_and_birth_date_clashes_before_all_but_death(world: World) -> None:
    register(world, pupil(1), pupil(1, first_name="อื่น", birth_date="01/01/2550", school_code=FIELD))
    compare(world)
    check()
    assert found() == ["identifier_clash"]


def test_nothing_of_the_extract_is_kept_but_verdicts_on_this_rounds_pupils(world: World) -> None:
    register(world, pupil(1))
    outcome = compare(world, citizen_of(pupil(1)), citizen_of(pupil(2, first_name="คนแปลกหน้า")))
    assert outcome == (1, 0)
    assert count("SELECT count(*) FROM comparison") == 1
    assert count("SELECT count(*) FROM person") == 1


def test_the_same_extract_again_says_the_same(world: World) -> None:
    register(world, pupil(1), pupil(2))
    rows = [citizen_of(pupil(1)), citizen_of(pupil(2), sex="ญ")]
    assert compare(world, *rows) == (2, 0)
    assert compare(world, *rows) == (0, 2)
    assert count("SELECT count(*) FROM comparison_event") == 0


def test_an_extract_is_taken_in_pieces(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "CHUNK", 3)
    rows = [pupil(n) for n in range(1, 11)]
    register(world, *rows)
    assert compare(world, *(citizen_of(row) for row in rows)) == (10, 0)


def test_rows_of_the_extract_that_cannot_be_read_are_counted(world: World) -> None:
    register(world, pupil(1))
    path = extract(world, citizen_of(pupil(1), birth_date="2012-02-31"), citizen_of(pupil(2)))
    outcome = identity.compare(path=path, round=ROUND, on=DAY)
    assert outcome.refused == {"value_not_a_date": 1}


def test_a_unit_judges_the_pupils_counted_in_its_province(world: World) -> None:
    register(world, pupil(1), pupil(2, school_code=AWAY), pupil(3, school_code=AWAY))
    compare(world)
    assert check("81") == (1, 1)
    assert found() == ["not_in_registry"]
    assert check("92") == (2, 2)
    assert len(found()) == 3
    assert check("10") == (0, 0)


def test_checking_again_on_the_same_day_changes_nothing(world: World) -> None:
    register(world, pupil(1), pupil(2))
    compare(world, citizen_of(pupil(1)))
    check()
    check()
    assert count("SELECT count(*) FROM identity_finding") == 1
    assert count("SELECT count(*) FROM identity_finding_event") == 0


def test_a_doubt_that_is_lifted_holds_until_that_day_and_no_longer(world: World) -> None:
    register(world, pupil(1))
    compare(world)
    check()
    compare(world, citizen_of(pupil(1)), name="later.csv")
    check(on=LATER)
    assert found(DAY) == ["not_in_registry"]
    assert found(date(2021, 1, 19)) == ["not_in_registry"]
    assert found(LATER) == []


def test_a_doubt_that_turns_into_another_is_followed_by_it(world: World) -> None:
    register(world, pupil(1))
    compare(world)
    check()
    compare(world, citizen_of(pupil(1), sex="ญ"), name="later.csv")
    check(on=LATER)
    assert (found(DAY), found(LATER)) == (["not_in_registry"], ["sex_differs"])


def test_a_doubt_that_is_cleared_on_its_own_day_was_never_in_force(world: World) -> None:
    register(world, pupil(1))
    compare(world)
    check()
    compare(world, citizen_of(pupil(1)), name="later.csv")
    check()
    assert found() == []
    assert count("SELECT count(*) FROM identity_finding") == 0
    assert count("SELECT count(*) FROM identity_finding_event") == 1


def test_a_doubt_that_changes_on_its_own_day_is_put_right_in_its_place(world: World) -> None:
    register(world, pupil(1))
    compare(world)
    check()
    compare(world, citizen_of(pupil(1), birth_date="2012-06-03"), name="later.csv")
    check()
    assert found() == ["birth_differs"]
    assert count("SELECT count(*) FROM identity_finding") == 1


def test_a_doubt_may_come_back(world: World) -> None:
    register(world, pupil(1))
    compare(world)
    check()
    compare(world, citizen_of(pupil(1)), name="b.csv")
    check(on=LATER)
    compare(world, citizen_of(pupil(1), alive="no"), name="c.csv")
    check(on=date(2021, 2, 1))
    assert [found(DAY), found(LATER), found(date(2021, 2, 1))] == [["not_in_registry"], [], ["dead"]]


def test_named_pupils_are_judged_again_alone(world: World) -> None:
    register(world, pupil(1), pupil(2))
    compare(world)
    check()
    compare(world, citizen_of(pupil(1)), citizen_of(pupil(2)), name="later.csv")
    ((person,),) = fetch(
        "SELECT person_id FROM register_entry e JOIN person p ON p.id = e.person_id WHERE p.birth_date = '2012-06-02'"
    )
    named = constant(name="persons", columns={"person": "uuid"}, rows=[(person,)])
    outcome = identity.recheck(round=ROUND, persons=named, as_of=LATER)
    assert (outcome.done, outcome.same) == (1, 0)
    assert found(LATER) == ["not_in_registry"]


def test_a_former_number_is_not_compared(world: World) -> None:
    register(world, pupil(1))
    fetch(
        "WITH ended AS (UPDATE identifier SET to_day = '2020-12-10' RETURNING 1) SELECT count(*) FROM ended"
    )
    assert compare(world, citizen_of(pupil(1))) == (0, 0)


def test_the_number_of_statements_does_not_grow_with_the_pupils(
    world: World, django_assert_max_num_queries: Callable[..., object]
) -> None:
    rows = [pupil(n) for n in range(1, 300)]
    register(world, *rows)
    with django_assert_max_num_queries(45):  # type: ignore[attr-defined]
        compare(world, *(citizen_of(row) for row in rows[:150]))
        check()
    assert len(found()) == 149
