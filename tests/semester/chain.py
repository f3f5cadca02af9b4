"""A made-up semester: steps without rules, over a calendar of the test's own, that note what they were told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from takhai.platform.exchange import Folder
from takhai.platform.flow import Flow
from takhai.platform.steps import Per, Progress, Step, Waiting
from takhai.policy import RoundPolicy, for_round
from takhai.policy.types import Window
from takhai.semester import runner, summary
from takhai.semester.job import Job
from takhai.semester.runner import Wait
from takhai.thai.calendar import Term

ROUND = Term(2563, 2)
START = date(2020, 12, 1)
END = date(2021, 12, 31)
OLD, NEW = 6, 4


def day(number: int) -> date:
    """The last day of the window that closes so many days after the start."""
    return START + timedelta(days=number)


@dataclass
class Chain:
    """Six steps: two of the round (``sort`` sends 6 old, 4 new), three of each group, one of the round again.

    ``silent`` are (step, group) pairs whose answer has not come; ``flows`` replaces what a step lets through.
    """

    monkeypatch: pytest.MonkeyPatch
    root: Path
    ran: list[tuple[str, str]] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    heard: list[Progress] = field(default_factory=list)
    silent: dict[tuple[str, str], str] = field(default_factory=dict)
    flows: dict[tuple[str, str], Flow] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lay(self.steps())
        self.plan(
            {
                ("", "come"): 1,
                ("", "sort"): 2,
                ("old", "list"): 3,
                ("old", "pay"): 5,
                ("new", "list"): 4,
                ("new", "pay"): 6,
                ("", "tell"): 9,
            }
        )

    def steps(self) -> tuple[Step[Job], ...]:
        return (
            self.step("come", Per.ROUND),
            replace(self.step("sort", Per.ROUND), to=("old", "new")),
            self.step("list", Per.GROUP),
            self.step("pay", Per.GROUP, waits_for="BANK"),
            replace(self.step("tell", Per.ROUND), chained=False),
        )

    def step(self, name: str, per: Per, *, only: str = "", waits_for: str = "") -> Step[Job]:
        return Step(
            name=name,
            per=per,
            only=only,
            waits_for=waits_for,
            before=lambda job: self._ask(name, job),
            units=lambda job: ["81"],
            run=lambda job, unit: self._run(name, job),
            drops=("gone",),
            holds=("doubtful",),
        )

    def lay(self, steps: Iterable[Step[Job]]) -> None:
        """Puts these steps in the place of ours."""
        for module in (runner, summary):
            self.monkeypatch.setattr(module, "STEPS", tuple(steps))

    def plan(
        self, days: Mapping[tuple[str, str], int], *, groups: tuple[str, ...] = ("old", "new")
    ) -> RoundPolicy:
        """A calendar: (group, step) -> how many days after the start its window closes, three days long."""
        windows = {key: Window(day(n - 2), day(n + 1)) for key, n in days.items()}
        policy = replace(for_round(ROUND), groups=groups, windows=MappingProxyType(windows))
        for module in (runner, summary):
            self.monkeypatch.setattr(module, "for_round", lambda term: policy)
        self.policy = policy
        return policy

    def run(self, *, until: date = END, only: tuple[str, str] | None = None) -> list[Wait]:
        return runner.run(
            term=ROUND, folder=Folder(self.root), until=until, only=only, tell=self.heard.append
        )

    def _ask(self, name: str, job: Job) -> None:
        if (name, job.group) in self.silent:
            raise Waiting(on="BANK", detail=self.silent[name, job.group])

    def _run(self, name: str, job: Job) -> Flow:
        self.ran.append((name, job.group))
        self.jobs.append(job)
        return self.flows.get((name, job.group)) or self._usual(name, job.group)

    def _usual(self, name: str, group: str) -> Flow:
        if name == "come":
            return Flow(joined=OLD + NEW + 1, out=OLD + NEW, dropped={"gone": 1})
        if name == "sort":
            return Flow(in_=OLD + NEW, out=OLD + NEW, to={"old": OLD, "new": NEW})
        if name == "tell":
            return Flow(joined=3, out=3)
        whole = OLD if group == "old" else NEW
        if name == "list":
            return Flow(
                in_=whole,
                out=whole - 1,
                held={"doubtful": 1},
                satang_joined=700,
                satang_out=500,
                satang_held={"doubtful": 200},
            )
        return Flow(in_=whole - 1, out=whole - 1, satang_in=500, satang_out=500)
