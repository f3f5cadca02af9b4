"""What a recorded process id is now. A number alone proves nothing: it may be anybody's."""

import os
import signal
import time
from enum import Enum
from pathlib import Path
from typing import Final

import psutil

_MOMENT: Final = 0.02
_LARGEST: Final = 2**31


class Holder(Enum):
    """Who bears the process id in ``postmaster.pid``."""

    NOBODY = "nobody"
    FOREIGN = "foreign"
    OURS = "ours"


def postmaster(*, pid_file: Path) -> int | None:
    """The process id in the server's own file, if the file can be read."""
    try:
        pid = int(pid_file.read_text("ascii").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if 0 < pid < _LARGEST else None


def holder(*, pid: int, data: Path) -> Holder:
    """Whether a live postmaster of this data folder bears the id; a zombie is nobody."""
    reap(pid)
    try:
        process = psutil.Process(pid)
        if process.status() in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD):
            return Holder.NOBODY
        words = process.cmdline()
    except psutil.NoSuchProcess:
        return Holder.NOBODY
    except psutil.AccessDenied:
        return Holder.FOREIGN
    return (
        Holder.OURS
        if str(data) in words and any(Path(word).name == "postgres" for word in words)
        else Holder.FOREIGN
    )


def reap(pid: int) -> None:
    """Take leave of a dead child, which else stays a zombie for as long as we live."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def end_orphans(*, data: Path, patience: float = 5.0) -> None:
    """Wait for servers' helpers whose postmaster is dead, then end them.

    A new postmaster beside a busy old backend would write the same files.
    """
    deadline = time.monotonic() + patience
    while orphans := _helpers(data):
        if time.monotonic() > deadline:
            for pid in orphans:
                _kill(pid)
        time.sleep(_MOMENT)


def _helpers(data: Path) -> list[int]:
    found, here = [], data.resolve()
    for process in psutil.process_iter(["name", "status"]):
        if process.info["name"] != "postgres" or process.info["status"] == psutil.STATUS_ZOMBIE:
            continue
        try:
            if Path(process.cwd()) == here:
                found.append(process.pid)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
