"""Targeting on paper: errors of everybody, by province and by level, with the counts behind them."""

from dataclasses import dataclass

from takhai.reporting.charts import stack
from takhai.reporting.indicators import Unit
from takhai.reporting.paper.grids import Bar, Bars, Grid, GridRow
from takhai.reporting.paper.printing import bare
from takhai.reporting.rules.targeting import Errors, Measured
from takhai.reporting.words import Word, Words
from takhai.thai.money import baht
from takhai.thai.places import NoPlace, province

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Measure:
    """One way to measure: its sentence, a chart of everybody, a table of all populations."""

    grid: Grid
    bars: tuple[Bars, ...]


def build(
    measured: tuple[Measured, ...], *, percent: int | None, line: int, words: Words
) -> tuple[Measure, ...]:
    """At the quota, at the line, and as the round decided."""
    w = words["targeting"]
    shown = {"percent": "–" if percent is None else str(percent), "line": baht(line)}
    return tuple(
        _measure(
            name, measured, words, title=_filled(w[name], shown), about=_filled(w[f"{name}_about"], shown)
        )
        for name in ("quota", "line", "decided")
    )


def label(each: Measured, /, *, words: Words) -> Word:
    """Whose errors they are."""
    if each.by == "province":
        return _province(each.value)
    return words["level"][each.value] if each.by == "level" else words["targeting"]["everybody"]


def _measure(name: str, measured: tuple[Measured, ...], words: Words, *, title: Word, about: Word) -> Measure:
    w = words["targeting"]
    everybody: Errors = getattr(measured[0], name)
    return Measure(
        grid=Grid(
            name=name,
            title=title,
            head=w["whose"],
            heads=(w["truly"], w["taken"], w["both"], w["exclusion"], w["inclusion"]),
            rows=tuple(GridRow(label(each, words=words), _cells(getattr(each, name))) for each in measured),
            about=about,
        ),
        bars=tuple(
            Bars(
                w[kind],
                (Bar(stack([(fill, value)], whole=WHOLE), bare(Unit.PERCENT, value)),),
            )
            for kind, fill, value in (
                ("exclusion", "dropped", everybody.exclusion),
                ("inclusion", "held", everybody.inclusion),
            )
        ),
    )


def _province(code: str) -> Word:
    try:
        place = province(code)
    except NoPlace:
        return Word(code, code)
    return Word(place.name_th, place.name_en)


def _cells(each: Errors) -> tuple[str, ...]:
    counts = tuple(bare(Unit.PEOPLE, n) for n in (each.truly, each.taken, each.both))
    return (*counts, bare(Unit.PERCENT, each.exclusion), bare(Unit.PERCENT, each.inclusion))


def _filled(word: Word, details: dict[str, str]) -> Word:
    return Word(word.th.format_map(details), word.en.format_map(details))
