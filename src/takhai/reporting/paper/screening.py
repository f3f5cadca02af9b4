"""The screening part: who was screened and found, what their forms say, beside what was published."""

from collections.abc import Mapping
from dataclasses import dataclass

from takhai.reporting import indicators, published
from takhai.reporting.charts import stack
from takhai.reporting.indicators import Part, Unit
from takhai.reporting.paper.grids import Bar, Bars, Grid, GridRow
from takhai.reporting.paper.printing import bare
from takhai.reporting.rules.shares import share
from takhai.reporting.summary import POPULATIONS, Summary, Taken
from takhai.reporting.types import Population, ScreeningFacts
from takhai.reporting.words import Word, Words

ALL = 10_000


@dataclass(frozen=True, slots=True)
class ScreeningPaper:
    """All that the screening part prints. ``refused`` and ``findings`` are (label, count)."""

    funnel: Grid
    funnel_bars: tuple[Bars, ...]
    sources: Grid
    source_bars: tuple[Bars, ...]
    household: Grid
    forms: tuple[tuple[Word, str], ...]
    refused: tuple[tuple[Word, str], ...]
    refused_sum: str
    findings: tuple[tuple[Word, str], ...]
    published: Word


def populations(facts: ScreeningFacts, /) -> dict[str, Population]:
    """The populations by name, the largest first."""
    return {name: getattr(facts, name) for name in POPULATIONS}


def build(summary: Summary, facts: ScreeningFacts, *, words: Words) -> ScreeningPaper:
    """The part as printed."""
    of, w, forms = indicators.values(summary), words["paper"], summary.screening.forms
    return ScreeningPaper(
        funnel=_funnel(of, words),
        funnel_bars=tuple(
            Bars(words["population"][name], (_bar("out", of[name], of["screened"], f"{of[name]:,}"),))
            for name in (*POPULATIONS, "certified")
        ),
        sources=_sources(facts, words),
        source_bars=_source_bars(facts, words),
        household=_household(facts, words),
        forms=(
            (w["forms_read"], f"{forms.rows:,}"),
            (w["forms_taken"], f"{forms.taken:,}"),
            (w["forms_refused"], f"{sum(forms.refused.values()):,}"),
        ),
        refused=refusals(forms, words["form_refusal"]),
        refused_sum=f"{sum(forms.refused.values()):,}",
        findings=tuple((words["finding"][name], f"{n:,}") for name, n in summary.screening.findings.items()),
        published=published.source(),
    )


def refusals(taken: Taken, words: Mapping[str, Word], /) -> tuple[tuple[Word, str], ...]:
    """(label, count) of every reason, in the order in which reasons are looked for."""
    return tuple((words[name], f"{n:,}") for name, n in taken.refused.items())


def _funnel(of: Mapping[str, int], words: Words) -> Grid:
    w = words["paper"]
    rows = []
    for name in (*POPULATIONS, "certified"):
        told = published.of(name, name)
        cells = (
            bare(Unit.PEOPLE, of[name]),
            bare(Unit.PERCENT, share(of[name], of["screened"])),
            bare(Unit.PEOPLE, told.before if told else None),
            bare(Unit.PEOPLE, told.after if told else None),
        )
        rows.append(GridRow(words["population"][name], cells, told.note if told else None))
    heads = (w["people"], w["share_of_screened"], w["before"], w["after_covid"])
    return Grid("funnel", w["funnel"], w["population"], heads, tuple(rows))


def _sources(facts: ScreeningFacts, words: Words) -> Grid:
    w, told = words["paper"], {name: indicators.sources(each) for name, each in populations(facts).items()}
    rows = []
    sums = [0] * (len(told) + 2)
    for name, label in words["income_source"].items():
        twin = published.of(name, "extremely_poor")
        before, after = (twin.before, twin.after) if twin else (None, None)
        values = [*(shares[name] for shares in told.values()), before, after]
        sums = [total + (value or 0) for total, value in zip(sums, values, strict=True)]
        rows.append(GridRow(label, tuple(bare(Unit.PERCENT, value) for value in values)))
    return Grid(
        "sources",
        w["sources"],
        w["source"],
        (*(words["population"][name] for name in told), w["before_covid"], w["after_covid"]),
        tuple(rows),
        about=w["sources_about"],
        foot=GridRow(w["sum_multi"], tuple(bare(Unit.PERCENT, total) for total in sums)),
    )


def _source_bars(facts: ScreeningFacts, words: Words) -> tuple[Bars, ...]:
    ours = indicators.sources(facts.extremely_poor)
    rows = []
    for name, label in words["income_source"].items():
        bars = [_bar("out", ours[name], ALL, bare(Unit.PERCENT, ours[name]))]
        twin = published.of(name, "extremely_poor")
        if twin and twin.after is not None:
            bars.append(_bar("published", twin.after, ALL, bare(Unit.PERCENT, twin.after)))
        rows.append(Bars(label, tuple(bars)))
    return tuple(rows)


def _household(facts: ScreeningFacts, words: Words) -> Grid:
    w = words["paper"]
    told = {name: indicators.profile(each) for name, each in populations(facts).items()}
    rows = []
    for each in indicators.of(Part.PROFILE):
        for name, values in told.items():
            twin, whose = published.of(each.name, name), words["population"][name]
            cells = (values[each.name], twin.before if twin else None, twin.after if twin else None)
            label = Word(f"{each.label.th} · {whose.th}", f"{each.label.en} · {whose.en}")
            rows.append(
                GridRow(label, tuple(bare(each.unit, cell) for cell in cells), twin.note if twin else None)
            )
    heads = (w["this_round"], w["before"], w["after_covid"])
    return Grid("household", w["household"], w["figure"], heads, tuple(rows), about=w["household_about"])


def _bar(kind: str, value: int, whole: int, shown: str) -> Bar:
    return Bar(stack([(kind, value)], whole=whole), shown)
