"""``takhai intake commit``: parse, one call, print. The answer is that of ``intake check``, with what was done."""

import json
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer
from django.db import transaction

from takhai.platform import clock, home
from takhai.platform.history import acting
from takhai.platform.intake.check import Checked, check
from takhai.platform.intake.layout import load as layout_of
from takhai.platform.problems import Refusal
from takhai.platform.steps import closed, task_name
from takhai.registry.services import intake
from takhai.registry.services.intake import Taken
from takhai.registry.types import RowReason
from takhai.thai.calendar import BadTerm, Term

BY = "intake commit"


def commit(
    file: Annotated[Path, typer.Argument(help="ไฟล์ CSV หรือ XLSX | CSV or XLSX file")],
    layout: Annotated[str, typer.Option(help="รูปแบบไฟล์ เช่น dmc | layout, such as dmc")],
    round_: Annotated[str, typer.Option("--round", help="รอบ เช่น 2563-2 | round, such as 2563-2")],
    school: Annotated[
        str | None, typer.Option(help="รหัสโรงเรียนของทั้งไฟล์ | code of the school of the whole file")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="ตอบเป็น JSON | answer in JSON")] = False,
) -> None:
    """นำแถวที่ใช้ได้เข้าระบบ ไฟล์เดิมซ้ำไม่เปลี่ยนอะไร | take the good rows in; the same file again changes nothing."""
    checked, taken = run(path=file, layout=layout, round=_round(round_), school=school)
    answer = told(checked=checked, taken=taken)
    typer.echo(json.dumps(answer, ensure_ascii=False) if as_json else "\n".join(sentences(answer)))
    if checked.refused is not None:
        raise checked.refused
    raise typer.Exit(0 if answer["good"] else 2)


def run(*, path: Path, layout: str, round: Term, school: str | None) -> tuple[Checked, Taken | None]:
    """Checks the file, then takes in what is good; nothing is taken of a file that cannot be read.

    Raises Refusal ``intake_finished`` once the round's intake is closed: such a file is a correction.
    """
    checked = check(path=path, layout=layout_of(layout), term=round, bad_rows_folder=home.folder("bad-rows"))
    if checked.refused is not None:
        return checked, None
    if closed(task=task_name(key=str(round), group="", step="intake")) is not None:
        raise Refusal("intake_finished", round=str(round))
    with transaction.atomic(), acting(by=BY, source=checked.sha256):
        taken = intake.take(
            path=path, round=round, received_on=clock.today(), layout=layout, school=school, by=BY
        )
    bad = sorted(chain(checked.bad, taken.staged.unknown_schools), key=lambda entry: entry.row)
    return replace(checked, good=taken.staged.good, bad=bad, bad_rows_file=taken.staged.bad_rows_file), taken


def told(*, checked: Checked, taken: Taken | None) -> dict[str, Any]:
    """The answer as JSON: the keys of ``intake check`` and ``done``, what came of the good rows."""
    return checked.to_json() | {"done": None if taken is None else _done(taken)}


def sentences(answer: dict[str, Any]) -> list[str]:
    """The answer for a person, Thai first."""
    lines = [
        f"อ่าน {answer['rows']:,} แถว ใช้ได้ {answer['good']:,} แถว ใช้ไม่ได้ {len(answer['bad']):,} ข้อ",
        f"{answer['rows']:,} rows read, {answer['good']:,} good, {len(answer['bad']):,} remarks on bad ones",
    ]
    done = answer["done"]
    if done is not None:
        again = "" if done["new"] else " (ไฟล์นี้นำเข้าแล้วก่อนหน้านี้ | this file had been taken in before)"
        lines.append(
            f"นักเรียน {done['pupils']:,} คน ซ้ำ {done['duplicate']:,} โรงเรียนที่สอง {done['second_school']:,}{again}"
        )
        lines.append(
            f"{done['pupils']:,} pupils, {done['duplicate']:,} repeated, {done['second_school']:,} at a second school"
        )
    lines += [
        f"  {entry['message_th']} · {entry['mend_th']} [{entry['code']}]" for entry in answer["bad"][:50]
    ]
    if answer["bad_rows_file"]:
        lines.append(f"แก้แล้วส่งใหม่ได้จากไฟล์ | mend and send again: {answer['bad_rows_file']}")
    return lines


def _round(text: str) -> Term:
    try:
        return Term.parse(text)
    except BadTerm:
        raise Refusal("round_malformed") from None


def _done(taken: Taken) -> dict[str, int | bool]:
    dropped = taken.flow.dropped
    return {
        "new": taken.new,
        "pupils": taken.flow.out,
        "duplicate": dropped[RowReason.DUPLICATE.value],
        "second_school": dropped[RowReason.SECOND_SCHOOL.value],
    }
