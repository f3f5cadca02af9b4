"""Processes that were written down are found again, and never anybody else's."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from takhai.site import leftovers
from takhai.site.leftovers import Recorded

DEAF = """
import signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(1, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def stranger() -> Iterator[psutil.Process]:
    process = subprocess.Popen(["sleep", "60"])
    yield psutil.Process(process.pid)
    process.kill()
    process.wait()


@pytest.mark.parametrize("lie", ["started", "command"])
def test_a_process_id_that_belongs_to_somebody_else_by_now_is_left_alone(
    stranger: psutil.Process, lie: str
) -> None:
    (true,) = leftovers.family(stranger.pid)
    false = {
        "started": Recorded(true.pid, true.started - 1, true.command),
        "command": Recorded(true.pid, true.started, ("granian", "takhai.site.wsgi:application")),
    }[lie]
    assert leftovers.end([false]) == 0
    assert stranger.is_running()
    assert leftovers.end([true]) == 1


def test_a_stubborn_leftover_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "_PATIENCE", 0.2)
    deaf = subprocess.Popen(
        [sys.executable, "-c", DEAF],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert deaf.stdout is not None
    deaf.stdout.readline()
    assert leftovers.end(leftovers.family(deaf.pid)) == 1
    deaf.communicate()
    assert deaf.returncode == -signal.SIGKILL


def test_what_is_gone_is_no_error(tmp_path: Path) -> None:
    gone = Recorded(2**22 - 3, 1.0, ("gone",))
    assert leftovers.end([gone]) == 0
    assert leftovers.family(gone.pid) == ()
    assert leftovers.read(tmp_path / "none.json") == ("", ())


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"address": "x", "processes": [{}]}', '{"address": "x", "processes": 1}']
)
def test_half_a_record_is_no_record(tmp_path: Path, content: str) -> None:
    file = tmp_path / "serve.json"
    file.write_text(content)
    assert leftovers.read(file) == ("", ())


def test_a_record_is_read_as_it_was_written(tmp_path: Path, stranger: psutil.Process) -> None:
    file = tmp_path / "serve.json"
    processes = leftovers.family(stranger.pid)
    leftovers.write(file, address="http://127.0.0.1:1/", processes=processes)
    assert leftovers.read(file) == ("http://127.0.0.1:1/", processes)
    assert file.stat().st_mode & 0o777 == 0o600
    assert json.loads(file.read_text())["processes"][0]["pid"] == stranger.pid


def test_a_dead_child_that_nobody_took_leave_of_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "_PATIENCE", 60.0)
    child = subprocess.Popen(["sleep", "60"])
    family = leftovers.family(child.pid)
    assert leftovers.end(family) == 1
    assert os.waitpid(child.pid, 0)[1] == signal.SIGTERM
    child.returncode = -signal.SIGTERM
