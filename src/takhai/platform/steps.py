"""Walks a chain of steps: units, checkpoints, the law and the chain, waiting. Knows no rule of any step.

A *lane* is one group's way through the steps ("" is the whole round). A step's units run one by one,
each in its transaction (:mod:`takhai.platform.work`); then the step is *closed* with the sum of its
flows. A closed step never reopens, so a run that was killed goes on where it stopped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from takhai.platform import statistics, work
from takhai.platform.flow import Flow, total

CLOSED = "closed"

Job = TypeVar("Job")


class Per(StrEnum):
    """Whether a step runs once for the round or once for each of its groups."""

    ROUND = "round"
    GROUP = "group"


class Waiting(Exception):
    """The step needs somebody or some day first; ``on`` names what, ``detail`` says it to a person."""

    def __init__(self, *, on: str, detail: str = "") -> None:
        super().__init__(on)
        self.on = on
        self.detail = detail


class LawBroken(Exception):
    """in + joined = out + dropped + held does not hold, or a step did not get what the one before gave."""

    def __init__(self, *, task: str, unit: str, sides: Sequence[str]) -> None:
        super().__init__(f"{task} {unit}: {', '.join(sides)}")
        self.task = task
        self.unit = unit
        self.sides = tuple(sides)


@dataclass(frozen=True, kw_only=True)
class Step(Generic[Job]):
    """One step of the chain.

    ``units(job)`` names its work units; ``run(job, unit)`` does one and returns its flow.
    ``before(job)`` fetches the answers of those who decide outside, or raises :class:`Waiting`.
    ``close(job)`` runs once, with the checkpoint that closes the step (freezing a list, for one).
    ``drops`` and ``holds`` are all reasons it may give, ``to`` the kinds it sorts who goes on into;
    ``chained`` is False for a count of its own.
    """

    name: str
    per: Per
    units: Callable[[Job], Sequence[str]]
    run: Callable[[Job, str], Flow]
    before: Callable[[Job], None] | None = None
    close: Callable[[Job], None] | None = None
    waits_for: str = ""
    only: str = ""
    drops: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    chained: bool = True


@dataclass(frozen=True, slots=True)
class Progress:
    """What the runner tells when it has begun a unit, and once more when all are ``done``."""

    step: str
    group: str
    unit: str
    done: int
    of: int


def task_name(*, key: str, group: str, step: str) -> str:
    """The task of a step in the work table; the round comes first."""
    return f"{key}/{group}/{step}"


def closed(*, task: str) -> Flow | None:
    """The sum of a closed step, None while it is open."""
    stored = work.results(task=task).get(CLOSED)
    return None if stored is None else Flow.from_json(stored)


def so_far(*, task: str) -> Flow:
    """The sum of the units that are finished: of a step that still runs."""
    return total(Flow.from_json(stored) for key, stored in work.results(task=task).items() if key != CLOSED)


def run_step(
    *,
    step: Step[Job],
    job: Job,
    task: str,
    by: str,
    given: tuple[int, int] | None,
    group: str = "",
    tell: Callable[[Progress], Any] = lambda progress: None,
) -> Flow:
    """Runs what is left of a step and closes it; at once when it is closed.

    ``given`` is (rows, satang) that the step before let out, None where there is nothing to compare.
    Raises Waiting and LawBroken; Refusal passes through from the services.
    """
    finished = closed(task=task)
    if finished is not None:
        return finished
    if step.before is not None:
        step.before(job)
    names = list(step.units(job))
    for at, name in enumerate(names):
        with work.unit(task=task, key=name, by=by) as unit:
            tell(Progress(step=step.name, group=group, unit=name, done=at, of=len(names)))
            if not unit.done:
                flow = _complete(step, step.run(job, name))
                _hold_the_law(task, name, flow)
                unit.finish(flow.to_json())
    tell(Progress(step=step.name, group=group, unit=CLOSED, done=len(names), of=len(names)))
    with work.unit(task=task, key=CLOSED, by=by) as unit:
        if not unit.done:
            flow = _complete(step, so_far(task=task))
            _hold_the_law(task, CLOSED, flow)
            _hold_the_chain(step, task, flow, given)
            if step.close is not None:
                step.close(job)
            unit.finish(flow.to_json())
    statistics.refresh()
    return Flow.from_json(unit.result)


def _complete(step: Step[Any], flow: Flow) -> Flow:
    """The flow with a zero for every reason the step knows; a reason it does not know breaks the law."""
    stray = [
        *(flow.dropped.keys() - set(step.drops)),
        *(flow.held.keys() - set(step.holds)),
        *(flow.to.keys() - set(step.to)),
    ]
    if stray:
        raise LawBroken(task=step.name, unit="", sides=[f"unknown reason {name}" for name in sorted(stray)])
    zeros = Flow(
        dropped=dict.fromkeys(step.drops, 0),
        held=dict.fromkeys(step.holds, 0),
        satang_dropped=dict.fromkeys(step.drops, 0),
        satang_held=dict.fromkeys(step.holds, 0),
        to=dict.fromkeys(step.to, 0),
    )
    return zeros + flow


def _hold_the_law(task: str, unit: str, flow: Flow) -> None:
    sides = flow.broken()
    if sides:
        raise LawBroken(task=task, unit=unit, sides=sides)


def _hold_the_chain(step: Step[Any], task: str, flow: Flow, given: tuple[int, int] | None) -> None:
    if not step.chained or given is None:
        return
    got = (flow.in_, flow.satang_in)
    sides = [name for name, left, right in zip(("in", "satang_in"), got, given, strict=True) if left != right]
    if sides:
        raise LawBroken(task=task, unit=CLOSED, sides=sides)
