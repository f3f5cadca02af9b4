"""Targeting of a round against the truth of the synthetic country: read, measured, told."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from takhai.platform.home import private, write_private
from takhai.platform.intake.layout import load as layout
from takhai.platform.intake.reading import reading
from takhai.platform.problems import Refusal
from takhai.policy import for_round
from takhai.reporting import indicators, words
from takhai.reporting.indicators import Part
from takhai.reporting.paper import targeting as paper
from takhai.reporting.rules import targeting as rule
from takhai.reporting.rules.targeting import Errors, Judged, Measured
from takhai.reporting.services.term import style
from takhai.screening.queries.ranked import Ranked, ranked
from takhai.thai.calendar import Term

LAYOUT: Final = "truth_pupils"


@dataclass(frozen=True, slots=True)
class Targeting:
    """What was measured. ``line``: satang per head and month; ``left_out``: pupils of the truth not screened."""

    term: Term
    truth_sha256: str
    policy: str
    model: str
    percent: int | None
    line: int
    left_out: int
    measured: tuple[Measured, ...]


def run(*, term: Term, truth: Path) -> Targeting:
    """Holds the screening of a round against ``truth_pupils.csv``.

    Refusals: ``round_not_screened``; ``truth_has_bad_rows`` for a row that cannot be read or a form that
    stands twice; ``truth_is_incomplete`` where a screened pupil has no row.
    """
    policy = for_round(term)
    said = {each.form_no: (place, each) for place, each in enumerate(ranked(round=term), start=1)}
    if not said:
        raise Refusal("round_not_screened", round=str(term))
    known: dict[str, Judged] = {}
    with reading(path=truth, layout=layout(LAYOUT), term=term) as file:
        for row in file:
            form_no = str(row.values["form_no"])
            known[form_no] = _judged(row.values, said.get(form_no))
    bad = sum(file.dropped.values()) + file.good - len(known)
    if bad:
        raise Refusal("truth_has_bad_rows", file=truth.name, bad=bad)
    missing = len(said.keys() - known.keys())
    if missing:
        raise Refusal("truth_is_incomplete", file=truth.name, missing=missing, round=str(term))
    percent, line = policy.band.quota_percent, policy.income_ceiling_satang
    return Targeting(
        term=term,
        truth_sha256=file.sha256,
        policy=policy.sha256,
        model=policy.pmt.version,
        percent=percent,
        line=line,
        left_out=len(known) - len(said),
        measured=rule.measure(tuple(known.values()), percent=percent, line=line),
    )


def _judged(row: Mapping[str, Any], said: tuple[int, Ranked] | None) -> Judged:
    return Judged(
        key=row["form_no"],
        province=row["province"],
        level=row["level"],
        welfare=row["welfare_satang"],
        truly=row["truly_extremely_poor"] == "yes",
        place=said[0] if said else None,
        chosen=said is not None and said[1].extremely_poor,
        passed=said is not None and said[1].poor,
    )


def as_json(told: Targeting, /) -> dict[str, Any]:
    """Plain values; errors are hundredths of a percent, the counts behind them stand beside."""
    notes = words.load(words.OWN, words.PAPER)["targeting"]
    return {
        "round": str(told.term),
        "policy": told.policy,
        "pmt_model": told.model,
        "truth_sha256": told.truth_sha256,
        "quota_percent": told.percent,
        "line_satang": told.line,
        "left_out": told.left_out,
        "rows": [
            {
                "by": each.by,
                "value": each.value,
                "pupils": each.pupils,
                "screened": each.screened,
                "quota": _errors(each.quota),
                "line": _errors(each.line),
                "decided": _errors(each.decided),
            }
            for each in told.measured
        ],
        "definitions": {
            **{
                each.name: {"th": each.definition.th, "en": each.definition.en}
                for each in indicators.of(Part.TARGETING)
            },
            **{
                name: {"th": notes[f"{name}_about"].th, "en": notes[f"{name}_about"].en}
                for name in ("quota", "line", "decided")
            },
        },
        "note": {"th": notes["synthetic"].th, "en": notes["synthetic"].en},
    }


def publish(told: Targeting, /, *, out_dir: Path) -> Path:
    """Writes the same on one page that carries its own style; its path. The same figures make the same bytes."""
    known = words.load(words.OWN, words.PAPER)
    page = render_to_string(
        "reporting/targeting.html",
        {
            # The sheet is ours, from the build; nothing of a file can reach it.
            "style": mark_safe(style()),  # noqa: S308
            "w": known["paper"],
            "t": known["targeting"],
            "round": told.term.label,
            "part": paper.build(told.measured, percent=told.percent, line=told.line, words=known),
            "definitions": indicators.of(Part.TARGETING),
            "left_out": f"{told.left_out:,}",
            "seal": (
                (known["paper"]["policy"], told.policy),
                (known["targeting"]["truth"], told.truth_sha256),
                (known["targeting"]["model"], told.model),
            ),
        },
    )
    target = private(out_dir) / f"targeting-{told.term}.html"
    write_private(target, page.strip().encode() + b"\n")
    return target


def _errors(each: Errors) -> dict[str, int]:
    return {
        "truly": each.truly,
        "taken": each.taken,
        "both": each.both,
        "exclusion": each.exclusion,
        "inclusion": each.inclusion,
    }
