"""The summary of a round: every step with its counts, baht and reasons, drawn from ``STEPS``."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from takhai.classroom import queries as classroom
from takhai.ledger import queries as ledger
from takhai.payments import queries as payments
from takhai.platform import work
from takhai.platform.problems import Refusal
from takhai.platform.steps import closed, so_far, task_name
from takhai.policy import for_round
from takhai.registry import queries as registry
from takhai.screening import queries as screening
from takhai.semester.runner import COMPLETE, WAITING, Wait, line_up
from takhai.semester.steps import STEPS
from takhai.thai.calendar import Term

Json = dict[str, Any]


def summary(*, term: Term, waits: list[Wait], report: str = "") -> Json:
    """The round as the command writes it and the first page shows it (docs/data-dictionary.md)."""
    policy = for_round(term)
    order = {step.name: at for at, step in enumerate(STEPS)}
    lines = sorted(
        line_up(policy),
        key=lambda pair: (order[pair[0].name], policy.groups.index(pair[1]) if pair[1] else -1),
    )
    steps = [step_line(term=term, name=step.name, group=group) for step, group in lines]
    finished = not waits and all(line["state"] == "closed" for line in steps)
    return {
        "round": str(term),
        "policy": policy.sha256,
        "status": COMPLETE if finished else WAITING,
        "waits": [
            {"step": wait.step, "group": wait.group, "for": wait.on, "reason": wait.detail} for wait in waits
        ],
        "steps": steps,
        "screening": screening.screening(round=term),
        "classroom": classroom.counts(round=term),
        "exceptions": {
            **registry.exceptions(round=term),
            **screening.exceptions(round=term),
            **payments.exceptions(round=term),
        },
        "after_close": payments.after_close(round=term),
        "ledger": ledger.balances(round=term),
        "report": report,
    }


def expected(*, term: Term) -> list[Wait]:
    """What the round waits for by the look of its steps: the answer that each group's next step needs.

    A step of the whole round holds up whatever comes after it, and waits for every group before it.
    """
    waits: list[Wait] = []
    for step, group in line_up(for_round(term)):
        if any(wait.group == group for wait in waits):
            continue
        if closed(task=task_name(key=str(term), group=group, step=step.name)) is None:
            if group or not waits:
                waits.append(Wait(step=step.name, group=group, on=step.waits_for, detail=""))
            if not group:
                break
    return [wait for wait in waits if wait.on]


def step_line(*, term: Term, name: str, group: str) -> Json:
    """One step of one group; ``state`` is closed, running or open."""
    task = task_name(key=str(term), group=group, step=name)
    finished = closed(task=task)
    flow = finished if finished is not None else so_far(task=task)
    (step,) = [step for step in STEPS if step.name == name]
    zeros = {
        "dropped": step.drops,
        "held": step.holds,
        "satang_dropped": step.drops,
        "satang_held": step.holds,
    }
    counted: Json = dict(flow.to_json())
    for key, reasons in zeros.items():
        counted[key] = dict.fromkeys(reasons, 0) | dict(counted[key])
    to = dict.fromkeys(step.to, 0) | dict(counted.pop("to"))
    began = flow.in_ + flow.joined > 0
    state = "closed" if finished is not None else "running" if began else "open"
    return {
        "step": name,
        "group": group,
        "state": state,
        **counted,
        **({"to": to} if step.to else {}),
    }


def flat(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, object]]:
    """(path, value) of every leaf; steps are named by step and group, not by their place."""
    for key, value in tree.items():
        at = f"{path}{key}"
        if isinstance(value, Mapping):
            yield from flat(value, f"{at}.")
        elif isinstance(value, list):
            for each in value:
                yield from flat(each, f"{at}[{each['step']}/{each['group']}].")
        else:
            yield at, value


COMPARED = ("round", "steps", "screening", "classroom", "exceptions", "after_close", "ledger")


def compare(*, ours: Json, truth: Json) -> tuple[int, int, list[str]]:
    """(equal, compared, differences in words) between a summary and the truth of the country.

    A key that one side lacks differs; so does a planted kind that was planted nowhere.
    """
    left = {
        key: value
        for key, value in flat({name: ours[name] for name in COMPARED})
        if not key.endswith(".state")
    }
    right = dict(flat({name: truth[name] for name in COMPARED if name in truth}))
    both = sorted(left.keys() | right.keys())
    wrong = [
        f"{key}: {left.get(key, '-')} / {right.get(key, '-')}"
        for key in both
        if left.get(key) != right.get(key)
    ]
    idle = [f"planted.{kind}: 0" for kind, count in sorted(truth.get("planted", {}).items()) if not count]
    if not truth.get("planted"):
        idle.append("planted: -")
    return len(both) - len(wrong), len(both), [*wrong, *idle]


def read_truth(path: Path) -> Json:
    """The truth as the country wrote it; Refusal ``truth_unreadable`` for anything else."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise Refusal("truth_unreadable", file=path.name) from None
    if not isinstance(told, dict) or not isinstance(told.get("steps"), list):
        raise Refusal("truth_unreadable", file=path.name)
    return told


def begun() -> list[Term]:
    """The rounds that have begun, in their order."""
    found = {unit.task.split("/", 1)[0] for unit in work.units(prefix="")}
    return sorted(Term.parse(name) for name in found)
