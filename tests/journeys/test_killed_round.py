"""A round whose whole process tree is killed again and again ends as if nothing had happened."""

import json
import os
import random
import time
from pathlib import Path

from tests.journeys.house import House, without_times

INSIDE = ("intake", "entitle", "order", "reconcile")
PLAN = (
    "intake",
    "intake",
    "intake",
    "identity",
    "group",
    "entitle",
    "entitle",
    "order",
    "order",
    "reconcile",
    "reconcile",
    "recover",
)


def attempts(house: House) -> dict[str, int]:
    """Step -> the most often that one of its units was begun."""
    told = house.takhai("semester", "progress", house.round, "--json")
    assert told.returncode == 0, told.stderr[-2000:]
    most: dict[str, int] = {}
    for unit in json.loads(told.stdout):
        step = str(unit["task"]).rsplit("/", 1)[1]
        most[step] = max(most.get(step, 0), int(unit["attempts"]))
    return most


def kill_inside(house: House, step: str, delay: float) -> str:
    """Kills everything ``delay`` seconds after a unit of the step was begun; answers whoever is asked first."""
    for _ in range(8):
        hit = house.run_and_kill(
            when=lambda line: line.startswith(f"{step} ") and " closed " not in line, delay=delay
        )
        if hit is not None:
            return hit
        house.answer()
    raise AssertionError(f"{step} never began")


def test_a_round_killed_again_and_again_is_paid_as_if_it_had_never_been(house: House, tmp_path: Path) -> None:
    seed = int(os.environ.get("TAKHAI_SEED", time.time_ns() % 100_000))
    print(f"seed {seed}")  # noqa: T201 - so that a failure can be repeated
    roll = random.Random(seed)
    calm = House(home=tmp_path / "calm-home", files=tmp_path / "calm-files")
    calm.write_files(pupils=2000, seed=seed)
    undisturbed = calm.finish()
    calm.kill()
    house.write_files(pupils=2000, seed=seed)

    for number, step in enumerate(PLAN, start=1):
        hit = kill_inside(house, step, delay=roll.uniform(0, 0.01))
        verified = house.takhai("ledger", "verify")
        assert verified.returncode == 0, f"after kill {number} ({hit}): {verified.stdout}{verified.stderr}"

    struck = {step for step, most in attempts(house).items() if most > 1}
    print(f"killed {len(PLAN)} times, inside {sorted(struck)}")  # noqa: T201
    assert struck >= set(INSIDE), "a kill came too late to be inside its step"
    assert without_times(house.finish()) == without_times(undisturbed)
    assert house.takhai("ledger", "verify").returncode == 0
