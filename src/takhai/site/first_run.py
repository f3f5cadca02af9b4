"""``make run``: whole semesters of one province, against a synthetic country that answers in turns."""

import shutil
import subprocess
import sys
from pathlib import Path

from takhai.platform import home
from takhai.platform.problems import Refusal
from takhai.semester.commands import COMPLETE, WAITING, run_round
from takhai.site import keys, migrations
from takhai.thai.calendar import Term

ROUND = "2563-2"
TURNS = 8


def run(*, province: str, seed: int, fresh: bool, rounds: int) -> int:
    """Writes the country's files once, then runs and answers in turns; the last exit status.

    Of ``rounds`` rounds each begins when the one before is complete, on the same database. A finished
    round prints its summary again. ``fresh`` forgets everything of this home first.
    """
    if fresh:
        _forget()
        migrations.migrate()
        keys.ready()
    term, before = Term.parse(ROUND), None
    status = COMPLETE
    for _ in range(rounds):
        files = _files(term, province=province, seed=seed, before=before)
        status = _walk(term, files)
        if status != COMPLETE:
            break
        term, before = term.next(), files
    return status


def _files(term: Term, *, province: str, seed: int, before: Path | None) -> Path:
    """The country's files of a round, made whole or not at all; a later round is made after the one before."""
    files = home.folder("demo") / f"{term}-{province}-{seed}"
    if not files.is_dir():
        draft = files.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        began = ("--after", str(before)) if before else ("--province", province, "--seed", str(seed))
        _country("--out", str(draft), "--round", str(term), *began)
        draft.rename(files)
    return files


def _walk(term: Term, files: Path) -> int:
    status = WAITING
    for _ in range(TURNS):
        status = run_round(str(term), files, out=files / "summary.json")
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
