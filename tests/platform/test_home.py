"""The one folder of everything Takhai writes: for its owner only, and whole files or none."""

import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from takhai.platform import home


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_home_is_what_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TAKHAI_HOME", str(tmp_path / "x"))
    assert home.path() == tmp_path / "x"
    assert not home.path().exists()


def test_a_home_may_be_relative_or_begin_with_the_users_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/users/somchai")
    monkeypatch.setenv("TAKHAI_HOME", "inner")
    assert home.path() == tmp_path / "inner"
    monkeypatch.setenv("TAKHAI_HOME", "~/takhai")
    assert home.path() == Path("/users/somchai/takhai")


@pytest.mark.parametrize("value", [None, ""])
def test_without_one_it_is_var_in_the_checkout(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    if value is None:
        monkeypatch.delenv("TAKHAI_HOME")
    else:
        monkeypatch.setenv("TAKHAI_HOME", value)
    assert home.path() == home.checkout() / "var"
    assert (home.checkout() / "pyproject.toml").is_file()


def test_folders_are_made_for_the_owner_only_whatever_the_mask(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TAKHAI_HOME", str(tmp_path / "deep" / "home"))
    before = os.umask(0)
    try:
        made = home.folder("keys")
    finally:
        os.umask(before)
    assert made == tmp_path / "deep" / "home" / "keys"
    assert [mode(folder) for folder in (made, made.parent, made.parent.parent)] == [0o700] * 3
    assert home.folder("keys") == made


def test_a_file_is_for_the_owner_only_and_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "secret"
    before = os.umask(0)
    try:
        home.write_private(target, b"one")
    finally:
        os.umask(before)
    assert mode(target) == 0o600
    home.write_private(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_is_there_stays_when_it_is_only_to_be_created(tmp_path: Path) -> None:
    target = tmp_path / "secret"
    assert home.create_private(target, b"first")
    assert not home.create_private(target, b"second")
    assert target.read_bytes() == b"first"
    assert mode(target) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def _create(target: Path, number: int) -> bool:
    return home.create_private(target, str(number).encode())


def test_of_many_that_create_at_once_one_wins(tmp_path: Path) -> None:
    target = tmp_path / "secret"
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        won = pool.starmap(_create, [(target, number) for number in range(20)])
    assert won.count(True) == 1
    assert target.read_text() == str(won.index(True))


def test_a_file_is_never_seen_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "secret"
    home.write_private(target, b"whole")

    def die(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", die)
    with pytest.raises(OSError, match="No space"):
        home.write_private(target, b"half")
    assert target.read_bytes() == b"whole"
