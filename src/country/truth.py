"""truth.json: every count and satang of the round, computed from the plants before any run."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from country import classroom, kinds
from country.paying_back import Returns, returns
from country.planted import planted
from country.screening import screen
from country.settle import Outcome, Row, joins
from country.steps import steps
from country.strays import strays
from country.world import GROUPS, World

EXCEPTIONS = (
    "identifier_taken", "correction_without_row", "not_expected", "verdict_repeated", "verdict_without_reason",
    "verdict_after_signing", "result_without_order", "result_contradicts", "result_late",
    "receipt_unknown_line", "receipt_differs", "receipt_repeated", "late_receipt_without_reason",
    "return_without_bill", "return_differs", "return_repeated",
)  # fmt: skip
_SCREENING = ("not_expected", "verdict_repeated", "verdict_without_reason", "verdict_after_signing")


def truth(world: World, outcome: Outcome) -> dict[str, Any]:
    """The whole truth of a round, in the names of the summary."""
    back = {group: returns(world, outcome, group) for group in GROUPS}
    late = sum(of_group.late for of_group in back.values())
    returned = sum(of_group.returned for of_group in back.values())
    return {
        "round": str(world.term),
        "steps": steps(outcome, _complied(world, outcome)),
        "screening": dict(screen(world).counts),
        "classroom": classroom.counts(world, outcome.beneficiaries),
        "exceptions": _exceptions(world, outcome, back),
        "after_close": {"returned": returned, "late_receipt": late},
        "ledger": _ledger(outcome, returned, late),
        "planted": planted(world, outcome, back),
    }


def _complied(world: World, outcome: Outcome) -> dict[str, int]:
    counts = Counter(classroom.complies(world, pupil) for pupil in outcome.beneficiaries)
    return {"compliant": counts[True], "not_compliant": counts[False], "not_reported": counts[None]}


def _exceptions(world: World, outcome: Outcome, back: Mapping[str, Returns]) -> dict[str, int]:
    by_fault = Counter(row.pupil.fault for row in outcome.rows)
    counts = {name: by_fault[name] for name in EXCEPTIONS}
    counts |= {kind.name: len(GROUPS) * strays(world, kind) for kind in kinds.STRAYS}
    counts["correction_without_row"] = strays(world, kinds.WITHOUT_ROW)
    counts["identifier_taken"] = int(world.taken is not None)
    counts["return_differs"] = sum(len(of_group.differs) for of_group in back.values())
    counts["return_repeated"] = sum(len(of_group.repeated) for of_group in back.values())
    return counts | {name: screen(world).exceptions[name] for name in _SCREENING}


def _ledger(outcome: Outcome, returned: int, late: int) -> dict[str, int]:
    """Balances (debits less credits) of the round's accounts, both groups together."""
    granted = sum(row.satang for row in outcome.rows if row.joins == "entitle" and row.step != "entitle")
    ended: dict[str, int] = {}
    for row in outcome.rows:
        if not joins(row):
            account = _account(row)
            ended[account] = ended.get(account, 0) + row.satang
    return {
        "budget": -granted,
        "owed": ended.get("owed", 0),
        "sent.promptpay": ended.get("sent.promptpay", 0),
        "sent.school": ended.get("sent.school", 0),
        "at_school": 0,
        "paid": ended.get("paid", 0) + late,
        "due_back": ended.get("due_back", 0) - late - returned,
        "returned": returned,
    }


def _account(row: Row) -> str:
    """Where a row's money lies when the round is closed; "" for money that was never granted."""
    if row.step == "entitle":
        return ""
    if row.step == "order" or row.reason in kinds.COMES_AGAIN:
        return "owed"
    if row.step == "reconcile":
        return "sent.school" if row.through_school else "sent.promptpay"
    return "paid" if row.kind == "out" else "due_back"
