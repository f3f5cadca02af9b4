"""The office of a round in this process: a folder of files, the real runner, and a country that answers."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from country.__main__ import main as country
from takhai.access.scope import system_scope
from takhai.platform.exchange import Folder
from takhai.platform.sets import fetch
from takhai.platform.steps import Progress
from takhai.policy import for_round
from takhai.semester import runner
from takhai.semester.job import Job
from takhai.semester.runner import Wait
from takhai.semester.summary import summary
from takhai.thai.calendar import Term

ROUND = Term(2563, 2)
# Every window of the round, and every answer to it, lies before this day.
AFTERWARDS = date(2021, 12, 31)


@dataclass
class Office:
    """``root`` is the round's folder; ``heard`` what the runner told while it ran."""

    root: Path
    heard: list[Progress] = field(default_factory=list)

    @property
    def folder(self) -> Folder:
        return Folder(self.root)

    def run(self, *, until: date = AFTERWARDS, only: tuple[str, str] | None = None) -> list[Wait]:
        return runner.run(term=ROUND, folder=self.folder, until=until, only=only, tell=self.heard.append)

    def answer(self) -> None:
        """Everybody who was asked answers."""
        assert country(["answer", str(self.root)]) == 0

    def until_it_waits_for(self, on: str) -> "Office":
        """Runs and answers in turns until the old group waits for that."""
        for _ in range(5):
            waits = self.run()
            if [wait.on for wait in waits if wait.group == "old"] == [on]:
                return self
            self.answer()
        raise AssertionError(f"the round never waits for {on}")

    def finish(self) -> "Office":
        """Runs and answers in turns until nothing is left."""
        for _ in range(8):
            if not self.run():
                return self
            self.answer()
        raise AssertionError("the round waits for ever")

    def told(self) -> dict[str, Any]:
        """The summary of the round."""
        return summary(term=ROUND, waits=[])

    def line(self, step: str, group: str = "") -> dict[str, Any]:
        """One step of the summary."""
        (found,) = [each for each in self.told()["steps"] if (each["step"], each["group"]) == (step, group)]
        return dict(found)

    def job(self, *, group: str = "old", as_of: date = AFTERWARDS) -> Job:
        return Job(
            round=ROUND,
            group=group,
            as_of=as_of,
            policy=for_round(ROUND),
            folder=self.folder,
            scope=system_scope(reason="test"),
            by="test",
        )

    def out(self, kind: str) -> Path:
        """A file that went out for the old group."""
        return self.root / "out" / f"{kind}-2563-2-old.csv"

    def answers(self, kind: str) -> Path:
        """A file that came in answer for the old group."""
        return self.root / "answers" / f"{kind}-2563-2-old.csv"


def count(sql: str, **params: object) -> int:
    """The one number of a SELECT."""
    ((number,),) = fetch(sql, **params)
    return int(str(number))
