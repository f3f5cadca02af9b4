"""The term report: one HTML file that carries its own type and style and needs nothing else."""

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
from takhai.reporting.indicators import Indicator, Unit
from takhai.reporting.paper import cuts, flow
from takhai.reporting.summary import Summary
from takhai.reporting.types import Breakdown, Standing
from takhai.reporting.words import Language, Speech, Word, Words
from takhai.thai.money import baht

STYLE: Final = Path(__file__).parents[1] / "built" / "report.css"
BOOKED: Final = (Standing.PAID, Standing.DUE_BACK, Standing.RETURNED)


def publish(*, summary: Mapping[str, Any], breakdown: Breakdown, out_dir: Path) -> Path:
    """Write the report of a round and return its path.

    ``summary`` is the JSON of the command line. The same two inputs make the same bytes; neither the clock
    nor a path enters them. Refusals: ``breakdown_differs`` where the cells and the ledger do not agree,
    ``style_missing`` before ``make assets``.
    """
    told = summaries.read(summary)
    _agree(told, breakdown)
    page = render_to_string("reporting/term.html", _context(told, breakdown))
    target = private(out_dir) / f"report-{told.term}.html"
    write_private(target, page.strip().encode() + b"\n")
    return target


def digest(*, summary: Summary, breakdown: Breakdown) -> str:
    """sha256 of everything the report is made from but its wording."""
    facts = {"summary": asdict(summary), "breakdown": asdict(breakdown)}
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def _style() -> str:
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


def _context(told: Summary, breakdown: Breakdown) -> dict[str, Any]:
    known = words.load(words.OWN)
    thai, english = Speech(Language.TH, known), Speech(Language.EN, known)
    windows = for_round(told.term).windows
    found = law.breaks(told)
    left = flow.leavings(told, words=known)
    shown = cuts.cuts(breakdown, words=known)
    return {
        # The sheet is ours, from the build; nothing of a register can reach it.
        "style": mark_safe(_style()),  # noqa: S308
        "w": known["paper"],
        "cut_words": known["cut"],
        "round": told.term.label,
        "term": Word(thai.term(told.term), english.term(told.term)),
        "as_of": Word(thai.day(breakdown.as_of), english.day(breakdown.as_of)),
        "extracted": Word(thai.day(breakdown.extracted_on), english.day(breakdown.extracted_on)),
        "policy": told.policy,
        "data": digest(summary=told, breakdown=breakdown),
        "figures": _figures(told, known),
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
        (each, _printed(each.unit, counted[name], known)) for name, each in indicators.all_of_them().items()
    ]


def _printed(unit: Unit, value: int, known: Words) -> Word:
    if unit is Unit.PERCENT:
        text = f"{value // 100}.{value % 100:02d} %"
        return Word(text, text)
    if unit is Unit.SATANG:
        word = known["unit"]["baht"]
        return Word(word.th.format(amount=baht(value)), word.en.format(amount=baht(value)))
    word = known["unit"][unit.value]
    return Word(word.th.format(n=f"{value:,}"), word.en.format(n=f"{value:,}"))
