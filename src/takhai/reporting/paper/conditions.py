"""The conditions: how many beneficiaries met them, and what the classrooms sent."""

from dataclasses import dataclass

from takhai.reporting import indicators
from takhai.reporting.charts import stack
from takhai.reporting.indicators import Part, Unit
from takhai.reporting.paper.grids import Bar, Bars, Grid, GridRow
from takhai.reporting.paper.printing import bare
from takhai.reporting.paper.screening import refusals
from takhai.reporting.rules.shares import share
from takhai.reporting.summary import Summary
from takhai.reporting.words import Word, Words

KINDS = {"compliant": "out", "not_compliant": "dropped", "not_reported": "held"}


@dataclass(frozen=True, slots=True)
class ConditionsPaper:
    """``refused``: a file's name and its refusals, for files that have some."""

    results: Grid
    bars: tuple[Bars, ...]
    files: Grid
    refused: tuple[tuple[Word, tuple[tuple[Word, str], ...], str], ...]


def build(summary: Summary, *, words: Words) -> ConditionsPaper:
    """The part as printed; a step that has not run shows nobody."""
    of, w = indicators.values(summary), words["paper"]
    counts = {each.name: of[each.name] for each in indicators.of(Part.CONDITIONS)}
    everybody = sum(counts.values())
    return ConditionsPaper(
        results=Grid(
            "conditions",
            w["conditions"],
            w["condition"],
            (w["people"], w["share"]),
            tuple(
                GridRow(
                    words["condition"][name],
                    (bare(Unit.PEOPLE, n), bare(Unit.PERCENT, share(n, everybody))),
                )
                for name, n in counts.items()
            ),
            about=w["conditions_about"],
        ),
        bars=tuple(
            Bars(words["condition"][name], (Bar(stack([(KINDS[name], n)], whole=everybody), f"{n:,}"),))
            for name, n in counts.items()
        ),
        files=Grid(
            "classroom",
            w["classroom"],
            w["file"],
            (w["forms_read"], w["forms_taken"], w["forms_refused"]),
            tuple(
                GridRow(
                    words["classroom_file"][name],
                    (f"{each.rows:,}", f"{each.taken:,}", f"{sum(each.refused.values()):,}"),
                )
                for name, each in summary.classroom.items()
            ),
        ),
        refused=tuple(
            (
                words["classroom_file"][name],
                refusals(each, words["classroom_refusal"]),
                f"{sum(each.refused.values()):,}",
            )
            for name, each in summary.classroom.items()
            if any(each.refused.values())
        ),
    )
