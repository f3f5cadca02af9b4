"""The picture of the steps: one card a step, a trunk for the whole round and a lane for each group."""

from collections.abc import Mapping
from dataclasses import dataclass

from takhai.policy.types import Window
from takhai.reporting import faults, law, river
from takhai.reporting.summary import SORTS, State, StepFlow, Summary, Wait
from takhai.reporting.words import Speech

Windows = Mapping[tuple[str, str], Window]


@dataclass(frozen=True, slots=True)
class Loss:
    """Who left at a step for one reason, ready to print; ``baht`` is "" where no money is in play."""

    label: str
    count: str
    baht: str


@dataclass(frozen=True, slots=True)
class Losses:
    """All that were dropped, or all that were held, at one step."""

    kind: str
    title: str
    about: str
    total: str
    baht: str
    reasons: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One step of one lane, ready to print."""

    anchor: str
    number: int
    name: str
    about: str
    window: str
    state: str
    state_word: str
    enters: str
    joins: str
    leaves: str
    baht: str
    river: river.River
    losses: tuple[Losses, ...]
    nothing: str
    zeros: tuple[str, ...]
    zeros_title: str
    shares: tuple[Loss, ...]
    shares_title: str
    wait: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """The way of one group; ``note`` stands where a group has no steps."""

    group: str
    name: str
    about: str
    people: str
    scale: str
    mouth: str
    cards: tuple[Card, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What all walk together, what each group walks alone, and what gathers them again."""

    trunk: tuple[Card, ...]
    trunk_scale: str
    lanes: tuple[Lane, ...]
    short: bool
    close: tuple[Card, ...]


def draw(summary: Summary, *, speech: Speech, windows: Windows, found: tuple[law.Break, ...]) -> Picture:
    """The picture of a round; the round's own steps after the last lane close it.

    Every lane counts on from the trunk, since its group waits for no other; the close counts on from the longest.
    """
    own = [n for n, each in enumerate(summary.steps) if each.group]
    last = own[-1] if own else len(summary.steps)
    pen = _Pen(summary=summary, speech=speech, windows=windows, found=found)
    trunk = [each for n, each in enumerate(summary.steps) if not each.group and n < last]
    close = [each for n, each in enumerate(summary.steps) if not each.group and n > last]
    ways = {group: [each for each in summary.steps if each.group == group] for group in summary.groups()}
    rows = next((each.flow.in_ + each.flow.joined for each in trunk), 0)
    after = len(trunk) + max((len(way) for way in ways.values()), default=0)
    lanes = tuple(pen.lane(group, list(enumerate(way, len(trunk) + 1))) for group, way in ways.items())
    return Picture(
        trunk=tuple(pen.card(n, each, full=rows) for n, each in enumerate(trunk, 1)),
        trunk_scale=speech.say("page", "scale", n=speech.rows(rows)),
        lanes=lanes,
        short=any(lane.note for lane in lanes),
        close=tuple(pen.card(n, each, full=each.flow.out) for n, each in enumerate(close, after + 1)),
    )


@dataclass(frozen=True, slots=True)
class _Pen:
    summary: Summary
    speech: Speech
    windows: Windows
    found: tuple[law.Break, ...]

    def lane(self, group: str, steps: list[tuple[int, StepFlow]]) -> Lane:
        say = self.speech
        share = sum(each.flow.to.get(group, 0) for each in self.summary.steps if each.step == SORTS)
        full = max([share, *(each.flow.in_ + each.flow.joined for _, each in steps)])
        return Lane(
            group=group,
            name=say.say("group", group),
            about=say.say("group_about", group),
            people=say.people(share),
            scale=say.say("page", "scale", n=say.people(full)),
            mouth=river.source(share, full=full),
            cards=tuple(self.card(n, each, full=full) for n, each in steps),
            note="" if steps else say.say("page", "no_steps"),
        )

    def card(self, number: int, step: StepFlow, *, full: int) -> Card:
        say, flow = self.speech, step.flow
        wait = next((w for w in self.summary.waits if (w.step, w.group) == (step.step, step.group)), None)
        wrong = tuple(each for each in self.found if (each.step, each.group) == (step.step, step.group))
        state = _state(step, wait=wait, wrong=bool(wrong))
        window = self.windows.get((step.group, step.step))
        zeros = _zeros(step, say)
        came = flow.in_ + flow.joined
        return Card(
            anchor="-".join(filter(None, ("step", step.group, step.step))),
            number=number,
            name=say.say("step", step.step),
            about=say.say("about", step.step),
            window=say.window(window.opens, window.closes) if window else "",
            state=state,
            state_word=say.say("page", state),
            enters=self._amount(step, flow.in_ or flow.joined) if came or step.state is State.CLOSED else "",
            joins=self._amount(step, flow.joined) if flow.in_ and flow.joined else "",
            leaves=self._amount(step, flow.out),
            baht=say.baht(flow.satang_out) if step.has_money else "",
            river=river.draw(flow, full=full),
            losses=tuple(each for kind in ("dropped", "held") if (each := self._losses(step, kind))),
            nothing=_nothing(step, say),
            zeros=zeros,
            zeros_title=say.say("page", "zeros", n=len(zeros)),
            shares=self._shares(step),
            shares_title=say.say("page", "to_groups" if step.step == SORTS else "to_conditions"),
            wait=say.say("wait", wait.what) if wait else "",
            faults=tuple(faults.sentence(each, speech=say) for each in wrong),
        )

    def _shares(self, step: StepFlow) -> tuple[Loss, ...]:
        """Where those who go on go: into groups, or beneficiaries by whether they met the conditions."""
        say, to = self.speech, step.flow.to
        names = self.summary.groups() if step.step == SORTS else tuple(to)
        section = "group" if step.step == SORTS else "condition"
        return tuple(Loss(say.say(section, name), say.people(to[name]), "") for name in names if name in to)

    def _losses(self, step: StepFlow, kind: str) -> Losses | None:
        say = self.speech
        counts = step.flow.dropped if kind == "dropped" else step.flow.held
        satang = step.flow.satang_dropped if kind == "dropped" else step.flow.satang_held
        if not any(counts.values()):
            return None
        money = any(satang.values())
        return Losses(
            kind=kind,
            title=say.say("page", kind),
            about=say.say("page", f"{kind}_about"),
            total=self._amount(step, sum(counts.values())),
            baht=say.baht(sum(satang.values())) if money else "",
            reasons=tuple(
                Loss(
                    say.say("reason", name),
                    self._amount(step, n),
                    say.baht(satang.get(name, 0)) if money else "",
                )
                for name, n in sorted(counts.items(), key=lambda pair: -pair[1])
                if n
            ),
        )

    def _amount(self, step: StepFlow, number: int) -> str:
        return self.speech.rows(number) if step.step == "intake" else self.speech.people(number)


def _state(step: StepFlow, *, wait: Wait | None, wrong: bool) -> str:
    if wrong:
        return "faulty"
    return "waiting" if wait else step.state.value


def _zeros(step: StepFlow, speech: Speech) -> tuple[str, ...]:
    names = [name for counts in (step.flow.dropped, step.flow.held) for name, n in counts.items() if not n]
    return () if step.state is State.OPEN else tuple(speech.say("reason", name) for name in names)


def _nothing(step: StepFlow, speech: Speech) -> str:
    flow = step.flow
    if step.state is State.OPEN or any(flow.dropped.values()) or any(flow.held.values()):
        return ""
    return speech.say("page", "nobody" if flow.dropped or flow.held else "finds_only")
