"""The summary as a table for a terminal."""

from typing import Any

from rich.table import Table
from rich.text import Text

from takhai.thai.money import baht


def table(told: dict[str, Any]) -> Table:
    """Every step and group: pupils in, joined, out, dropped, held; baht out. Reasons stand below it."""
    shown = Table(title=f"{told['round']}  {told['status']}", title_justify="left")
    for name in ("step", "group", "in", "joined", "out", "dropped", "held", "baht out"):
        shown.add_column(name, justify="left" if name in {"step", "group"} else "right", no_wrap=True)
    for line in told["steps"]:
        counts = [f"{line[name]:,}" for name in ("in", "joined", "out")]
        lost = [f"{sum(line[name].values()):,}" for name in ("dropped", "held")]
        shown.add_row(line["step"], line["group"], *counts, *lost, baht(line["satang_out"]))
    # What an approver wrote is no markup.
    shown.caption = Text(_caption(told))
    shown.caption_justify = "left"
    return shown


def _caption(told: dict[str, Any]) -> str:
    reasons = [
        (f"{line['step']} {kind}", ", ".join(f"{name} {n:,}" for name, n in line[kind].items() if n))
        for line in told["steps"]
        for kind in ("to", "dropped", "held")
        if kind in line
    ]
    refused = [
        (f"{file} refused", ", ".join(f"{name} {n:,}" for name, n in counted["refused"].items() if n))
        for file, counted in {"forms": told["screening"], **told["classroom"]}.items()
    ]
    waits = [
        ("waits", f"{wait['step']} {wait['group']}: {wait['for']} {wait['reason']}".strip())
        for wait in told["waits"]
    ]
    money = ", ".join(f"{name} {baht(satang)}" for name, satang in told["ledger"].items() if satang)
    exceptions = ", ".join(f"{name} {n}" for name, n in told["exceptions"].items() if n)
    after = ", ".join(f"{name} {baht(satang)}" for name, satang in told["after_close"].items() if satang)
    books = (
        ("ledger", money),
        ("exceptions", exceptions),
        ("after close", after),
        ("report", told["report"]),
    )
    return "\n".join(f"{name}: {text}" for name, text in (*reasons, *refused, *waits, *books) if text)
