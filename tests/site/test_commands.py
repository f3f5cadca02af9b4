"""The commands of the outermost room, run as a user would run them."""

from pathlib import Path

import pytest

from tests.site.conftest import run


def test_the_policy_of_a_round_tells_where_each_value_comes_from(tmp_path: Path) -> None:
    done = run("policy", "show", "2563-2", place=tmp_path)
    assert done.returncode == 0
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(lines) > 20
    for name, _, value, status, since, source in lines:
        assert all((name, value, source))
        assert status in {"official", "inferred", "illustrative", "placeholder"}
        assert since[:2] == "20"


@pytest.mark.parametrize("word", ["2563-9", "2020-1", "x", "", "2563-2; drop table pupil"])
def test_a_round_that_is_none_is_refused(tmp_path: Path, word: str) -> None:
    done = run("policy", "show", word, place=tmp_path)
    assert done.returncode == 2
    assert "7003" in done.stderr


def test_a_database_that_is_up_to_date_is_fit_for_use(place: Path) -> None:
    done = run("db", "verify", place=place)
    assert (done.returncode, done.stderr) == (0, "")
    assert run("db", "migrate", place=place).returncode == 0


def test_a_new_database_is_behind_until_it_is_migrated(tmp_path: Path) -> None:
    done = run("db", "verify", place=tmp_path)
    assert done.returncode == 2
    assert "8034" in done.stderr


def test_stopping_where_nothing_runs_is_no_error(tmp_path: Path) -> None:
    assert run("db", "stop", place=tmp_path).returncode == 0


def test_keys_are_changed_by_one_command_and_proven_by_the_next(place: Path) -> None:
    assert run("keys", "rotate", place=place).returncode == 0
    file = max((place / "keys").glob("persons-*.json"), key=lambda file: int(file.stem.partition("-")[2]))
    kept = file.read_bytes()
    file.unlink()
    done = run("keys", "rotate", place=place)
    assert done.returncode == 2
    assert "1001" in done.stderr
    file.write_bytes(kept)
    assert run("keys", "rotate", place=place).returncode == 0


def test_commands_leave_no_server_behind(place: Path) -> None:
    run("db", "verify", place=place)
    assert not (place / "pg" / "postmaster.pid").exists()
