"""The summary of a round, read from the JSON that ``takhai semester run`` writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from takhai.platform.flow import Flow
from takhai.thai.calendar import Term


class State(StrEnum):
    """How far a step is: its counts are final only when it is closed."""

    OPEN = "open"
    RUNNING = "running"
    CLOSED = "closed"


FLOW: Final = (
    "in",
    "joined",
    "out",
    "dropped",
    "held",
    "satang_in",
    "satang_joined",
    "satang_out",
    "satang_dropped",
    "satang_held",
)


# The step whose "to" are groups; that of another step says what became of its rows.
SORTS: Final = "group"
POPULATIONS: Final = ("screened", "poor", "extremely_poor")
CLASSROOM: Final = ("school_days", "attendance", "growth")
_SCREENING: Final = ("forms", "taken", "refused", "findings", *POPULATIONS, "income_per_head")


@dataclass(frozen=True, slots=True)
class StepFlow:
    """One step of one group ("" = of the whole round) and what went through it."""

    step: str
    group: str
    state: State
    flow: Flow

    @property
    def has_money(self) -> bool:
        """Whether any satang entered the step."""
        return bool(self.flow.satang_in or self.flow.satang_joined)


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody outside must answer before the step of that group goes on."""

    step: str
    group: str
    what: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """Rows of the files of one kind: all of them, those taken in, and the refused by reason, zeros too."""

    rows: int
    taken: int
    refused: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Screening:
    """Forms in, and who they found. ``income_per_head``: satang by population, 0 of nobody."""

    forms: Taken
    findings: Mapping[str, int]
    screened: int
    poor: int
    extremely_poor: int
    income_per_head: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """A round's figures. ``policy`` is the hash of its policy; ``today`` is set when a demo day rules."""

    term: Term
    policy: str
    status: str
    waits: tuple[Wait, ...]
    steps: tuple[StepFlow, ...]
    screening: Screening
    classroom: Mapping[str, Taken]
    exceptions: Mapping[str, int] = field(default_factory=dict)
    after_close: Mapping[str, int] = field(default_factory=dict)
    ledger: Mapping[str, int] = field(default_factory=dict)
    today: date | None = None

    def of(self, step: str, group: str) -> Flow | None:
        """The flow of a step, if the run has reached it."""
        return next((each.flow for each in self.steps if (each.step, each.group) == (step, group)), None)

    def groups(self) -> tuple[str, ...]:
        """Those that have steps, in the order in which they reach their last; then those only formed."""
        last = {each.group: at for at, each in enumerate(self.steps) if each.group}
        walking = sorted(last, key=lambda group: last[group])
        formed = [name for each in self.steps if each.step == SORTS for name in each.flow.to]
        return tuple(dict.fromkeys([*walking, *formed]))

    def held(self) -> tuple[int, int]:
        """Pupils and satang held at any step."""
        flows = [each.flow for each in self.steps]
        return sum(sum(f.held.values()) for f in flows), sum(sum(f.satang_held.values()) for f in flows)


def read(raw: Mapping[str, Any], /) -> Summary:
    """The typed summary; KeyError or ValueError where the JSON is not one of ours."""
    today = raw.get("today")
    return Summary(
        term=Term.parse(raw["round"]),
        policy=str(raw["policy"]),
        status=str(raw["status"]),
        waits=tuple(_wait(each) for each in raw["waits"]),
        steps=tuple(_step(each) for each in raw["steps"]),
        screening=_screening(raw["screening"]),
        classroom={
            name: _taken(each) for name, each in _exactly("classroom", raw["classroom"], CLASSROOM).items()
        },
        exceptions=dict(raw["exceptions"]),
        after_close=dict(raw["after_close"]),
        ledger=dict(raw["ledger"]),
        today=date.fromisoformat(today) if today else None,
    )


def _step(raw: Mapping[str, Any]) -> StepFlow:
    counts = {name: raw[name] for name in FLOW}
    flow = Flow.from_json({**counts, "to": raw.get("to", {})})
    return StepFlow(step=raw["step"], group=raw["group"], state=State(raw["state"]), flow=flow)


def _wait(raw: Mapping[str, Any]) -> Wait:
    return Wait(step=raw["step"], group=raw["group"], what=str(raw["for"]).lower(), reason=str(raw["reason"]))


def _screening(raw: Mapping[str, Any]) -> Screening:
    told = _exactly("screening", raw, _SCREENING)
    return Screening(
        forms=Taken(rows=int(told["forms"]), taken=int(told["taken"]), refused=dict(told["refused"])),
        findings=dict(told["findings"]),
        screened=int(told["screened"]),
        poor=int(told["poor"]),
        extremely_poor=int(told["extremely_poor"]),
        income_per_head=_exactly("income_per_head", told["income_per_head"], POPULATIONS),
    )


def _taken(raw: Mapping[str, Any]) -> Taken:
    told = _exactly("classroom file", raw, ("rows", "taken", "refused"))
    return Taken(rows=int(told["rows"]), taken=int(told["taken"]), refused=dict(told["refused"]))


def _exactly(where: str, raw: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The values under these names in their order; KeyError for one that lacks, ValueError for one too many."""
    more = raw.keys() - set(names)
    if more:
        raise ValueError(f"{where}: {', '.join(sorted(more))} is none of its keys")
    return {name: raw[name] for name in names}
