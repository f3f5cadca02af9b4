"""The locks name versions and hashes, never a host; the second install is the first."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)( ; .+)? \\$", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return {found[1]: found[2] for found in PIN.finditer((ROOT / "requirements" / name).read_text())}


def test_there_is_a_lock_for_each_list() -> None:
    assert [path.stem for path in LOCKS] == sorted(path.stem for path in (ROOT / "requirements").glob("*.in"))


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_a_lock_holds_nothing_but_pins_and_hashes(path: Path) -> None:
    for line in path.read_text().splitlines():
        assert (
            PIN.match(line)
            or re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line)
            or line.startswith("#")
        ), line


@pytest.mark.parametrize(
    "path", [*LOCKS, ROOT / "frontend" / "package-lock.json"], ids=lambda path: path.name
)
def test_no_lock_names_a_host(path: Path) -> None:
    assert not re.search(r"\w+://(?!.*funding)", re.sub(r'"url": "[^"]*"', "", path.read_text()))
    assert "resolved" not in path.read_text()


def test_the_tools_of_developers_stand_on_the_same_base() -> None:
    base, dev = pins("base.txt"), pins("dev.txt")
    assert base
    assert {name: dev.get(name) for name in base} == base


def test_every_package_of_the_screens_has_its_hash() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text())
    bare = [name for name, entry in lock["packages"].items() if name and "integrity" not in entry]
    assert bare == []


def test_what_the_lists_ask_for_is_in_the_locks() -> None:
    for name in ("base", "dev"):
        wanted = re.findall(
            r"^([a-z0-9-]+)", (ROOT / "requirements" / f"{name}.in").read_text(), re.MULTILINE
        )
        assert set(wanted) - {"-r"} - pins(f"{name}.txt").keys() - {""} == set()
