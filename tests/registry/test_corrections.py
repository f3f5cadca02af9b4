"""A register file that comes after intake replaces rows, moves no count, and identities are looked at again."""

from datetime import date
from pathlib import Path

import pytest

from takhai.access.scope import system_scope
from takhai.platform.sets import fetch
from takhai.platform.types import Outcome
from takhai.registry import queries
from takhai.registry.services import identity, intake
from takhai.thai.calendar import Term
from tests.registry.world import EXTRACT_COLUMNS, FIELD, World, citizen_of, count, pupil

pytestmark = pytest.mark.django_db

ROUND = Term(2563, 2)
INTAKE, CHECKED, CAME = date(2020, 12, 9), date(2020, 12, 28), date(2021, 1, 20)
TRUE = pupil(1)
WRONG = pupil(1, last_name="พิมพ์ผิด")


def begin(world: World, *rows: dict[str, str]) -> Path:
    """A round whose identity was checked; the extract agrees with the true rows."""
    intake.commit(path=world.register(*rows), round=ROUND, received_on=INTAKE)
    extract = world.write("registry_extract.csv", EXTRACT_COLUMNS, [citizen_of(TRUE), citizen_of(pupil(2))])
    identity.compare(path=extract, round=ROUND, on=CHECKED)
    identity.check(round=ROUND, province="81", as_of=CHECKED)
    return extract


def correct(
    world: World, extract: Path, *rows: dict[str, str], name: str = "corrections-obec-81.csv"
) -> Outcome:
    path = world.register(*rows, name=name, stamp=CAME.isoformat())
    return intake.correct(path=path, round=ROUND, extract=extract, on=CAME)


def found(on: date) -> list[str]:
    relation = queries.findings(as_of=on, scope=system_scope(reason="test"))
    return sorted(str(reason) for (reason,) in fetch("SELECT reason FROM findings", relation))


def test_a_corrected_name_lifts_the_doubt_from_the_day_it_came(world: World) -> None:
    extract = begin(world, WRONG)
    assert found(CHECKED) == ["name_differs"]
    assert correct(world, extract, TRUE) == Outcome(done=1, refused={"correction_without_row": 0})
    assert found(CHECKED) == ["name_differs"]
    assert found(date(2021, 1, 19)) == ["name_differs"]
    assert found(CAME) == []


def test_the_person_follows_and_the_old_name_is_kept(world: World) -> None:
    correct(world, begin(world, WRONG), TRUE)
    assert fetch("SELECT last_name FROM person") == [(TRUE["last_name"],)]
    assert fetch("SELECT last_name FROM person_event") == [("พิมพ์ผิด",)]


def test_the_entry_is_replaced_whole_and_its_old_row_is_kept(world: World) -> None:
    correct(world, begin(world, WRONG), pupil(1, grade="ป.3", disadvantage="-", weight_g="30"))
    assert fetch("SELECT grade, disadvantage, weight_g, received_on FROM register_entry") == [
        ("ป.3", "99", 30_000, CAME)
    ]
    assert fetch("SELECT grade, disadvantage FROM register_entry_event") == [("ป.2", "18")]
    assert fetch("SELECT grade FROM school_enrolment") == [("ป.3",)]


def test_a_correction_moves_no_count_of_intake(world: World) -> None:
    extract = begin(world, WRONG, pupil(2))
    before = count("SELECT count(*) FROM register_entry")
    correct(world, extract, TRUE)
    assert count("SELECT count(*) FROM register_entry") == before
    assert fetch("SELECT kind, flow->>'joined' FROM register_file ORDER BY kind") == [
        ("correction", "0"),
        ("first", "2"),
    ]


def test_a_correction_of_a_pupil_without_an_entry_is_an_exception(world: World) -> None:
    extract = begin(world, WRONG)
    outcome = correct(world, extract, TRUE, pupil(77))
    assert outcome == Outcome(done=1, refused={"correction_without_row": 1})
    assert queries.exceptions(round=ROUND) == {"identifier_taken": 0, "correction_without_row": 1}
    assert count("SELECT count(*) FROM person") == 1


def test_a_correction_from_another_school_is_an_exception(world: World) -> None:
    extract = begin(world, WRONG)
    outcome = correct(world, extract, TRUE | {"school_code": FIELD})
    assert outcome == Outcome(done=0, refused={"correction_without_row": 1})
    assert found(CAME) == ["name_differs"]


def test_the_same_correction_twice_changes_nothing(world: World) -> None:
    extract = begin(world, WRONG)
    correct(world, extract, TRUE, pupil(77))
    assert correct(world, extract, TRUE, pupil(77)) == Outcome(done=0, same=2)
    assert queries.exceptions(round=ROUND)["correction_without_row"] == 1
    assert count("SELECT count(*) FROM person_event") == 1


def test_of_several_corrections_of_one_pupil_the_last_row_speaks(world: World) -> None:
    correct(world, begin(world, WRONG), pupil(1, last_name="ผิดอีก"), TRUE)
    assert fetch("SELECT last_name FROM person") == [(TRUE["last_name"],)]
    assert found(CAME) == []


def test_a_correction_that_is_wrong_itself_is_found_too(world: World) -> None:
    correct(world, begin(world, WRONG), pupil(1, birth_date="09/06/2555"))
    assert (found(CHECKED), found(CAME)) == (["name_differs"], ["birth_differs"])


def test_a_correction_may_change_name_and_birth_date_at_once(world: World) -> None:
    correct(world, begin(world, pupil(1, first_name="อื่น", birth_date="09/06/2550")), TRUE)
    assert fetch("SELECT first_name FROM person") == [(TRUE["first_name"],)]
    assert found(CAME) == []


def test_a_correction_that_keeps_to_the_other_child_keeps_the_clash(world: World) -> None:
    other = TRUE | {"first_name": "อื่น", "birth_date": "09/06/2550"}
    correct(world, begin(world, TRUE, other), other | {"room": "7"})
    assert fetch("SELECT first_name FROM person") == [(TRUE["first_name"],)]
    assert found(CAME) == ["identifier_clash"]


def test_a_correction_ends_a_clash(world: World) -> None:
    extract = begin(world, TRUE, TRUE | {"first_name": "อื่น", "birth_date": "09/06/2550"})
    assert found(CHECKED) == ["identifier_clash"]
    correct(world, extract, TRUE)
    assert found(CAME) == []


def test_a_bad_row_of_a_correction_leaves_its_pupil_as_he_was(world: World) -> None:
    extract = begin(world, WRONG)
    assert correct(world, extract, TRUE | {"sex": "?"}).done == 0
    assert found(CAME) == ["name_differs"]


def test_others_are_not_looked_at_again(world: World) -> None:
    extract = begin(world, WRONG, pupil(3))
    assert found(CHECKED) == ["name_differs", "not_in_registry"]
    correct(world, extract, TRUE)
    assert found(CAME) == ["not_in_registry"]
