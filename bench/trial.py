"""One trial: a fresh home, a round from its files to its end, the seconds of every step and unit."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psutil
import psycopg

from bench.stopwatch import MARK
from takhai.site.embedded import places
from takhai.site.embedded.server import SETTINGS, Server

ROOT: Final = Path(__file__).resolve().parents[1]
TAKHAI: Final = Path(sys.executable).with_name("takhai")
ROUND: Final = "2563-2"
COMPLETE, WAITING = 0, 3
_TURNS: Final = 8
_EVERY: Final = 0.05
DURABLE: Final = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
SHOWN: Final = ("wal_level", "shared_buffers", "work_mem", "max_wal_size", "checkpoint_timeout", "jit")


@dataclass
class Trial:
    """A round in a home of its own.

    Seconds and MiB are kept by step, ``units`` are seconds by (step, unit). ``outside`` is what the turns
    took beside the steps: start of the program, summary, report.
    """

    folder: Path
    seconds: dict[str, float] = field(default_factory=dict)
    units: dict[tuple[str, str], float] = field(default_factory=dict)
    mib: dict[str, int] = field(default_factory=dict)
    outside: float = 0.0
    _step: str = ""

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def places(self) -> places.Places:
        return places.of(self.folder / "home")

    @property
    def environment(self) -> dict[str, str]:
        # What the caller's shell says of databases and homes is not what we measure.
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "DJANGO"))
        }
        paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        return kept | {"TAKHAI_HOME": str(self.places.home), "PYTHONPATH": paths}

    @contextmanager
    def root_link(self) -> Iterator[psycopg.Connection[Any]]:
        """A session that may CHECKPOINT, on the server as served, which is up for as long as the block runs."""
        root = self.places.url(role=places.ROOT)
        with Server(places=self.places).using(), psycopg.connect(root, autocommit=True) as link:
            yield link

    def prepare(self, *, country: Mapping[str, str]) -> None:
        """Writes the country's files and brings the tables of the home up to date; nothing of it is timed."""
        options = [word for name, value in country.items() for word in (f"--{name}", value)]
        self._run(sys.executable, "-m", "country", "--out", str(self.files), "--round", ROUND, *options)
        self._run(str(TAKHAI), "db", "migrate")

    def walk(self) -> None:
        """Runs and answers in turns until the round is complete."""
        for _ in range(_TURNS):
            status = self._turn()
            if status == COMPLETE:
                return
            if status != WAITING:
                raise SystemExit(f"the round ended with {status}")
            self._run(sys.executable, "-m", "country", "answer", str(self.files))
        raise SystemExit("the round waits for ever")

    def _run(self, *words: str) -> None:
        subprocess.run(words, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def _turn(self) -> int:
        words = [sys.executable, "-m", "bench.stopwatch", ROUND, str(self.files)]
        began, counted = time.perf_counter(), sum(self.seconds.values())
        process = subprocess.Popen(
            words, env=self.environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        assert process.stderr is not None
        over = threading.Event()
        watch = threading.Thread(target=self._watch, args=(psutil.Process(process.pid), over), daemon=True)
        watch.start()
        try:
            self.hear(process.stderr)
            status = process.wait()
        finally:
            process.terminate()
            process.wait()
            over.set()
            watch.join()
        self.outside += time.perf_counter() - began - (sum(self.seconds.values()) - counted)
        return status

    def hear(self, lines: Iterable[str]) -> None:
        """Takes what a turn tells on standard error; what is neither line nor stopwatch is passed on."""
        running: tuple[str, str, float] | None = None
        for line in lines:
            now = time.perf_counter()
            match line.split():
                case [mark, step, _, "begins"] if mark == MARK:
                    self._step, running = step, None
                case [mark, step, _, took] if mark == MARK:
                    self.seconds[step] = self.seconds.get(step, 0.0) + float(took)
                    self._step, running = "", None
                case [step, _, unit, tally] if "/" in tally:
                    if running is not None:
                        self.units[running[:2]] = now - running[2]
                    running = (step, unit, now)
                case _:
                    sys.stderr.write(line)

    def _watch(self, process: psutil.Process, over: threading.Event) -> None:
        """The most memory of the program and of the children that read workbooks for it."""
        while not over.wait(_EVERY):
            # A child may end, and the program too, between being named and being asked.
            with suppress(psutil.NoSuchProcess):
                whole = [process, *process.children(recursive=True)]
                mib = sum(each.memory_info().rss for each in whole) // 2**20
                self.mib[self._step] = max(self.mib.get(self._step, 0), mib)


def settings(*, link: psycopg.Connection[Any]) -> dict[str, str]:
    """The settings that matter, as this server holds them; refused when they are not as served."""
    wanted = DURABLE | {name: SETTINGS[name] for name in SHOWN}
    held = {name: link.execute("SELECT current_setting(%s)", (name,)).fetchone() for name in wanted}
    found = {name: row[0] for name, row in held.items() if row}
    if found != wanted:
        raise SystemExit(f"refused: not measured as served: {found}")
    return found
