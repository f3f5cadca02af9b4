"""Runs a round by its calendar: each group goes its own way and waits for nobody else."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from takhai.access.scope import system_scope
from takhai.platform.exchange import Folder
from takhai.platform.problems import Refusal
from takhai.platform.steps import Per, Progress, Step, Waiting, closed, run_step, task_name
from takhai.policy import RoundPolicy, for_round
from takhai.semester import arrivals
from takhai.semester.job import DATE, Job
from takhai.semester.steps import STEPS
from takhai.thai.calendar import Term

COMPLETE, WAITING = "complete", "waiting"
Tell = Callable[[Progress], Any]


@dataclass(frozen=True, slots=True)
class Wait:
    """A group that stands still before a step, and what it waits for."""

    step: str
    group: str
    on: str
    detail: str


def line_up(policy: RoundPolicy) -> list[tuple[Step[Job], str]]:
    """(step, group) of a round in the order of their days; the round's own steps have the group "".

    Steps that the round's policy skips are not among them.
    """
    pairs = [
        (step, group)
        for step in STEPS
        for group in (("",) if step.per is Per.ROUND else policy.groups)
        if step.only in {"", group} and step.name not in policy.skipped_steps
    ]
    order = {step.name: at for at, step in enumerate(STEPS)}
    return sorted(pairs, key=lambda pair: (policy.as_of(pair[0].name, pair[1]), order[pair[0].name]))


def run(
    *, term: Term, folder: Folder, until: date, only: tuple[str, str] | None = None, tell: Tell
) -> list[Wait]:
    """Runs what is left of the round and returns what it waits for; nothing when it is complete.

    ``until`` is the last day that has come: later windows wait. ``only`` names one (step, group).
    Raises LawBroken where the law does not hold and Refusal where an input is refused; what was
    committed before stays.
    """
    policy = for_round(term)
    scope = system_scope(reason=f"semester {term}")
    job = Job(
        round=term, group="", as_of=term.first_day, policy=policy, folder=folder, scope=scope, by="semester"
    )
    waits: list[Wait] = []
    for step, group in line_up(policy):
        stopped = {wait.group for wait in waits}
        if group in stopped or "" in stopped or (stopped and step.per is Per.ROUND):
            continue
        if only is not None and (step.name, group) != only:
            continue
        day = policy.as_of(step.name, group)
        now = replace(job, group=group, as_of=day, by=f"semester {step.name}")
        try:
            _run_one(step=step, job=now, until=until, tell=tell)
        except Waiting as waiting:
            waits.append(Wait(step=step.name, group=group, on=waiting.on, detail=waiting.detail))
    _arrived(replace(job, as_of=until))
    return waits


def given_to(*, step: Step[Job], group: str, policy: RoundPolicy) -> tuple[int, int] | None:
    """(rows, satang) that the step before let out for this group; None for the first step.

    Raises Refusal ``step_out_of_turn`` while a step that must come before is not finished.
    """
    line = line_up(policy)
    before = line[: line.index((step, group))]
    # A group looks at its own way; what speaks for the whole round comes after all groups.
    lane = [(other, whose) for other, whose in before if not group or whose in {"", group}]
    given = None
    for other, whose in lane:
        flow = closed(task=task_name(key=str(policy.term), group=whose, step=other.name))
        if flow is None:
            raise Refusal("step_out_of_turn", step=step.name, before=other.name)
        given = (flow.to[group], 0) if flow.to and group else (flow.out, flow.satang_out)
    return given


def _run_one(*, step: Step[Job], job: Job, until: date, tell: Tell) -> None:
    task = task_name(key=str(job.round), group=job.group, step=step.name)
    if closed(task=task) is None and job.as_of > until:
        raise Waiting(on=DATE, detail=job.as_of.isoformat())
    _arrived(job)
    given = given_to(step=step, group=job.group, policy=job.policy)
    run_step(step=step, job=job, task=task, by=job.by, given=given, group=job.group, tell=tell)


def _arrived(job: Job) -> None:
    """What came in by the job's day and belongs to no step."""
    arrivals.corrections(replace(job, group=""))
    for group in job.policy.groups:
        own = replace(job, group=group)
        arrivals.late_forms(own)
        arrivals.late_verdicts(own)
        arrivals.late_results(own)
        arrivals.returns(own)
