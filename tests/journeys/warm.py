"""The command line of one house with its libraries loaded: every command is a process of its own, forked.

Loading takes two seconds and most hostile files are refused in a tenth of one. What runs is
``takhai.site.cli.main``, as in the product, with its own standard output, error output and exit status.
"""

import contextlib
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from takhai.site.embedded import places
from tests.house.plan import ROOT
from tests.journeys.house import House

LOADED = ("takhai.semester.commands", "takhai.platform.intake.workbook", "rich.console", "typer.main")


@dataclass(frozen=True)
class Told:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Warm:
    """A house whose server is up and whose commands begin at once."""

    house: House
    process: subprocess.Popen[str]

    def takhai(self, *words: str) -> Told:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        status = int(self.process.stdout.readline())
        out, err = (self.house.home / name for name in ("told.out", "told.err"))
        return Told(status, out.read_text("utf-8"), err.read_text("utf-8"))

    def run(self, *words: str) -> Told:
        return self.takhai("semester", "run", self.house.round, "--from", str(self.house.files), *words)

    def census(self) -> dict[str, int]:
        """Rows by table; of work only what is done, since a unit that was refused stays begun."""
        with psycopg.connect(places.of(self.house.home).url(role=places.OWNER)) as link:
            names = link.execute(
                "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
            ).fetchall()
            each = [
                sql.SQL("select {}, count(*) from {}{}").format(
                    name, sql.Identifier(name), sql.SQL(" where state = 'done'" * (name == "work_unit"))
                )
                for (name,) in names
            ]
            return dict(link.execute(sql.SQL(" union all ").join(each)).fetchall())


@contextlib.contextmanager
def warm(house: House) -> Iterator[Warm]:
    """The house with its command line loaded and its server up; both end with the block."""
    process = subprocess.Popen(
        [sys.executable, "-P", str(Path(__file__)), str(house.home)],
        env=house.environment | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Warm(house, process)
        assert process.stdin is not None
        process.stdin.close()


def serve(home: Path) -> None:
    """Reads commands, one a line, and answers each with the exit status of a fork that ran it."""
    import django

    from takhai.site import embedded

    os.environ["DJANGO_SETTINGS_MODULE"] = "takhai.site.settings"
    answers = os.fdopen(os.dup(1), "w")
    with embedded.using():
        django.setup()
        for name in LOADED:
            importlib.import_module(name)
        answers.write("ready\n")
        answers.flush()
        for line in sys.stdin:
            child = os.fork()
            if child == 0:
                _run(home, json.loads(line))
            _, ended = os.waitpid(child, 0)
            answers.write(f"{os.waitstatus_to_exitcode(ended)}\n")
            answers.flush()


def _run(home: Path, words: list[str]) -> None:
    """The command in this fork, which never returns to the loop it came from."""
    status = 1
    try:
        for number, name in ((1, "told.out"), (2, "told.err")):
            handle = os.open(home / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(handle, number)
        status = importlib.import_module("takhai.site.cli").main(words)
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else 1
    except BaseException:  # noqa: BLE001 - a test must see the frames of whatever gets this far
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
