"""``takhai intake check``: needs neither Django nor a database, so it starts at once."""

import json
import sys
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Annotated, Final, TextIO

import typer

from takhai.platform.intake import layout as layouts
from takhai.platform.intake.check import Checked, check
from takhai.platform.intake.entries import Entry
from takhai.platform.problems import Refusal
from takhai.thai.calendar import BadTerm, Term

# Rows that a person reads on a screen; all of them are in the JSON and in the file of bad rows.
SHOWN: Final = 50


def intake_app(*, bad_rows_folder: Callable[[], Path]) -> typer.Typer:
    """The commands of phase one; ``bad_rows_folder`` says where files of bad rows go.

    The command line of the site adds it as ``intake`` and hangs ``commit`` beside it.
    """
    app = typer.Typer(
        help="ตรวจและนำเข้าไฟล์ · check files and take them in",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )

    @app.callback()
    def intake() -> None:
        """A group even while it has one command."""

    @app.command("check")
    def check_file(
        file: Annotated[Path, typer.Argument(help="ไฟล์ CSV หรือ XLSX · CSV or XLSX file")],
        layout: Annotated[str, typer.Option(help="รูปแบบไฟล์ เช่น dmc · layout, such as dmc")],
        round_: Annotated[str, typer.Option("--round", help="รอบ เช่น 2563-2 · round, such as 2563-2")],
        as_json: Annotated[bool, typer.Option("--json", help="ตอบเป็น JSON · answer in JSON")] = False,
    ) -> None:
        """ตรวจไฟล์โดยไม่บันทึกสิ่งใด · check a file, nothing is written. Exit 0 when a row is good, else 2."""
        raise typer.Exit(
            run(file=file, layout=layout, round_=round_, as_json=as_json, folder=bad_rows_folder)
        )

    return app


def run(*, file: Path, layout: str, round_: str, as_json: bool, folder: Callable[[], Path]) -> int:
    """The command itself; its exit status."""
    try:
        term = Term.parse(round_)
    except BadTerm:
        return _say_refusal(Refusal("round_malformed"))
    try:
        kind = layouts.load(layout)
    except Refusal as refusal:
        return _say_refusal(refusal)
    checked = check(path=file, layout=kind, term=term, bad_rows_folder=folder())
    if as_json:
        _write_json(checked, sys.stdout)
    else:
        _write_text(checked, sys.stdout)
    if checked.refused is not None:
        return _say_refusal(checked.refused)
    return checked.exit_code


def _say_refusal(refusal: Refusal) -> int:
    for line in (refusal.th, refusal.mend_th, refusal.en, refusal.mend_en):
        typer.echo(line, err=True)
    return refusal.exit_code


def _write_json(checked: Checked, out: TextIO) -> None:
    """The answer entry by entry: it may be long."""
    out.write(f'{{"rows": {checked.rows}, "good": {checked.good}')
    for name, entries in (("bad", checked.bad), ("warn", checked.warn)):
        out.write(f', "{name}": [')
        for at, entry in enumerate(entries):
            out.write((", " if at else "") + json.dumps(entry.to_json(), ensure_ascii=False))
        out.write("]")
    file = None if checked.bad_rows_file is None else str(checked.bad_rows_file)
    out.write(f', "bad_rows_file": {json.dumps(file, ensure_ascii=False)}}}\n')


def _write_text(checked: Checked, out: TextIO) -> None:
    if checked.refused is not None:
        return
    bad = checked.rows - checked.good
    out.write(f"อ่าน {checked.rows:,} แถว ใช้ได้ {checked.good:,} แถว ใช้ไม่ได้ {bad:,} แถว\n")
    out.write(f"{checked.rows:,} rows read, {checked.good:,} good, {bad:,} bad\n")
    _write_entries(checked.bad, len(checked.bad), "ใช้ไม่ได้ · bad", out)
    _write_entries(checked.warn, len(checked.warn), "ควรตรวจ · to look at", out)
    if checked.bad_rows_file is not None:
        out.write(f"\nแก้แล้วส่งใหม่ได้จากไฟล์ · mend and send again: {checked.bad_rows_file}\n")


def _write_entries(entries: Iterable[Entry], count: int, title: str, out: TextIO) -> None:
    if not count:
        return
    out.write(f"\n{title}\n")
    for entry in islice(entries, SHOWN):
        out.write(f"  {entry.message_th} · {entry.mend_th} [{entry.code}]\n")
    if count > SHOWN:
        out.write(f"  … อีก {count - SHOWN:,} รายการ · {count - SHOWN:,} more\n")
