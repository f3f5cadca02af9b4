"""The words of ``takhai report``: parse, one call, print."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from takhai.platform import home
from takhai.platform.problems import Refusal
from takhai.policy import for_round
from takhai.policy.types import NoRate
from takhai.reporting import words
from takhai.reporting.paper import targeting as paper
from takhai.reporting.services import targeting as targets
from takhai.thai.calendar import Term

Round = Annotated[str, typer.Option("--round", help="รอบ เช่น 2563-2 | the round, such as 2563-2")]
Truth = Annotated[
    Path, typer.Option("--truth", help="truth_pupils.csv ของประเทศจำลอง | of the synthetic country")
]
Json = Annotated[Path | None, typer.Option("--json", help="เขียนเป็น JSON | write it as JSON")]
Html = Annotated[
    bool, typer.Option("--html", help="เขียนเป็นหน้าเดียวใน reports/ | write one page into reports/")
]


def targeting(round_: Round, truth: Truth, json_: Json = None, html: Html = False) -> None:
    """ความแม่นยำของการคัดกรองเทียบกับความจริงจำลอง | errors of the screening against the synthetic truth."""
    told = targets.run(term=_round(round_), truth=truth)
    Console().print(_table(told))
    notes = words.load(words.OWN, words.PAPER)["targeting"]
    typer.echo(f"{notes['synthetic'].th}\n{notes['synthetic'].en}")
    if json_ is not None:
        json_.write_text(json.dumps(targets.as_json(told), ensure_ascii=False, indent=1) + "\n", "utf-8")
    if html:
        typer.echo(str(targets.publish(told, out_dir=home.folder("reports"))))


def _round(text: str) -> Term:
    try:
        term = Term.parse(text)
        for_round(term)
    except (ValueError, NoRate):
        raise Refusal("report_round_unknown", round=text[:20]) from None
    return term


def _table(told: targets.Targeting) -> Table:
    known = words.load(words.OWN, words.PAPER)
    shown = Table(title=f"{told.term}  targeting", title_justify="left")
    for name in ("", "pupils", "quota", "line excl.", "line incl.", "decided excl.", "decided incl."):
        shown.add_column(name, justify="right" if name else "left", no_wrap=True)
    for each in told.measured:
        errors = (
            each.quota.exclusion,
            each.line.exclusion,
            each.line.inclusion,
            each.decided.exclusion,
            each.decided.inclusion,
        )
        shown.add_row(
            paper.label(each, words=known).en,
            f"{each.pupils:,}",
            *(f"{error // 100}.{error % 100:02d} %" for error in errors),
        )
    return shown
