"""The term report: one HTML file that carries its own type and style, and a workbook of the same numbers."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from takhai.platform.home import private, write_private
from takhai.platform.problems import Refusal
from takhai.policy import for_round
from takhai.reporting import faults, indicators, law, words
from takhai.reporting import summary as summaries
from takhai.reporting.indicators import Indicator, Part
from takhai.reporting.paper import conditions, cuts, flow, printing, sheets, workbook
from takhai.reporting.paper import screening as screening_paper
from takhai.reporting.summary import Summary
from takhai.reporting.types import Breakdown, ScreeningFacts, Standing
from takhai.reporting.words import Language, Speech, Word, Words
from takhai.thai.money import baht

STYLE: Final = Path(__file__).parents[1] / "built" / "report.css"
BOOKED: Final = (Standing.PAID, Standing.DUE_BACK, Standing.RETURNED)


def publish(
    *, summary: Mapping[str, Any], breakdown: Breakdown, screening: ScreeningFacts, out_dir: Path
) -> Path:
    """Write the report of a round, a page and beside it a workbook of the same numbers; the page's path.

    ``summary`` is the JSON of the command line. The same inputs make the same bytes; neither the clock
    nor a path enters them. Refusals: ``breakdown_differs`` where the cells and the ledger do not agree,
    ``screening_differs`` where the forms and the summary do not, ``style_missing`` before ``make assets``.
    """
    told = summaries.read(summary)
    _agree(told, breakdown)
    _agree_on_forms(told, screening)
    page = render_to_string("reporting/term.html", _context(told, breakdown, screening))
    target = private(out_dir) / f"report-{told.term}.html"
    write_private(target, page.strip().encode() + b"\n")
    data = digest(summary=told, breakdown=breakdown, screening=screening)
    book = workbook.written(sheets.build(told, breakdown, screening, data=data))
    write_private(target.with_suffix(".xlsx"), book)
    return target


def digest(*, summary: Summary, breakdown: Breakdown, screening: ScreeningFacts) -> str:
    """sha256 of everything the report is made from but its wording."""
    facts = {"summary": asdict(summary), "breakdown": asdict(breakdown), "screening": asdict(screening)}
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def style() -> str:
    """The built sheet; Refusal ``style_missing`` before ``make assets``."""
    if not STYLE.exists():
        raise Refusal("style_missing")
    return STYLE.read_text("utf-8")


def _agree(told: Summary, breakdown: Breakdown) -> None:
    for standing in BOOKED:
        cut = sum(row.satang for row in breakdown.rows if row.standing is standing)
        booked = told.ledger.get(standing.value, 0)
        if cut != booked:
            raise Refusal(
                "breakdown_differs",
                standing=standing.value,
                cut=baht(cut),
                ledger=baht(booked),
                round=str(told.term),
            )


def _agree_on_forms(told: Summary, facts: ScreeningFacts) -> None:
    for name, population in screening_paper.populations(facts).items():
        counted = (getattr(told.screening, name), told.screening.income_per_head[name])
        formed = (population.pupils, indicators.profile(population)["income_per_head"])
        if counted != formed:
            raise Refusal(
                "screening_differs",
                population=name,
                formed=f"{formed[0]:,} ({baht(formed[1])})",
                counted=f"{counted[0]:,} ({baht(counted[1])})",
                round=str(told.term),
            )


def _context(told: Summary, breakdown: Breakdown, facts: ScreeningFacts) -> dict[str, Any]:
    known = words.load(words.OWN, words.PAPER)
    thai, english = Speech(Language.TH, known), Speech(Language.EN, known)
    windows = for_round(told.term).windows
    found = law.breaks(told)
    left = flow.leavings(told, words=known)
    shown = cuts.cuts(breakdown, words=known)
    return {
        # The sheet is ours, from the build; nothing of a register can reach it.
        "style": mark_safe(style()),  # noqa: S308
        "w": known["paper"],
        "cut_words": known["cut"],
        "round": told.term.label,
        "term": Word(thai.term(told.term), english.term(told.term)),
        "as_of": Word(thai.day(breakdown.as_of), english.day(breakdown.as_of)),
        "extracted": Word(thai.day(breakdown.extracted_on), english.day(breakdown.extracted_on)),
        "policy": told.policy,
        "data": digest(summary=told, breakdown=breakdown, screening=facts),
        "figures": _figures(told, known),
        "definitions": [
            each for each in indicators.all_of_them().values() if each.part is not Part.TARGETING
        ],
        "screening": screening_paper.build(told, facts, words=known),
        "source_legend": [(kind, known["legend"][kind]) for kind in ("out", "published")],
        "conditions": conditions.build(told, words=known),
        "law": known["law"],
        "faults": [
            Word(faults.sentence(each, speech=thai), faults.sentence(each, speech=english)) for each in found
        ],
        "lines": flow.lines(told, words=known, windows=windows, speeches=(thai, english)),
        "leavings": [[each for each in left if each.kind == kind] for kind in ("dropped", "held")],
        "standings": cuts.standings(breakdown, words=known),
        "whole": shown[0].total,
        "heads": [known["paper"][name] for name in ("in", "joined", "out", "dropped", "held")],
        "flow_legend": [(name, known["paper"][name]) for name in ("out", "held", "dropped")],
        "cuts": shown,
        "exceptions": [(known["exception"][name], f"{n:,}") for name, n in told.exceptions.items()],
        "after": [(known["after_close"][name], baht(satang)) for name, satang in told.after_close.items()],
        "ledger": [(known["account"][name], baht(satang)) for name, satang in told.ledger.items()],
        "balance": baht(sum(told.ledger.values())),
    }


def _figures(told: Summary, known: Words) -> list[tuple[Indicator, Word]]:
    counted = indicators.values(told)
    return [
        (each, printing.whole(each.unit, counted[each.name], words=known))
        for each in indicators.of(Part.ROUND)
    ]
