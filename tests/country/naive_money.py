"""The second half of a round on paper: orders, the bank's answers, cash, returns, and what comes again."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from country.answering import answer
from country.manifest import read
from tests.country.naive_conditions import comply
from tests.country.naive_files import table
from tests.country.naive_round import Line, State, Walk
from tests.country.naive_screening import certify, screen
from tests.country.naive_terms import ROUNDS

BANK = ("proxy_not_registered", "account_closed", "account_name_differs")


def walk(folder: Path, name: str, before: State | None = None) -> Walk:
    """A whole round, answering in turns as the country does."""
    way = Walk(folder, ROUNDS[name], before or State(), outside=outside(folder))
    begin(way)
    pay(way, "old")
    way.group = "new"
    desk = screen(way)
    turn(way)
    certify(way, desk)
    pay(way, "new")
    way.exceptions["verdict_after_signing"] += len(
        table(folder / "answers" / f"committee-{name}-new-late.csv")
    )
    way.group = ""
    way.correct(way.terms.report)
    leave(way, comply(way))
    return way


def outside(folder: Path) -> Callable[[], object]:
    """Those who answer, their world made once for all turns."""
    world, outcome = read(folder).build()
    return lambda: answer(world, outcome, folder)


def begin(way: Walk) -> None:
    """Up to the groups."""
    way.read()
    way.intake()
    way.part()


def pay(way: Walk, group: str) -> None:
    """A group's way from its list to the return of its cash."""
    way.group = group
    way.correct(way.terms.days[group].frozen)
    way.entitle()
    way.request()
    turn(way)
    approval = way.answers("approval")[0]
    assert approval["decision"] == "approve", approval["reason"]
    order(way)
    turn(way)
    reconcile(way)
    turn(way)
    recover(way)


def turn(way: Walk) -> None:
    """Those outside answer what was sent."""
    way.outside()


def order(way: Walk) -> None:
    """Lines into transfers: one for a pupil, one for a school."""
    owed, way.owed = way.owed, []
    for line in owed:
        way.count("order", "joined", line.satang)
    way.transfers = {}
    for line in [*way.lines, *owed]:
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
                "value_date": way.terms.days[way.group].bank_opens.isoformat(),
            }
        )
    way.send("payment", rows)


def hold(way: Walk, step: str, line: Line, reason: str) -> None:
    """Notes that a row goes no further in this round."""
    way.count(step, reason, line.satang)
    line.ends = reason
    if reason not in ("result_differs", "no_result"):
        way.owed.append(line)


def reconcile(way: Walk) -> None:
    """Matches the bank's answers with what was sent."""
    sent = {f"T{n}": payee for n, payee in enumerate(way.transfers)}
    first: dict[str, dict[str, str]] = {}
    for row in way.answers("results"):
        if row["reference"] not in sent:
            way.exceptions["result_without_order"] += 1
        elif date.fromisoformat(row["booked_on"]) > way.terms.days[way.group].bank_closes:
            way.exceptions["result_late"] += 1
        elif row["reference"] in first:
            way.exceptions["result_contradicts"] += row != first[row["reference"]]
        else:
            first[row["reference"]] = row
    way.cash = []
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
                "opens": way.terms.days[way.group].cash_opens.isoformat(),
                "closes": way.terms.days[way.group].cash_closes.isoformat(),
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
        elif not way.terms.days[way.group].cash_opens <= day <= way.terms.days[way.group].cash_closes:
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
    way.due_back += sum(bills.values())
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


def leave(way: Walk, failed: set[str]) -> None:
    """Writes down what the next round begins with."""
    after = way.after
    after.person_of, after.known, after.failed = way.person_of, way.known, failed
    after.owed, after.held = way.owed, way.held
    after.listed = {person: (row.school, way.listed[person][1]) for person, row in way.old.items()}
    after.listed |= {person: (row.school, way.terms.year) for person, row in way.enrolled["new"].items()}
