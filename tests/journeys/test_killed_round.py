"""A round whose whole process tree is killed again and again ends as if nothing had happened.

To be sure that a kill falls inside a step's transaction, the test locks a table that the step writes, waits
until the server itself says that somebody stands before the lock, and kills everything, the server first of all.
"""

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from takhai.site.embedded import places
from takhai.site.embedded.server import Server
from tests.journeys.house import House, without_times

# The step, and the table whose writing it is killed before: each a later point of the unit's transaction.
PLAN = (
    ("intake", "register_entry"),
    ("intake", "register_file"),
    ("identity", "identity_finding"),
    ("group", "fate"),
    ("entitle", "entitlement"),
    ("entitle", "movement"),
    ("assess", "form"),
    ("assess", "assessment"),
    ("order", "order_line"),
    ("order", "movement"),
    ("certify", "fate"),
    ("reconcile", "order_line"),
    ("reconcile", "movement"),
    ("recover", "movement"),
    ("comply", "compliance"),
)
BEFORE = {
    "identity": ("intake", ""),
    "group": ("identity", ""),
    "entitle": ("enrol", "old"),
    "assess": ("group", ""),
    "order": ("entitle", "old"),
    "certify": ("assess", "new"),
    "reconcile": ("order", "old"),
    "recover": ("reconcile", "old"),
}
GROUP = {"intake": "", "identity": "", "group": "", "assess": "new", "certify": "new", "comply": ""}
STANDING = """
SELECT count(*) FROM pg_locks
WHERE relation = %s::regclass AND mode = 'RowExclusiveLock' AND NOT granted
"""


@contextmanager
def barred(house: House, table: str) -> Iterator[psycopg.Connection[Any]]:
    """The house's server is up and nobody can write to the table; gives a session that can ask who waits."""
    where = places.of(house.home)
    with Server(places=where).using():
        url = where.url(role=places.OWNER)
        with psycopg.connect(url) as bar, psycopg.connect(url, autocommit=True) as asking:
            bar.execute(f"LOCK TABLE {table} IN SHARE MODE")
            yield asking


def finish_before(house: House, step: str) -> None:
    """Finishes the steps before, so that nobody else stands before the lock."""
    if step == "comply":
        finish_groups(house)
    if step not in BEFORE:
        return
    last, group = BEFORE[step]
    if step == "entitle":
        house.takhai("semester", "group", house.round, "--from", str(house.files))
    for _ in range(3):
        done = house.takhai("semester", last, house.round, "--from", str(house.files), "--group", group)
        if done.returncode == 0:
            return
        assert done.returncode == 3, done.stderr
        house.answer()


def finish_groups(house: House) -> None:
    """Both groups go all the way; the day of ``comply`` has not come."""
    for _ in range(4):
        assert house.run("--as-of", "2021-03-31").returncode == 3
        house.answer()


def kill_inside(house: House, step: str, table: str, pause: float) -> None:
    """Kills every process of the house while a unit of the step stands before writing to the table."""
    for _ in range(6):
        try:
            with barred(house, table) as asking:
                run = house.begin(step, GROUP.get(step, "old"))
                while run.poll() is None:
                    ((standing,),) = asking.execute(STANDING, (table,)).fetchall()
                    if standing:
                        # Of what a step fetches before its units nothing has been told yet.
                        assert house.last_step() in {step, ""}
                        time.sleep(pause)
                        house.kill(run.pid)
                        run.wait()
                        return
                    time.sleep(0.005)
                assert run.returncode == 3, house.told()
        except psycopg.OperationalError:
            return  # our own session died with the server, as it should
        house.answer()
    raise AssertionError(f"{step} never came to write {table}")


def test_a_round_killed_again_and_again_is_paid_as_if_it_had_never_been(house: House, tmp_path: Path) -> None:
    seed = int(os.environ.get("TAKHAI_SEED", time.time_ns() % 100_000))
    print(f"seed {seed}")  # noqa: T201 - so that a failure can be repeated
    roll = random.Random(seed)
    calm = House(home=tmp_path / "calm-home", files=tmp_path / "calm-files")
    calm.write_files(pupils=2000, seed=seed)
    undisturbed = calm.finish()
    calm.kill()
    house.write_files(pupils=2000, seed=seed)
    assert house.takhai("db", "migrate").returncode == 0

    for number, (step, table) in enumerate(PLAN, start=1):
        finish_before(house, step)
        kill_inside(house, step, table, pause=roll.uniform(0, 0.05))
        verified = house.takhai("ledger", "verify")
        assert verified.returncode == 0, f"after kill {number} in {step}: {verified.stdout}{verified.stderr}"

    assert without_times(house.finish()) == without_times(undisturbed)
    assert house.takhai("ledger", "verify").returncode == 0
