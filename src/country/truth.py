"""truth.json: every count and satang of the round, computed from the plants before any run."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from country import kinds
from country.paying_back import Returns, returns
from country.pupils import bears_gcode
from country.settle import Outcome, Row
from country.strays import strays
from country.world import World

INTAKE = (
    "number_malformed", "name_missing", "sex_unknown", "birth_date_impossible", "birth_year_out_of_range",
    "class_unknown", "school_code_malformed", "school_unknown", "row_malformed", "text_unclean", "duplicate",
    "second_school",
)  # fmt: skip
FINDINGS = (
    "wrong_number", "identifier_clash", "two_schools", "not_in_registry", "name_differs", "birth_differs",
    "sex_differs",
)  # fmt: skip
DROPS: Mapping[str, tuple[str, ...]] = {
    "intake": INTAKE,
    "group": ("not_in_register", "not_applicant"),
    "entitle": ("no_rate", "dead"),
    "recover": ("cash_not_fetched", "moved", "left", "died"),
}
HOLDS: Mapping[str, tuple[str, ...]] = {
    "entitle": (*FINDINGS, "not_compliant"),
    "order": ("no_account",),
    "reconcile": (
        "result_differs", "no_result", "proxy_not_registered", "account_closed", "account_name_differs",
        "bank_other",
    ),
}  # fmt: skip
EXCEPTIONS = (
    "identifier_taken", "correction_without_row", "result_without_order", "result_contradicts", "result_late",
    "receipt_unknown_line", "receipt_differs", "receipt_repeated", "late_receipt_without_reason",
    "return_without_bill", "return_differs", "return_repeated",
)  # fmt: skip
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_MONEY_STEPS = ("entitle", "order", "reconcile", "recover")


def truth(world: World, outcome: Outcome) -> dict[str, Any]:
    """The whole truth of a round, in the names of the summary."""
    back = returns(world, outcome)
    steps = [
        _step("intake", joined=outcome.register_rows, out=outcome.good_pupils, dropped=outcome.refused),
        _step("identity", came=outcome.good_pupils, out=outcome.good_pupils),
        _step(
            "group",
            came=outcome.good_pupils,
            joined=outcome.missing,
            out=outcome.old + outcome.new,
            dropped={"not_in_register": outcome.missing, "not_applicant": outcome.not_applicants},
        )
        | {"to": {"old": outcome.old, "new": outcome.new}},
        _step("enrol", group="old", came=outcome.old, out=outcome.old),
        *_money(outcome),
        _step("report", joined=outcome.old, out=outcome.old),
    ]
    return {
        "round": str(world.term),
        "steps": steps,
        "exceptions": _exceptions(world, outcome, back),
        "after_close": {"returned": back.returned, "late_receipt": back.late},
        "ledger": _ledger(outcome, back),
        "planted": planted(world, outcome, back),
    }


def _step(
    name: str,
    *,
    group: str = "",
    came: int = 0,
    joined: int = 0,
    out: int = 0,
    dropped: Mapping[str, int] = _NOTHING,
    held: Mapping[str, int] = _NOTHING,
    satang: Mapping[str, Any] = _NOTHING,
) -> dict[str, Any]:
    """One step with a zero for every reason it knows."""
    drops, holds = DROPS.get(name, ()), HOLDS.get(name, ())
    money_dropped, money_held = satang.get("dropped", {}), satang.get("held", {})
    return {
        "step": name,
        "group": group,
        "in": came,
        "joined": joined,
        "out": out,
        "dropped": {reason: dropped.get(reason, 0) for reason in drops},
        "held": {reason: held.get(reason, 0) for reason in holds},
        "satang_in": satang.get("in", 0),
        "satang_joined": satang.get("joined", 0),
        "satang_out": satang.get("out", 0),
        "satang_dropped": {reason: money_dropped.get(reason, 0) for reason in drops},
        "satang_held": {reason: money_held.get(reason, 0) for reason in holds},
    }


def _one(row: Row) -> int:
    return 1


def _satang(row: Row) -> int:
    return row.satang


def _money(outcome: Outcome) -> Iterable[dict[str, Any]]:
    """The four steps that money goes through: rows that ended earlier are not there any more."""
    for at, name in enumerate(_MONEY_STEPS):
        here = [
            row for row in outcome.rows if _MONEY_STEPS.index(row.joins) <= at <= _MONEY_STEPS.index(row.step)
        ]
        joined = [row for row in here if row.joins == name]
        came = [row for row in here if row.joins != name]
        # The round's own pupils come out of enrol and only their money joins; rows of before join whole.
        own = [row for row in joined if not row.comes_back]
        ended = [row for row in here if row.step == name]
        on = [row for row in here if row.step != name or row.kind == "out"]
        yield _step(
            name,
            group="old",
            came=len(came) + len(own),
            joined=len(joined) - len(own),
            out=len(on),
            dropped=_by_reason(ended, "dropped", _one),
            held=_by_reason(ended, "held", _one),
            satang={
                "in": sum(map(_satang, came)),
                "joined": sum(map(_satang, joined)),
                "out": sum(map(_satang, on)),
                "dropped": _by_reason(ended, "dropped", _satang),
                "held": _by_reason(ended, "held", _satang),
            },
        )


def _by_reason(rows: Iterable[Row], kind: str, measure: Callable[[Row], int]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for row in rows:
        if row.kind == kind:
            sums[row.reason] = sums.get(row.reason, 0) + measure(row)
    return sums


def _exceptions(world: World, outcome: Outcome, back: Returns) -> dict[str, int]:
    by_fault = Counter(row.pupil.fault for row in outcome.rows)
    counts = {name: by_fault[name] for name in EXCEPTIONS}
    counts |= {kind.name: strays(world, kind) for kind in kinds.STRAYS}
    counts["identifier_taken"] = int(world.taken is not None)
    counts["return_differs"], counts["return_repeated"] = len(back.differs), len(back.repeated)
    return counts


def _ledger(outcome: Outcome, back: Returns) -> dict[str, int]:
    """Balances (debits less credits) of the round's accounts."""
    granted = sum(row.satang for row in outcome.rows if row.joins == "entitle" and row.step != "entitle")
    ended: dict[str, int] = {}
    for row in outcome.rows:
        account = _account(row)
        ended[account] = ended.get(account, 0) + row.satang
    return {
        "budget": -granted,
        "owed": ended.get("owed", 0),
        "sent.promptpay": ended.get("sent.promptpay", 0),
        "sent.school": ended.get("sent.school", 0),
        "at_school": 0,
        "paid": ended.get("paid", 0) + back.late,
        "due_back": ended.get("due_back", 0) - back.late - back.returned,
        "returned": back.returned,
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


def planted(world: World, outcome: Outcome, back: Returns) -> dict[str, int]:
    """How many of each kind there are; kinds that found nobody are left out."""
    counts: dict[str, int] = {}

    def add(name: str, n: int = 1) -> None:
        counts[name] = counts.get(name, 0) + n

    for pupil in world.pupils:
        if pupil.fault and pupil.fault not in ("at_faulty_school", "identifier_taken"):
            add(pupil.fault)
        add("gone", int(pupil.listing is not None and not pupil.present))
        if pupil.present:
            add("gcode", int(bears_gcode(pupil)))
            add("zero_person", int(pupil.child.said.number.startswith("0")))
            add("corrected", int(pupil.corrected))
            add("long_absent", int(pupil.long_absent))
            if pupil.listing:
                elsewhere = pupil.listing.school != pupil.school.code
                add("moved_school", int(elsewhere))
                add("three_years", int(not elsewhere and not world.on_list(pupil)))
    for school in world.schools.values():
        add("workbook", int(school.workbook > 0))
        add(school.fault or "", int(bool(school.fault)))
    for kind in kinds.STRAYS:
        add(kind.name, strays(world, kind))
    add("no_rate", sum(1 for row in outcome.rows if row.reason == "no_rate"))
    add("identifier_taken", int(world.taken is not None))
    add("return_differs", len(back.differs))
    add("return_repeated", len(back.repeated))
    add("return_pending", len(back.pending))
    add("comes_again", len(world.carried))
    return {name: counts[name] for name in sorted(counts) if counts[name] > 0}
