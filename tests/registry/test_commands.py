"""``takhai intake commit``: the answer of ``intake check``, and what was done."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from takhai.platform import work
from takhai.platform.problems import Refusal
from takhai.platform.steps import CLOSED, task_name
from takhai.registry import commands
from tests.registry.world import FIELD, TOWN, World, count, pupil

pytestmark = pytest.mark.django_db

app = typer.Typer()
app.command()(commands.commit)


def run(path: Path, *words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [str(path), "--layout", "dmc", "--round", "2563-2", *words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def answer(path: Path, *words: str, code: int = 0) -> dict[str, Any]:
    return dict(json.loads(run(path, "--json", *words, code=code)))


def test_good_rows_are_taken_in_and_the_answer_is_that_of_check_with_what_was_done(world: World) -> None:
    told = answer(world.register(pupil(1), pupil(2), pupil(2), pupil(3, school_code=FIELD)))
    assert set(told) == {"rows", "good", "bad", "warn", "bad_rows_file", "done"}
    assert (told["rows"], told["good"], told["bad"], told["bad_rows_file"]) == (4, 4, [], None)
    assert told["done"] == {"new": True, "pupils": 3, "duplicate": 1, "second_school": 0}
    assert count("SELECT count(*) FROM register_entry") == 3


def test_bad_rows_and_unknown_schools_stand_together_in_the_order_of_the_sheet(world: World) -> None:
    told = answer(world.register(pupil(1, school_code="99999999"), pupil(2, sex="?"), pupil(3)))
    assert [(entry["row"], entry["code"]) for entry in told["bad"]] == [(2, 3107), (3, 3102)]
    assert told["good"] == 1
    kept = Path(told["bad_rows_file"]).read_text("utf-8-sig").splitlines()
    assert len(kept) == 3


def test_the_same_file_again_says_that_it_was_there(world: World) -> None:
    path = world.register(pupil(1))
    first, again = answer(path), answer(path)
    assert first["done"] | {"new": False} == again["done"]
    assert "นำเข้าแล้วก่อนหน้านี้" in run(path)


def test_a_person_reads_thai_first(world: World) -> None:
    lines = run(world.register(pupil(1), pupil(2, sex="?"))).splitlines()
    assert lines[0] == "อ่าน 2 แถว ใช้ได้ 1 แถว ใช้ไม่ได้ 1 ข้อ"
    assert lines[1].startswith("2 rows read, 1 good")
    assert any("[3102]" in line for line in lines)


def test_a_file_of_bad_rows_only_ends_with_2_and_is_new_each_time(world: World) -> None:
    assert answer(world.register(pupil(1, sex="?")), code=2)["done"]["new"] is True
    assert answer(world.register(pupil(1, sex="?")), code=2)["done"]["pupils"] == 0


def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_written(world: World) -> None:
    path = world.root / "empty.csv"
    path.write_text("", "utf-8")
    with pytest.raises(Refusal):
        run(path)
    assert count("SELECT count(*) FROM register_file") == 0


def test_the_school_of_a_copy_without_codes_is_told(world: World) -> None:
    path = world.register(pupil(1), without=("school_code",))
    with pytest.raises(Refusal) as refused:
        run(path)
    assert refused.value.name == "school_not_told"
    assert answer(path, "--school", TOWN)["done"]["pupils"] == 1


def test_a_round_that_is_none_is_refused(world: World) -> None:
    with pytest.raises(Refusal) as refused:
        commands.commit(world.register(pupil(1)), layout="dmc", round_="2563/2")
    assert refused.value.name == "round_malformed"


def test_after_the_rounds_intake_a_file_is_a_correction_and_refused_here(world: World) -> None:
    with work.unit(task=task_name(key="2563-2", group="", step="intake"), key=CLOSED, by="test") as unit:
        unit.finish({})
    with pytest.raises(Refusal) as refused:
        run(world.register(pupil(1)))
    assert refused.value.name == "intake_finished"
    assert count("SELECT count(*) FROM person") == 0


def test_no_number_and_no_name_stands_in_the_answer(world: World) -> None:
    row = pupil(1, sex="?")
    told = run(world.register(row, pupil(2, school_code="99999999")), "--json", code=2)
    assert row["identifier"] not in told
    assert row["first_name"] not in told
