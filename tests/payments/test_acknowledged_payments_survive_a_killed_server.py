"""A payment that was acknowledged is there, exactly once, however often the server is killed under it.

A server of its own is killed with all its children by SIGKILL while several processes pay one pupil after the
other; each notes outside the database what was acknowledged to it. Whoever did not hear an answer pays again, so
a payment may have been made unheard, but never twice. Nothing here asks the server how it is set up.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from takhai.site.embedded import places
from takhai.site.embedded.server import Server

KILLS = 6
PAYERS = 3
PUPILS = 1_200
# Acknowledgements of the last moment before a kill, all kills together: too few would prove nothing.
MOMENT, AT_LEAST_IN_FLIGHT = 0.5, 18
AT_LEAST_ACKNOWLEDGED = 100
ROOT = Path(__file__).resolve().parents[2]
MUTANTS: Mapping[str, Mapping[str, str]] = {
    "async-commit": {
        "synchronous_commit": "off",
        "wal_writer_delay": "10000ms",
        "wal_writer_flush_after": "1GB",
    }
}


@dataclass
class Payers:
    """The processes that pay and what they were told."""

    home: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        share = PUPILS // PAYERS
        for at in range(PAYERS):
            words = ["pay", str(at * share), str((at + 1) * share), str(self.home / f"told-{at}")]
            self.running.append(payer(self.home, *words))

    def acknowledged(self) -> list[tuple[str, float]]:
        """(person, time) of every acknowledgement, whole lines only."""
        lines = [
            line.split()
            for path in sorted(self.home.glob("told-*"))
            for line in path.read_text("ascii").splitlines(keepends=True)
            if line.endswith("\n")
        ]
        return [(person, float(moment)) for person, moment in lines]

    def end(self) -> None:
        for process in self.running:
            process.kill()
            process.wait()


def payer(home: Path, *words: str, **options: int) -> "subprocess.Popen[bytes]":
    """A process of its own with that home."""
    environment = os.environ | {"TAKHAI_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "tests.payments.payer", *words]
    return subprocess.Popen(command, cwd=ROOT, env=environment, **options)


def kill(server: Server) -> None:
    """SIGKILL for the postmaster and all its children, so that nobody can tidy up."""
    postmaster = psutil.Process(int(server.places.pid_file.read_text("ascii").split("\n", 1)[0]))
    family = [postmaster, *postmaster.children(recursive=True)]
    for process in family:
        try:
            os.kill(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


@contextmanager
def own_server(home: Path, mutant: str | None) -> Iterator[Server]:
    server = Server(
        places=places.of(home), extra_settings={"shared_buffers": "64MB", **MUTANTS.get(mutant or "", {})}
    )
    server.ensure()
    try:
        yield server
    finally:
        server.ensure()
        server.stop()


def wait_until_paying(payers: Payers, more_than: int) -> None:
    """All payers are at it again, and enough was acknowledged since."""
    deadline = time.monotonic() + 90
    while len(payers.acknowledged()) < more_than:
        assert time.monotonic() < deadline, "nobody pays"
        time.sleep(0.01)


def test_every_acknowledged_payment_survives_sigkill_of_the_whole_server_exactly_once(
    tmp_path_factory: pytest.TempPathFactory, mutant: str | None
) -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    sys.stdout.write(f"seed {seed}\n")
    draw = random.Random(seed)
    home = tmp_path_factory.mktemp("killed")
    with own_server(home, mutant) as server:
        assert payer(home, "prepare", str(PUPILS)).wait(120) == 0
        payers = Payers(home)
        payers.start()
        in_flight = 0
        try:
            for _ in range(KILLS):
                wait_until_paying(payers, len(payers.acknowledged()) + draw.randrange(15, 40))
                kill(server)
                now = time.time()
                in_flight += sum(1 for _, moment in payers.acknowledged() if moment > now - MOMENT)
                server.ensure()
        finally:
            payers.end()
        told = payer(home, "tell", stdout=subprocess.PIPE)
        answer, _ = told.communicate(timeout=120)
        known = json.loads(answer)
    acknowledged = {person for person, _ in payers.acknowledged()}
    lost = acknowledged - known["paid"].keys()
    assert lost == set(), f"{len(lost)} of {len(acknowledged)} acknowledged payments are lost"
    assert {tuple(times) for times in known["paid"].values()} == {(1, 1)}
    assert known["wrong"] == []
    unheard = len(known["paid"].keys() - acknowledged)
    assert unheard <= PAYERS
    assert len(acknowledged) >= AT_LEAST_ACKNOWLEDGED
    assert in_flight >= AT_LEAST_IN_FLIGHT
