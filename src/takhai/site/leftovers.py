"""Processes written down so that the next start can find and end them, and never anybody else's.

A process id may be given to another program; with its time of start and its command line it is a proof.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import psutil

from takhai.platform import home

_PATIENCE: Final = 5.0
_MOMENT: Final = 0.02


@dataclass(frozen=True, slots=True)
class Recorded:
    """One process as it was when it was written down."""

    pid: int
    started: float
    command: tuple[str, ...]


def family(pid: int) -> tuple[Recorded, ...]:
    """A process and all below it that live now."""
    found = []
    try:
        parent = psutil.Process(pid)
        members = [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return ()
    for process in members:
        try:
            found.append(Recorded(process.pid, process.create_time(), tuple(process.cmdline())))
        except psutil.NoSuchProcess:
            continue
    return tuple(found)


def write(file: Path, *, address: str, processes: Sequence[Recorded]) -> None:
    """Write down the address and the processes."""
    content = {"address": address, "processes": [asdict(process) for process in processes]}
    home.write_private(file, json.dumps(content).encode())


def read(file: Path) -> tuple[str, tuple[Recorded, ...]]:
    """The address and the processes; nothing when the file is not there or half a file."""
    try:
        content = json.loads(file.read_text("utf-8"))
        processes = tuple(
            Recorded(int(entry["pid"]), float(entry["started"]), tuple(entry["command"]))
            for entry in content["processes"]
        )
        return str(content["address"]), processes
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return "", ()


def end(processes: Sequence[Recorded]) -> int:
    """End those that still are what was written down, first by asking; how many there were."""
    alive = [process for recorded in processes if (process := _same(recorded)) is not None]
    for process in alive:
        _signal(process, kill=False)
    for process in _wait(alive):
        _signal(process, kill=True)
    _wait(alive)
    return len(alive)


def _wait(processes: Sequence[psutil.Process]) -> list[psutil.Process]:
    """Those that still live when patience ends. A zombie that nobody takes leave of is dead."""
    deadline = time.monotonic() + _PATIENCE
    while (living := [process for process in processes if _lives(process)]) and time.monotonic() < deadline:
        time.sleep(_MOMENT)
    return living


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _same(recorded: Recorded) -> psutil.Process | None:
    try:
        process = psutil.Process(recorded.pid)
        same = process.create_time() == recorded.started and tuple(process.cmdline()) == recorded.command
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None


def _signal(process: psutil.Process, *, kill: bool) -> None:
    try:
        if kill:
            process.kill()
        else:
            process.terminate()
    except psutil.NoSuchProcess:
        return
