"""The command line of the semester: parse, one call, print. Exit 0 complete, 2 refused, 3 waiting, 4 law broken."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from takhai.ledger.commands import ledger_verify
from takhai.platform import clock, work
from takhai.platform.exchange import Folder
from takhai.platform.problems import Refusal
from takhai.platform.steps import LawBroken, Progress
from takhai.policy import for_round
from takhai.policy.types import NoCalendar, NoRate
from takhai.semester import arrivals, books, runner
from takhai.semester.publish import publish
from takhai.semester.steps import STEPS
from takhai.semester.summary import compare, read_truth, summary
from takhai.semester.table import table
from takhai.thai.calendar import Term

COMPLETE, WAITING, BROKEN = 0, 3, 4
COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())

app = typer.Typer(
    help="ภาคเรียน: รอบทุนตั้งแต่แฟ้มทะเบียนถึงเงินที่กระทบยอดแล้ว | a round, from register files to reconciled money"
)

Round = Annotated[str, typer.Argument(help="รอบ เช่น 2563-2 | the round, such as 2563-2")]
From = Annotated[Path, typer.Option("--from", help="โฟลเดอร์ของรอบ | the round's folder")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="วันสุดท้ายที่มาถึงแล้ว (ปี ค.ศ.-เดือน-วัน) | the last day that has come")
]
Json = Annotated[Path | None, typer.Option("--json", help="เขียนสรุปเป็น JSON | write the summary as JSON")]
Group = Annotated[str, typer.Option("--group", help="กลุ่มของขั้น | the step's group")]


@app.command()
def run(round_: Round, from_: From, as_of: AsOf = None, json_: Json = None) -> None:
    """ทำรอบต่อจากที่ค้างไว้ | run what is left of the round."""
    raise typer.Exit(run_round(round_, from_, as_of=as_of, out=json_))


def _one(name: str) -> None:
    def command(
        round_: Round, from_: From, group: Group = "", as_of: AsOf = None, json_: Json = None
    ) -> None:
        raise typer.Exit(run_round(round_, from_, as_of=as_of, out=json_, only=(name, group)))

    app.command(name=name, help=f"ขั้น {name} อย่างเดียว | step {name} alone")(command)


for _step in STEPS:
    _one(_step.name)


@app.command()
def check(
    truth: Annotated[
        Path, typer.Option("--truth", help="แฟ้มเฉลยของประเทศจำลอง | the synthetic country's truth")
    ],
) -> None:
    """เทียบสรุปกับเฉลย | compare the summary with the truth."""
    told = read_truth(truth)
    ours = summary(term=parse_round(str(told.get("round", ""))), waits=[])
    equal, compared, wrong = compare(ours=ours, truth=told)
    for line in wrong:
        typer.echo(line)
    typer.echo(f"{equal} of {compared} equal")
    raise typer.Exit(BROKEN if wrong else COMPLETE)


def verify_books() -> None:
    """พิสูจน์บัญชีทั้งหมด | prove the books: recompute everything, compare with lists and lines."""
    status = ledger_verify(
        claims=books.claims(), expected=books.expected(), beside=books.changed_lists(), say=typer.echo
    )
    raise typer.Exit(status)


@app.command()
def progress(round_: Round, json_: Annotated[bool, typer.Option("--json")] = False) -> None:
    """หน่วยงานของรอบ: ถึงไหน โดยใคร กี่ครั้ง | the round's work units: how far, by whom, how often begun."""
    units = work.units(prefix=f"{parse_round(round_)}/")
    if json_:
        typer.echo(json.dumps([asdict(unit) for unit in units], ensure_ascii=False, default=str))
        return
    for unit in units:
        typer.echo(f"{unit.task}  {unit.key}  {unit.state}  {unit.begun_by}  {unit.attempts}")


def parse_round(text: str) -> Term:
    """The round; Refusal ``round_unknown`` where it is no round, or has no rates or no calendar."""
    try:
        term = Term.parse(text)
        for_round(term).calendar  # noqa: B018 - asks whether there is one
    except (ValueError, NoRate, NoCalendar):
        raise Refusal("round_unknown", round=text[:20]) from None
    return term


def run_round(
    round_: str,
    root: Path,
    *,
    as_of: str | None = None,
    out: Path | None = None,
    only: tuple[str, str] | None = None,
) -> int:
    """Runs what is left, publishes the report, prints the summary; the exit status."""
    term = parse_round(round_)
    if not root.is_dir():
        raise Refusal("folder_missing", folder=str(root))
    if only is not None and only not in {
        (step.name, group) for step, group in runner.line_up(for_round(term))
    }:
        raise Refusal("step_unknown", step=only[0], group=only[1])
    until = _day(as_of) if as_of else clock.today()
    console = Console()
    try:
        with Bar(*COLUMNS, console=console, disable=not console.is_terminal) as bar:
            tell = _bar_teller(bar) if console.is_terminal else _line_teller
            waits = runner.run(term=term, folder=Folder(root), until=until, only=only, tell=tell)
    except LawBroken as broken:
        typer.echo(_broken_law(broken), err=True)
        return BROKEN
    told = summary(term=term, waits=waits)
    told["report"] = str(publish(term=term, told=told, on=until))
    if out is not None:
        out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    console.print(table(told))
    for line in _left_out(term=term, counted=told["exceptions"]):
        typer.echo(line)
    return WAITING if waits else COMPLETE


def _left_out(*, term: Term, counted: Mapping[str, int]) -> Iterator[str]:
    """A line for each file with rows that could not be taken in; exceptions are in the table already."""
    files = arrivals.left_out(round=term, groups=for_round(term).groups)
    for file, refused in files.items():
        reasons = {name: rows for name, rows in sorted(refused.items()) if rows and name not in counted}
        if reasons:
            told = ", ".join(f"{name} {rows}" for name, rows in reasons.items())
            total = sum(reasons.values())
            yield f"{file}: ไม่ได้นำเข้า {total} แถว | {total} rows left out ({told})"


def _line_teller(progress: Progress) -> None:
    """For a log or a pipe: one line a unit, at once."""
    group = progress.group or "-"
    sys.stderr.write(f"{progress.step} {group} {progress.unit} {progress.done}/{progress.of}\n")
    sys.stderr.flush()


def _bar_teller(bar: Bar) -> runner.Tell:
    known: dict[tuple[str, str], int] = {}

    def tell(progress: Progress) -> None:
        key = (progress.step, progress.group)
        if key not in known:
            known[key] = bar.add_task(" ".join(key).strip(), total=progress.of)
        bar.update(bar.tasks[known[key]].id, completed=progress.done)

    return tell


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("day_unreadable", value=text[:20]) from None


def _broken_law(broken: LawBroken) -> str:
    sides = ", ".join(broken.sides)
    return (
        f"กฎของขั้นไม่เป็นจริงที่ {broken.task} {broken.unit} ({sides}) จึงหยุด ไม่มีอะไรของหน่วยนี้ถูกบันทึก\n"
        f"The law does not hold at {broken.task} {broken.unit} ({sides}): stopped, nothing of this unit was kept"
    )
