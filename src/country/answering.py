"""Answers whatever lies in out/: committees, approvers, bank, schools and families. Safe to run again."""

from collections.abc import Mapping
from pathlib import Path

from country import out, screening
from country.bank import results
from country.corrections import write_corrections
from country.dmc import buddhist
from country.settle import Outcome
from country.tills import receipts, school_returns
from country.world import GROUPS, NEW, World

APPROVER = "malee.approver"


def answer(world: World, outcome: Outcome, folder: Path) -> list[Path]:
    """Writes what is due, and says which files; files already answered come out byte for byte the same."""
    written = screening.answer(world, folder)
    for group in GROUPS:
        written += _answer_group(world, outcome, group, folder)
    return written


def _answer_group(world: World, outcome: Outcome, group: str, folder: Path) -> list[Path]:
    sent, told = folder / "out", folder / "answers"
    name = f"{world.term}-{group}.csv"
    written: list[Path] = []
    request = sent / f"approval-request-{name}"
    if request.exists():
        written.append(_approve(world, outcome, group, request, told / f"approval-{name}"))
        written += write_corrections(world, group, folder / "registers")
        if group == NEW:
            written += screening.answer_late(world, folder)
    payment = sent / f"payment-{name}"
    if payment.exists():
        path = told / f"results-{name}"
        out.write(path, _RESULTS, results(world, outcome, group, out.read(payment, _PAYMENT)))
        written.append(path)
    roll = sent / f"cash-roll-{name}"
    if roll.exists():
        lines = out.read(roll, _ROLL)
        path = told / f"receipts-{name}"
        out.write(path, _RECEIPTS, receipts(world, outcome, group, lines))
        written.append(path)
        path = told / f"returns-{name}"
        out.write(path, _RETURNS, school_returns(world, outcome, group, lines))
        written.append(path)
    return written


_REQUEST = ("round", "group", "list_sha256", "count", "baht")
_APPROVAL = (
    "round", "group", "list_sha256", "count", "baht", "decision", "approver", "decided_on", "reason",
)  # fmt: skip
_PAYMENT = ("reference", "channel", "payee", "baht")
_RESULTS = ("reference", "payee", "satang", "status", "code", "booked_on")
_ROLL = ("line_reference", "return_reference", "school_code", "identifier", "baht")
_RECEIPTS = ("line_reference", "status", "baht", "received_on", "recipient", "reason")
_RETURNS = ("return_reference", "school_code", "baht", "booked_on")


def _approve(world: World, outcome: Outcome, group: str, request: Path, path: Path) -> Path:
    """Signs when count and sum are what the country expects of the list."""
    asked = _only_row(request)
    granted = [row.satang for row in outcome.of(group) if row.joins == "entitle" and row.step != "entitle"]
    day = world.days[group].approved
    right = (int(asked["count"]), out.satang(asked["baht"])) == (len(granted), sum(granted))
    reason = "" if right else f"จำนวนหรือยอดเงินไม่ตรงกับที่ตรวจได้ ณ {buddhist(day)}"
    out.write(
        path,
        _APPROVAL,
        [
            (
                asked["round"],
                asked["group"],
                asked["list_sha256"],
                asked["count"],
                asked["baht"],
                "approve" if right else "refuse",
                APPROVER,
                day.isoformat(),
                reason,
            )
        ],
    )
    return path


def _only_row(path: Path) -> Mapping[str, str]:
    rows = out.read(path, _REQUEST)
    if len(rows) != 1:
        raise out.NotAnOutFile(f"{path.name}: one request has one row")
    return rows[0]
