"""Does every row and every satang of a summary have its place? What does not is told, never hidden."""

from dataclasses import dataclass
from typing import Final

from takhai.reporting.summary import State, StepFlow, Summary

# These count their own rows from nothing, so no out before them is their in (ROUND §1, DESIGN §3).
OWN_COUNT: Final = frozenset({"intake", "comply", "report"})


@dataclass(frozen=True, slots=True)
class Break:
    """Two sides that should be equal: ``came`` in and joined against ``went`` out, was dropped or held.

    ``side``: "rows" (pupils, file rows at intake), "satang", "to" (out of the sorting against the groups),
    "chain" (in of a step against the out before it) or "ledger" (debits against credits, satang).
    """

    step: str
    group: str
    side: str
    came: int
    went: int

    @property
    def gap(self) -> int:
        """How much has no explanation."""
        return abs(self.came - self.went)

    @property
    def is_money(self) -> bool:
        """Whether the gap is satang."""
        return self.side in ("satang", "ledger")


def breaks(summary: Summary, /) -> tuple[Break, ...]:
    """Everything that does not add up, in the order of the steps; empty when all is explained."""
    found = [fault for step in summary.steps for fault in (*_within(step), *_chain(step, summary))]
    balance = sum(summary.ledger.values())
    if balance:
        debits = sum(satang for satang in summary.ledger.values() if satang > 0)
        found.append(Break("", "", "ledger", debits, debits - balance))
    return tuple(found)


def unexplained(faults: tuple[Break, ...], /) -> int:
    """Satang without an explanation."""
    return sum(fault.gap for fault in faults if fault.is_money)


def _within(step: StepFlow) -> list[Break]:
    flow, sides = step.flow, step.flow.broken()
    lost = sum(flow.satang_dropped.values()) + sum(flow.satang_held.values())
    pairs = {
        "rows": (flow.in_ + flow.joined, flow.out + sum(flow.dropped.values()) + sum(flow.held.values())),
        "satang": (flow.satang_in + flow.satang_joined, flow.satang_out + lost),
        "to": (flow.out, sum(flow.to.values())),
    }
    return [Break(step.step, step.group, side, *pairs[side]) for side in sides]


def _chain(step: StepFlow, summary: Summary) -> list[Break]:
    if step.step in OWN_COUNT or step.state is not State.CLOSED:
        return []
    before = _before(step, summary)
    if before is None or before == step.flow.in_:
        return []
    return [Break(step.step, step.group, "chain", before, step.flow.in_)]


def _before(step: StepFlow, summary: Summary) -> int | None:
    """The out that the step should have received."""
    earlier = summary.steps[: summary.steps.index(step)]
    for prior in reversed(earlier):
        if prior.group == step.group:
            return prior.flow.out
        if step.group and step.group in prior.flow.to:
            return prior.flow.to[step.group]
    return None
