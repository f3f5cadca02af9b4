"""``make run``: a whole semester of one province, against a synthetic country that answers in turns."""

import shutil
import subprocess
import sys
from pathlib import Path

from takhai.platform import home
from takhai.platform.problems import Refusal
from takhai.semester.commands import COMPLETE, WAITING, run_round
from takhai.site import keys, migrations

ROUND = "2563-2"
TURNS = 8


def run(*, province: str, seed: int, fresh: bool) -> int:
    """Writes the country's files once, then runs and answers in turns; the last exit status.

    A finished round prints its summary again. ``fresh`` forgets everything of this home first.
    """
    if fresh:
        _forget()
        migrations.migrate()
        keys.ready()
    files = home.folder("demo") / f"{ROUND}-{province}-{seed}"
    if not files.is_dir():
        draft = files.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        _country("--out", str(draft), "--round", ROUND, "--province", province, "--seed", str(seed))
        draft.rename(files)
    status = WAITING
    for _ in range(TURNS):
        status = run_round(ROUND, files, out=files / "summary.json")
        if status != WAITING:
            break
        before = _answers(files)
        _country("answer", str(files))
        if _answers(files) == before:
            break
    if status == COMPLETE:
        sys.stdout.write(f"truth: takhai semester check --truth {files / 'truth.json'}\n")
    return status


def _answers(files: Path) -> list[tuple[str, int]]:
    return sorted((path.name, path.stat().st_size) for path in (files / "answers").glob("*"))


def _country(*words: str) -> None:
    # The country must not be able to lean on us: it runs as a program of its own.
    if subprocess.run([sys.executable, "-m", "country", *words], check=False).returncode:
        raise Refusal("country_failed")


def _forget() -> None:
    migrations.forget()
    for name in ("demo", "out", "intake", "reports"):
        shutil.rmtree(home.path() / name, ignore_errors=True)
