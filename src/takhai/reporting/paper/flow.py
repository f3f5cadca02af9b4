"""Every line of the way: counts, money, and who left for what reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from takhai.policy.types import Window
from takhai.reporting.charts import Part, stack
from takhai.reporting.summary import StepFlow, Summary
from takhai.reporting.words import Speech, Word, Words
from takhai.thai.money import baht


@dataclass(frozen=True, slots=True)
class Line:
    """One step of one group. ``cells``: in, joined, out, dropped, held, as printed."""

    step: Word
    group: Word | None
    unit: Word
    window: Word | None
    people: tuple[str, ...]
    money: tuple[str, ...]
    bar: tuple[Part, ...]
    out: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Who left for one reason; ``satang`` is "" where no money is in play."""

    label: Word
    people: str
    satang: str
    nobody: bool


@dataclass(frozen=True, slots=True)
class Leaving:
    """All that were dropped, or held, at a step."""

    step: Word
    group: Word | None
    kind: str
    kind_word: Word
    unit: Word
    people: str
    satang: str
    reasons: tuple[Reason, ...]


def lines(
    summary: Summary,
    *,
    words: Words,
    windows: Mapping[tuple[str, str], Window],
    speeches: tuple[Speech, Speech],
) -> tuple[Line, ...]:
    """A line for each step of the summary, in its order."""
    return tuple(_line(each, words, windows.get((each.group, each.step)), speeches) for each in summary.steps)


def leavings(summary: Summary, *, words: Words) -> tuple[Leaving, ...]:
    """A block for each step and kind that has reasons, those that nobody met included."""
    found = (
        _leaving(each, kind, words)
        for each in summary.steps
        for kind in ("dropped", "held")
        if _counts(each, kind)
    )
    return tuple(found)


def _line(each: StepFlow, words: Words, window: Window | None, speeches: tuple[Speech, Speech]) -> Line:
    flow = each.flow
    dropped, held = sum(flow.dropped.values()), sum(flow.held.values())
    people = (flow.in_, flow.joined, flow.out, dropped, held)
    lost, kept = sum(flow.satang_dropped.values()), sum(flow.satang_held.values())
    money = (flow.satang_in, flow.satang_joined, flow.satang_out, lost, kept)
    thai, english = speeches
    days = (window.opens, window.closes) if window else None
    return Line(
        step=words["step"][each.step],
        group=words["group"][each.group] if each.group else None,
        unit=_unit(each, words),
        window=Word(thai.window(*days), english.window(*days)) if days else None,
        people=tuple(f"{number:,}" for number in people),
        money=tuple(baht(satang) for satang in money) if each.has_money else (),
        bar=stack([("out", flow.out), ("held", held), ("dropped", dropped)], whole=flow.in_ + flow.joined),
        out=f"{flow.out:,}",
    )


def _leaving(each: StepFlow, kind: str, words: Words) -> Leaving:
    counts, money = _counts(each, kind), _money(each, kind)
    paid = each.has_money
    return Leaving(
        step=words["step"][each.step],
        group=words["group"][each.group] if each.group else None,
        kind=kind,
        kind_word=words["paper"][kind],
        unit=_unit(each, words),
        people=f"{sum(counts.values()):,}",
        satang=baht(sum(money.values())) if paid else "",
        reasons=tuple(
            Reason(words["reason"][name], f"{n:,}", baht(money.get(name, 0)) if paid else "", n == 0)
            for name, n in counts.items()
        ),
    )


def _unit(each: StepFlow, words: Words) -> Word:
    return words["paper"]["rows" if each.step == "intake" else "people"]


def _counts(each: StepFlow, kind: str) -> Mapping[str, int]:
    return each.flow.dropped if kind == "dropped" else each.flow.held


def _money(each: StepFlow, kind: str) -> Mapping[str, int]:
    return each.flow.satang_dropped if kind == "dropped" else each.flow.satang_held
