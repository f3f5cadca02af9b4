"""Commands that need no database: a file is checked, a round's policy is shown."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from takhai.platform import home
from takhai.platform.intake.commands import intake_app
from takhai.platform.problems import Refusal
from takhai.policy.show import Line, lines
from takhai.policy.types import NoCalendar, NoRate
from takhai.thai.calendar import BadTerm, Term


def _bad_rows() -> Path:
    return home.folder("bad-rows")


intake = intake_app(bad_rows_folder=_bad_rows)


def policy_show(
    round_: Annotated[
        str, typer.Argument(metavar="ROUND", help="รอบ เช่น 2563-2 | the round, such as 2563-2")
    ],
) -> None:
    """ค่าที่ใช้ในรอบนั้น และที่มาของแต่ละค่า | what holds in the round and where each value comes from."""
    try:
        found = lines(Term.parse(round_))
    except (BadTerm, NoRate, NoCalendar):
        raise Refusal("round_unknown", round=round_[:20]) from None
    console = Console()
    if not console.is_terminal:
        for line in found:
            typer.echo("\t".join(_cells(line)))
        return
    table = Table("ค่า | value", "", "สถานะ | status", "ตั้งแต่ | from", "ที่มา | source", box=None)
    for line in found:
        name, keys, value, status, since, source = _cells(line)
        table.add_row(f"{name} {keys}".strip(), value, status, since, source)
    console.print(table)


def _cells(line: Line) -> tuple[str, str, str, str, str, str]:
    return (
        f"{line.topic} {line.label_th} | {line.label_en}",
        line.keys,
        f"{line.value} {line.unit}",
        line.status,
        line.from_day.isoformat(),
        f"{line.source_th} | {line.source_en}",
    )
