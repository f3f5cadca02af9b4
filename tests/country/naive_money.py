"""The second half of a round on paper: orders, the bank's answers, cash, returns, and what comes again."""

from collections import Counter
from datetime import date
from pathlib import Path

from country.__main__ import main
from tests.country.naive_files import registers, table
from tests.country.naive_round import BANK, ROUNDS, Line, State, Walk


def walk(folder: Path, name: str, before: State | None = None) -> Walk:
    """A whole round, answering in turns as the country does."""
    way = Walk(folder, ROUNDS[name], before or State())
    way.read()
    way.intake()
    way.group()
    way.entitle()
    way.request()
    assert main(["answer", str(folder)]) == 0
    approval = way.answers("approval")[0]
    assert approval["decision"] == "approve", approval["reason"]
    order(way)
    assert main(["answer", str(folder)]) == 0
    reconcile(way)
    assert main(["answer", str(folder)]) == 0
    recover(way)
    leave(way)
    return way


def order(way: Walk) -> None:
    """Lines into transfers: one for a pupil, one for a school."""
    for line in way.before.owed:
        way.count("order", "joined", line.satang)
    way.transfers: dict[str, list[Line]] = {}  # type: ignore[misc]
    for line in [*way.lines, *way.before.owed]:
        account = way.schools[line.school]["account_number"]
        if way.by_promptpay(line):
            way.transfers.setdefault(way.number(line), []).append(line)
        elif account:
            way.transfers.setdefault(account, []).append(line)
        else:
            hold(way, "order", line, "no_account")
    rows: list[dict[str, object]] = []
    for n, (payee, lines) in enumerate(way.transfers.items()):
        total = sum(line.satang for line in lines)
        way.count("order", "out", total, len(lines))
        rows.append(
            {
                "reference": f"T{n}",
                "channel": "promptpay" if len(payee) == 13 else "school",
                "payee": payee,
                "payee_name": "",
                "bank": "",
                "baht": f"{total / 100:.2f}",
                "lines": len(lines),
                "value_date": way.terms.bank_closes.isoformat(),
            }
        )
    way.send("payment", rows)


def hold(way: Walk, step: str, line: Line, reason: str) -> None:
    """Notes that a row goes no further in this round."""
    way.count(step, reason, line.satang)
    line.ends = reason
    if reason not in ("result_differs", "no_result"):
        way.after.owed.append(line)


def reconcile(way: Walk) -> None:
    """Matches the bank's answers with what was sent."""
    sent = {f"T{n}": payee for n, payee in enumerate(way.transfers)}
    first: dict[str, dict[str, str]] = {}
    for row in way.answers("results"):
        if row["reference"] not in sent:
            way.exceptions["result_without_order"] += 1
        elif date.fromisoformat(row["booked_on"]) > way.terms.bank_closes:
            way.exceptions["result_late"] += 1
        elif row["reference"] in first:
            way.exceptions["result_contradicts"] += row != first[row["reference"]]
        else:
            first[row["reference"]] = row
    way.cash: list[Line] = []  # type: ignore[misc]
    for reference, payee in sent.items():
        lines = way.transfers[payee]
        reason = verdict(first.get(reference), payee, sum(line.satang for line in lines))
        for line in lines:
            if reason:
                hold(way, "reconcile", line, reason)
                continue
            way.count("reconcile", "out", line.satang)
            if len(payee) == 13:
                way.count("recover", "out", line.satang)
            else:
                way.cash.append(line)
    way.send(
        "cash-roll",
        [
            {
                "line_reference": f"L{n}",
                "return_reference": f"R{line.school}",
                "school_code": line.school,
                "identifier": way.number(line),
                "name": "",
                "class": "",
                "baht": f"{line.satang / 100:.2f}",
                "opens": way.terms.cash_opens.isoformat(),
                "closes": way.terms.cash_closes.isoformat(),
            }
            for n, line in enumerate(way.cash)
        ],
    )


def verdict(result: dict[str, str] | None, payee: str, satang: int) -> str:
    """Why the lines of a transfer are held; "" when they are paid."""
    if result is None:
        return "no_result"
    if result["status"] == "refused":
        return result["code"] if result["code"] in BANK else "bank_other"
    return "" if (result["payee"], int(result["satang"])) == (payee, satang) else "result_differs"


def recover(way: Walk) -> None:
    """Receipts inside the window pay; the rest is due back; late receipts and returns come after."""
    lines = {f"L{n}": line for n, line in enumerate(way.cash)}
    paid: set[str] = set()
    gone: dict[str, str] = {}
    late: list[tuple[str, date]] = []
    for row in way.answers("receipts"):
        reference, day = row["line_reference"], date.fromisoformat(row["received_on"])
        if reference not in lines:
            way.exceptions["receipt_unknown_line"] += 1
        elif row["status"] != "received":
            gone[reference] = row["status"]
        elif round(float(row["baht"]) * 100) != lines[reference].satang:
            way.exceptions["receipt_differs"] += 1
        elif not way.terms.cash_opens <= day <= way.terms.cash_closes:
            if row["reason"]:
                late.append((reference, day))
            else:
                way.exceptions["late_receipt_without_reason"] += 1
        elif reference in paid:
            way.exceptions["receipt_repeated"] += 1
        else:
            paid.add(reference)
    bills: Counter[str] = Counter()
    for reference, line in lines.items():
        if reference in paid:
            way.count("recover", "out", line.satang)
        else:
            way.count("recover", gone.get(reference, "cash_not_fetched"), line.satang)
            bills[f"R{line.school}"] += line.satang
    give_back(way, bills, late, lines)


def give_back(way: Walk, bills: Counter[str], late: list[tuple[str, date]], lines: dict[str, Line]) -> None:
    """Returns against bills less late receipts of their day."""
    way.due_back = sum(bills.values())  # type: ignore[attr-defined]
    for reference, _ in late:
        way.late += lines[reference].satang
    done: set[str] = set()
    for row in sorted(way.answers("returns"), key=lambda row: row["booked_on"]):
        reference, day = row["return_reference"], date.fromisoformat(row["booked_on"])
        if reference not in bills:
            way.exceptions["return_without_bill"] += 1
            continue
        if reference in done:
            way.exceptions["return_repeated"] += 1
            continue
        bill = bills[reference] - sum(
            lines[line].satang for line, on in late if f"R{lines[line].school}" == reference and on <= day
        )
        if round(float(row["baht"]) * 100) == bill:
            done.add(reference)
            way.returned += bill
        else:
            way.exceptions["return_differs"] += 1


def leave(way: Walk) -> None:
    """Reads the corrections and writes down what the next round begins with."""
    after = way.after
    after.person_of, after.known = way.person_of, way.known
    years = {person: way.listed[person][1] for person in way.old}
    after.listed = {person: (row.school, years[person]) for person, row in way.old.items()}
    mended: set[str] = set()
    for row in registers(way.folder, set(way.schools), way.terms.year, corrections=True):
        person = way.person_of.get(row.number, "")
        entries = way.rows.get(person, [])
        if row.school not in {entry.school for entry in entries}:
            way.exceptions["correction_without_row"] += 1
            continue
        if not way.finding(person, row):
            mended.add(person)
            after.known[person] = (row.first, row.last, row.birth)
    after.lifted = [line for line in way.held if line.person in mended]


def truth_of(way: Walk) -> dict[str, dict[str, int]]:
    """What the walk counted, for comparison: rows and satang by step and reason."""
    return {
        step: {f"rows {name}": n for name, n in counts.items()}
        | {f"satang {name}": n for name, n in way.satang[step].items() if n}
        for step, counts in way.counts.items()
    }


def stated(folder: Path) -> list[dict[str, str]]:
    """The list of schools."""
    return table(folder / "schools.csv")
