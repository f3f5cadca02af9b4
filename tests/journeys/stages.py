"""One small round walked once and kept at every place where it stops; a test takes a copy of the place it needs."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.journeys.house import COMPLETE, WAITING, House, without_times

# Where the round stands: nothing read yet, and then what its old group waits for; at last the new one.
EMPTY, SIGNATURES, BANK, CASH, LAST_CASH, DONE = "empty", "signatures", "bank", "cash", "last cash", "done"


OpenAt = Callable[[str], House]


@dataclass(frozen=True)
class Stages:
    """``root`` holds a house for each place, its server stopped."""

    root: Path

    def at(self, place: str, into: Path) -> House:
        """A copy of the house as it stood there; what it is asked for next has been answered."""
        copy = _copy(self.root / place, into / "house")
        return House(home=copy / "home", files=copy / "files")

    def undisturbed(self, place: str) -> dict[str, Any]:
        """The summary of a round that came as far as this place and met nothing bad."""
        summary = json.loads((self.root / place / "files" / "summary.json").read_text("utf-8"))
        return without_times(summary)


def walk(root: Path, *, seed: int) -> Stages:
    """Walks a round of 200 pupils, answering what is asked, and keeps each place under ``root``."""
    house = House(home=root / EMPTY / "home", files=root / EMPTY / "files")
    house.write_files(pupils=200, seed=seed)
    assert house.takhai("db", "migrate").returncode == COMPLETE
    here = EMPTY
    for there in (SIGNATURES, BANK, CASH, LAST_CASH, DONE):
        copy = _copy(root / here, root / there)
        house = House(home=copy / "home", files=copy / "files")
        done = house.run("--json", str(house.files / "summary.json"))
        assert done.returncode == (COMPLETE if there == DONE else WAITING), done.stderr[-2000:]
        if there != DONE:
            house.answer()
        here = there
    return Stages(root)


def _copy(place: Path, to: Path) -> Path:
    """With owners and modes: the server's files may belong to nobody else."""
    subprocess.run(["cp", "-a", str(place), str(to)], check=True)
    return to
