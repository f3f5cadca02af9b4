"""Everything the page of a round says, resolved to text in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from takhai.reporting import faults, indicators, law
from takhai.reporting.charts import Part, stack
from takhai.reporting.summary import State, Summary, Wait
from takhai.reporting.words import Speech
from takhai.thai.calendar import Term
from takhai.thai.money import baht
from takhai.web.round import screening as screened
from takhai.web.round import steps
from takhai.web.round.screening import FilesPart, ScreeningPart


@dataclass(frozen=True, slots=True)
class Choice:
    """A round one can go to."""

    term: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the four figures at the top."""

    kind: str
    label: str
    value: str
    beside: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the round waits for, where, and until when."""

    what: str
    about: str
    where: str
    window: str
    reason: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Law:
    """Whether everything is accounted for; ``faults`` say what is not."""

    holds: bool
    title: str
    unexplained: str
    proof: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a two-column table; some carry a bar."""

    kind: str
    label: str
    value: str
    bar: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundPage:
    """The page of a round, ready to print."""

    term: str
    title: str
    lead: str
    status: str
    status_word: str
    today: str
    rounds: tuple[Choice, ...]
    figures: tuple[Figure, ...]
    waits: tuple[Waiting, ...]
    next_command: str
    law: Law
    picture: steps.Picture
    drawn: str
    screening: ScreeningPart
    files: FilesPart
    accounts: tuple[Row, ...]
    balance: str
    exceptions: tuple[Row, ...]
    exception_zeros: tuple[str, ...]
    exception_zeros_title: str
    after: tuple[Row, ...]
    policy: str
    has_report: bool


def build(
    summary: Summary, *, speech: Speech, windows: steps.Windows, rounds: Sequence[Term], has_report: bool
) -> RoundPage:
    """The page of one round; ``rounds`` are all that have run."""
    found = law.breaks(summary)
    label = summary.term.label
    status = _status(summary, broken=bool(found))
    quiet = tuple(speech.say("exception", name) for name, n in summary.exceptions.items() if not n)
    return RoundPage(
        term=str(summary.term),
        title=speech.say("page", "title", round=label),
        lead=speech.term(summary.term),
        status=status,
        status_word=speech.say("status", status),
        today=speech.say("shell", "today", day=speech.day(summary.today)) if summary.today else "",
        rounds=tuple(
            Choice(str(term), term.label, term == summary.term) for term in sorted(rounds, reverse=True)
        ),
        figures=_figures(summary, speech),
        waits=_waits(summary, speech, windows),
        next_command=f"takhai semester run {summary.term} --from DIR",
        law=_law(summary, found, speech),
        picture=steps.draw(summary, speech=speech, windows=windows, found=found),
        screening=screened.build(summary, speech=speech),
        files=screened.files(summary, speech=speech),
        drawn=speech.say("money", "drawn", amount=speech.baht(-summary.ledger.get("budget", 0))),
        accounts=_accounts(summary.ledger, speech),
        balance=baht(sum(summary.ledger.values())),
        exceptions=tuple(
            Row(name, speech.say("exception", name), speech.count(n))
            for name, n in summary.exceptions.items()
            if n
        ),
        exception_zeros=quiet,
        exception_zeros_title=speech.say("page", "zero_kinds", n=len(quiet)),
        after=tuple(
            Row(name, speech.say("after_close", name), baht(satang))
            for name, satang in summary.after_close.items()
        ),
        policy=summary.policy,
        has_report=has_report,
    )


def _status(summary: Summary, *, broken: bool) -> str:
    if broken:
        return "broken"
    # A waiting round of which nothing is said to wait is one that a command is working on.
    return "running" if summary.status == "waiting" and not summary.waits else summary.status


def _figures(summary: Summary, speech: Speech) -> tuple[Figure, ...]:
    of = indicators.values(summary)

    def figure(kind: str, value: str, beside: str) -> Figure:
        return Figure(kind, speech.say("key", kind), value, beside)

    return (
        figure(
            "paid",
            speech.baht(of["paid"]),
            speech.say("key", "of_listed", amount=speech.baht(of["listed"])),
        ),
        figure(
            "pupils",
            speech.people(of["pupils_paid"]),
            speech.say("key", "of_pupils", n=speech.people(of["beneficiaries"])),
        ),
        figure(
            "held",
            speech.people(of["pupils_held"]),
            speech.say(
                "key", "held_about", amount=speech.baht(of["held"]), n=speech.people(of["pupils_back"])
            ),
        ),
        figure(
            "back",
            speech.baht(of["returned"] + of["due_back"]),
            speech.say("key", "back_about", amount=speech.baht(of["returned"])),
        ),
    )


def _waits(summary: Summary, speech: Speech, windows: steps.Windows) -> tuple[Waiting, ...]:
    said = []
    for each in summary.waits:
        window = windows.get((each.group, each.step))
        said.append(
            Waiting(
                what=speech.say("wait", each.what),
                about=speech.say("wait_about", each.what),
                where=speech.say(
                    "wait",
                    "where",
                    step=speech.say("step", each.step),
                    group=speech.say("group", each.group or "none"),
                ),
                window=speech.say("page", "window", window=speech.window(window.opens, window.closes))
                if window
                else "",
                reason=_why(each, speech),
                anchor="-".join(filter(None, ("step", each.group, each.step))),
            )
        )
    return tuple(said)


def _why(wait: Wait, speech: Speech) -> str:
    if not wait.reason:
        return ""
    if wait.what == "date":
        return speech.say("wait", "until", day=speech.day(date.fromisoformat(wait.reason)))
    return speech.say("wait", "reason", reason=wait.reason)


def _law(summary: Summary, found: tuple[law.Break, ...], speech: Speech) -> Law:
    closed = sum(each.state is State.CLOSED for each in summary.steps)
    return Law(
        holds=not found,
        title=speech.say("law", "broken" if found else "title"),
        unexplained=_unexplained(found, speech),
        proof="" if found else speech.say("law", "holds", n=closed),
        faults=tuple(faults.sentence(each, speech=speech) for each in found),
    )


def _unexplained(found: tuple[law.Break, ...], speech: Speech) -> str:
    pupils = sum(each.gap for each in found if not each.is_money)
    amount = speech.baht(law.unexplained(found))
    return f"{amount} · {speech.people(pupils)}" if pupils else amount


def _accounts(ledger: Mapping[str, int], speech: Speech) -> tuple[Row, ...]:
    drawn = -ledger.get("budget", 0)
    return tuple(
        Row(
            name.replace(".", "-"),
            speech.say("account", name),
            baht(satang),
            stack([(name.replace(".", "-"), satang)], whole=drawn),
        )
        for name, satang in ledger.items()
    )
