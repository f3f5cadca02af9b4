"""The screening part of a round's page: whom the forms found, what was refused, and what was noticed."""

from collections.abc import Mapping
from dataclasses import dataclass

from takhai.reporting import indicators
from takhai.reporting.charts import Part, stack
from takhai.reporting.rules.shares import share
from takhai.reporting.summary import POPULATIONS, Summary, Taken
from takhai.reporting.words import Speech
from takhai.thai.money import baht


@dataclass(frozen=True, slots=True)
class Found:
    """One population, ready to print; ``bar`` against the screened."""

    name: str
    label: str
    people: str
    share: str
    income: str
    bar: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ScreeningPart:
    """The way from screened to certified; ``found`` is empty before anybody was assessed."""

    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class File:
    """Rows of the files of one kind, as printed."""

    name: str
    label: str
    rows: str
    taken: str
    refused: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why rows of one kind of file were refused: (label, count) most first, then the reasons nobody met."""

    name: str
    title: str
    reasons: tuple[tuple[str, str], ...]
    zeros: tuple[str, ...]
    zeros_title: str


@dataclass(frozen=True, slots=True)
class FilesPart:
    """The files; refusals of those that had some; what was noticed and how often."""

    files: tuple[File, ...]
    refused: tuple[Refused, ...]
    findings: tuple[tuple[str, str], ...]


def build(summary: Summary, *, speech: Speech) -> ScreeningPart:
    """Screened, poor, extremely poor and certified, each with its share and its own mean income."""
    of, told = indicators.values(summary), summary.screening
    if not told.screened:
        return ScreeningPart(found=())
    rows = []
    for name in (*POPULATIONS, "certified"):
        part = share(of[name], told.screened)
        income = told.income_per_head.get(name)
        rows.append(
            Found(
                name=name,
                label=speech.say("population", name),
                people=speech.count(of[name]),
                share=f"{part // 100}.{part % 100:02d}",
                income="–" if income is None else baht(income),
                bar=stack([("out", of[name])], whole=told.screened),
            )
        )
    return ScreeningPart(found=tuple(rows))


def files(summary: Summary, *, speech: Speech) -> FilesPart:
    """Forms first, then the files of the classrooms."""
    named: list[tuple[str, str, Taken, str]] = [
        ("forms", speech.say("forms", "forms"), summary.screening.forms, "form_refusal"),
        *(
            (name, speech.say("classroom_file", name), taken, "classroom_refusal")
            for name, taken in summary.classroom.items()
        ),
    ]
    return FilesPart(
        files=tuple(
            File(
                name=name,
                label=label,
                rows=speech.count(taken.rows),
                taken=speech.count(taken.taken),
                refused=speech.count(sum(taken.refused.values())),
            )
            for name, label, taken, _ in named
        ),
        refused=tuple(
            _refused(name, label, taken.refused, speech, section=section)
            for name, label, taken, section in named
            if any(taken.refused.values())
        ),
        findings=tuple(
            (speech.say("finding", name), speech.count(n)) for name, n in summary.screening.findings.items()
        ),
    )


def _refused(name: str, label: str, counts: Mapping[str, int], speech: Speech, *, section: str) -> Refused:
    met = sorted(((key, n) for key, n in counts.items() if n), key=lambda pair: -pair[1])
    zeros = tuple(speech.say(section, key) for key, n in counts.items() if not n)
    return Refused(
        name=name,
        title=speech.say("forms", "because", file=label),
        reasons=tuple((speech.say(section, key), speech.count(n)) for key, n in met),
        zeros=zeros,
        zeros_title=speech.say("forms", "zeros", n=len(zeros)),
    )
