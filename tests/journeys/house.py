"""A house of its own for a test: the real command line, the real embedded server, a folder of files."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tests.house.plan import ROOT

TAKHAI = Path(sys.executable).with_name("takhai")
COMPLETE, WAITING = 0, 3


@dataclass
class House:
    """``home`` is TAKHAI_HOME, ``files`` the round's folder."""

    home: Path
    files: Path
    round: str = "2563-2"
    inside: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DATABASE", "COV", "PYTEST", "DJANGO"))
        }
        return kept | {"TAKHAI_HOME": str(self.home), "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "200"}

    def country(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "country", *words], env=self.environment, check=True, capture_output=True
        )

    def write_files(self, *, pupils: int, seed: int, province: str = "81") -> None:
        chosen = ("--pupils", str(pupils), "--seed", str(seed), "--province", province)
        self.country("--out", str(self.files), "--round", self.round, *chosen)

    def write_next(self, after: Path) -> None:
        """The files of the round after, for the same children one term older."""
        self.country("--out", str(self.files), "--round", self.round, "--after", str(after))

    def answer(self) -> None:
        self.country("answer", str(self.files))

    def takhai(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(TAKHAI), *words], env=self.environment, capture_output=True, text=True, check=False
        )

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.takhai("semester", "run", self.round, "--from", str(self.files), *words)

    def finish(self) -> dict[str, Any]:
        """Runs and answers in turns until the round is complete; its summary."""
        summary = self.files / "summary.json"
        for _ in range(8):
            done = self.run("--json", str(summary))
            if done.returncode == COMPLETE:
                return dict(json.loads(summary.read_text("utf-8")))
            assert done.returncode == WAITING, done.stderr[-2000:]
            self.answer()
        raise AssertionError("the round waits for ever")

    def begin(self, step: str, group: str) -> subprocess.Popen[bytes]:
        """Starts one step of a group and leaves it alone; what it says goes to a file."""
        words = [str(TAKHAI), "semester", step, self.round, "--from", str(self.files), "--group", group]
        with self.saying.open("wb") as said:
            return subprocess.Popen(words, env=self.environment, stdout=subprocess.DEVNULL, stderr=said)

    @property
    def saying(self) -> Path:
        return self.files.with_suffix(".said")

    def told(self) -> str:
        """What the run that was begun last has said so far."""
        return self.saying.read_text("utf-8", "replace")

    def last_step(self) -> str:
        """The step whose unit it began last, "" before the first."""
        return (self.told().splitlines() or [""])[-1].split(" ", 1)[0]

    def kill(self, *first: int) -> None:
        """SIGKILL to every process of this house: ``first`` at once, then the server and what else there is."""
        for pid in [*first, *self.processes()]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def processes(self) -> list[int]:
        """Processes whose command line or environment names this home, but not this test."""
        found = []
        for process in psutil.process_iter(["pid"]):
            try:
                named = [*process.cmdline(), process.environ().get("TAKHAI_HOME", "")]
            except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
                continue
            if process.pid != os.getpid() and any(str(self.home) in word for word in named):
                found.append(process.pid)
        return found


def without_times(summary: dict[str, Any]) -> dict[str, Any]:
    """The summary but for what may differ between two homes: where the report lies."""
    return {key: value for key, value in summary.items() if key != "report"}
