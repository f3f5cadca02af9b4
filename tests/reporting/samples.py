"""A whole round made up: every reason of the contract met, every sum right, rows cut into cells."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

from takhai.reporting.types import Breakdown, BreakdownRow, Standing

POLICY = "9f2c4b7a1e0d5f638b2a7c4e9d1f0a3b5c6d7e8f90a1b2c3d4e5f60718293a4b"
RATES = {"kindergarten": 150_000, "primary": 100_000, "lower_secondary": 100_000}
SHARES = {"kindergarten": 2, "primary": 5, "lower_secondary": 3}
AGENCIES = {"obec": 60, "dla": 18, "opec": 9, "bpp": 6, "onab": 4, "nfe": 3}
AREAS = ("สพป.กระบี่", "สพม.ตรัง กระบี่", "ท้องถิ่นจังหวัดกระบี่", "สช.จังหวัดกระบี่")

INTAKE = {
    "number_malformed": 96,
    "name_missing": 14,
    "sex_unknown": 9,
    "birth_date_impossible": 61,
    "birth_year_out_of_range": 44,
    "class_unknown": 12,
    "school_code_malformed": 7,
    "school_unknown": 18,
    "row_malformed": 5,
    "text_unclean": 3,
    "duplicate": 152,
    "second_school": 88,
}
ENTITLE_HELD = {
    "wrong_number": 31,
    "identifier_clash": 2,
    "two_schools": 17,
    "not_in_registry": 42,
    "name_differs": 58,
    "birth_differs": 26,
    "sex_differs": 8,
    "not_compliant": 0,
}
ORDER_HELD = {"no_account": 23}
RECONCILE_HELD = {
    "result_differs": 6,
    "no_result": 19,
    "proxy_not_registered": 74,
    "account_closed": 21,
    "account_name_differs": 15,
    "bank_other": 4,
}
RECOVER_DROPPED = {"cash_not_fetched": 47, "moved": 12, "left": 5, "died": 1}
EXCEPTIONS = {
    "identifier_taken": 1,
    "correction_without_row": 3,
    "result_without_order": 4,
    "result_contradicts": 2,
    "result_late": 1,
    "receipt_unknown_line": 2,
    "receipt_differs": 6,
    "receipt_repeated": 0,
    "late_receipt_without_reason": 1,
    "return_without_bill": 1,
    "return_differs": 2,
    "return_repeated": 0,
}
GROUP_DROPPED = ("not_in_register", "not_applicant")
REASONS = (
    *INTAKE,
    *GROUP_DROPPED,
    "no_rate",
    "dead",
    *ENTITLE_HELD,
    *ORDER_HELD,
    *RECONCILE_HELD,
    *RECOVER_DROPPED,
)
ROWS, OLD, NEW, NO_RATE, DEAD, LATE = 31_248, 6_412, 2_105, 36, 4, 3


def split(number: int, shares: dict[str, int]) -> dict[str, int]:
    """``number`` cut by shares into whole parts that make it again."""
    total = sum(shares.values())
    parts = {name: number * share // total for name, share in shares.items()}
    parts[next(iter(shares))] += number - sum(parts.values())
    return parts


def satang(number: int) -> int:
    """What so many pupils, mixed over the levels, are entitled to."""
    return sum(RATES[level] * n for level, n in split(number, SHARES).items())


def money(counts: dict[str, int]) -> dict[str, int]:
    """The amounts of a table of reasons."""
    return {name: satang(n) for name, n in counts.items()}


def step(name: str, group: str = "", **flow: Any) -> dict[str, Any]:
    """One step of the summary; what is not given is 0 or empty."""
    empty = {"in": 0, "joined": 0, "out": 0, "dropped": {}, "held": {}}
    none = {"satang_in": 0, "satang_joined": 0, "satang_out": 0, "satang_dropped": {}, "satang_held": {}}
    zeros = {
        "satang_dropped": dict.fromkeys(flow.get("dropped", {}), 0),
        "satang_held": dict.fromkeys(flow.get("held", {}), 0),
    }
    return {"step": name, "group": group, "state": "closed", **empty, **none, **zeros, **flow}


def summary() -> dict[str, Any]:
    """A complete round 2/2563 of one province."""
    good = ROWS - sum(INTAKE.values())
    unseen = 63
    entitled = OLD - NO_RATE - DEAD
    granted = entitled - sum(ENTITLE_HELD.values())
    ordered = granted - sum(ORDER_HELD.values())
    accepted = ordered - sum(RECONCILE_HELD.values())
    paid = accepted - sum(RECOVER_DROPPED.values())
    at = _Money(granted, ordered, accepted, paid)
    group_dropped = {"not_in_register": unseen, "not_applicant": good - OLD - NEW}
    steps = [
        step("intake", joined=ROWS, out=good, dropped=INTAKE),
        step("identity", "", **{"in": good}, out=good),
        step(
            "group",
            "",
            **{"in": good},
            joined=unseen,
            out=OLD + NEW,
            dropped=group_dropped,
            to={"old": OLD, "new": NEW},
        ),
        step("enrol", "old", **{"in": OLD}, out=OLD),
        step(
            "entitle",
            "old",
            **{"in": OLD},
            out=granted,
            dropped={"no_rate": NO_RATE, "dead": DEAD},
            held=ENTITLE_HELD,
            satang_joined=at.joined,
            satang_out=at.granted,
            satang_dropped={"no_rate": 0, "dead": satang(DEAD)},
            satang_held=money(ENTITLE_HELD),
        ),
        _paying(
            "order",
            came=granted,
            out=ordered,
            satang_in=at.granted,
            satang_out=at.ordered,
            kind="held",
            counts=ORDER_HELD,
        ),
        _paying(
            "reconcile",
            came=ordered,
            out=accepted,
            satang_in=at.ordered,
            satang_out=at.accepted,
            kind="held",
            counts=RECONCILE_HELD,
        ),
        _paying(
            "recover",
            came=accepted,
            out=paid,
            satang_in=at.accepted,
            satang_out=at.paid,
            kind="dropped",
            counts=RECOVER_DROPPED,
        ),
        step("report", joined=OLD, out=OLD),
    ]
    return {
        "round": "2563-2",
        "policy": POLICY,
        "status": "complete",
        "waits": [],
        "steps": steps,
        "exceptions": dict(EXCEPTIONS),
        "after_close": {"returned": at.returned, "late_receipt": satang(LATE)},
        "ledger": at.ledger(),
        "report": "report.html",
        "today": None,
    }


def empty(raw: dict[str, Any]) -> dict[str, Any]:
    """The same step before anybody reached it."""

    def zero(value: Any) -> Any:
        if isinstance(value, int):
            return 0
        return dict.fromkeys(value, 0) if isinstance(value, dict) else value

    return {**{name: zero(value) for name, value in raw.items()}, "state": "open"}


def waiting() -> dict[str, Any]:
    """The same round before the bank has answered."""
    raw = summary()
    later = ("reconcile", "recover", "report")
    raw["steps"] = [empty(each) if each["step"] in later else each for each in raw["steps"]]
    ordered = next(each["satang_out"] for each in raw["steps"] if each["step"] == "order")
    ledger = {
        **dict.fromkeys(raw["ledger"], 0),
        "budget": raw["ledger"]["budget"],
        "owed": satang_of(ORDER_HELD),
    }
    ledger["sent.promptpay"] = ordered // 200_000 * 100_000
    ledger["sent.school"] = ordered - ledger["sent.promptpay"]
    return {
        **raw,
        "status": "waiting",
        "waits": [{"step": "reconcile", "group": "old", "for": "BANK", "reason": ""}],
        "exceptions": dict.fromkeys(raw["exceptions"], 0),
        "after_close": {"returned": 0, "late_receipt": 0},
        "ledger": ledger,
        "report": None,
        "today": "2021-01-08",
    }


def broken() -> dict[str, Any]:
    """A round in which seven pupils and one satang have no explanation."""
    raw = deepcopy(summary())
    raw["status"] = "waiting"
    raw["steps"][2]["dropped"]["not_applicant"] -= 7
    raw["steps"][5]["satang_held"]["no_account"] -= 1
    return raw


def satang_of(counts: dict[str, int]) -> int:
    """The sum of ``money``."""
    return sum(money(counts).values())


def breakdown() -> Breakdown:
    """The cells of ``summary()``."""
    raw = summary()
    late = satang(LATE)
    back = {name: n - LATE if name == "cash_not_fetched" else n for name, n in RECOVER_DROPPED.items()}
    counts = [
        (Standing.PAID, [raw["steps"][7]["out"], LATE]),
        (Standing.HELD, [*ENTITLE_HELD.values(), *ORDER_HELD.values(), *RECONCILE_HELD.values()]),
    ]
    cells = [cell for standing, numbers in counts for n in numbers for cell in _cells(standing, n)]
    owing = raw["ledger"]["due_back"] + raw["ledger"]["returned"]
    all_back = [cell for n in RECOVER_DROPPED.values() for cell in _cells(Standing.DUE_BACK, n)]
    gone = list(_cells(Standing.DUE_BACK, LATE))
    merged = _minus(all_back, gone)
    assert sum(cell.satang for cell in merged) == owing
    assert late == sum(cell.satang for cell in gone)
    assert sum(back.values()) == sum(cell.persons for cell in merged)
    returned = _as_returned(merged, raw["ledger"]["returned"])
    return Breakdown(as_of=date(2021, 2, 18), extracted_on=date(2021, 4, 1), rows=_merge([*cells, *returned]))


class _Money:
    def __init__(self, granted: int, ordered: int, accepted: int, paid: int) -> None:
        self.paid = satang(paid)
        self.accepted = self.paid + satang_of(RECOVER_DROPPED)
        self.ordered = self.accepted + satang_of(RECONCILE_HELD)
        self.granted = self.ordered + satang_of(ORDER_HELD)
        self.joined = self.granted + satang_of(ENTITLE_HELD) + satang(DEAD)
        self.returned = satang(RECOVER_DROPPED["moved"]) + satang(RECOVER_DROPPED["left"])

    def ledger(self) -> dict[str, int]:
        refused = ("proxy_not_registered", "account_closed", "account_name_differs", "bank_other")
        back = satang_of({name: RECONCILE_HELD[name] for name in refused})
        return {
            "budget": -self.granted,
            "owed": satang_of(ORDER_HELD) + back,
            "sent.promptpay": satang(RECONCILE_HELD["no_result"]),
            "sent.school": satang(RECONCILE_HELD["result_differs"]),
            "at_school": 0,
            "paid": self.paid + satang(LATE),
            "due_back": satang_of(RECOVER_DROPPED) - satang(LATE) - self.returned,
            "returned": self.returned,
        }


def _paying(
    name: str, *, came: int, out: int, satang_in: int, satang_out: int, kind: str, counts: dict[str, int]
) -> dict[str, Any]:
    return step(
        name,
        "old",
        **{"in": came, kind: counts, f"satang_{kind}": money(counts)},
        out=out,
        satang_in=satang_in,
        satang_out=satang_out,
    )


def _cells(standing: Standing, number: int) -> Iterator[BreakdownRow]:
    for level, n in split(number, SHARES).items():
        for place, (agency, m) in enumerate(split(n, AGENCIES).items()):
            if not m:
                continue
            channel = "school" if standing is Standing.DUE_BACK or place % 2 else "promptpay"
            area = (
                AREAS[1]
                if (agency, level) == ("obec", "lower_secondary")
                else AREAS[(0, 2, 3, 0, 0, 0)[place]]
            )
            yield BreakdownRow("old", level, agency, channel, area, standing, m, m * RATES[level])


def _minus(cells: list[BreakdownRow], gone: list[BreakdownRow]) -> list[BreakdownRow]:
    left = {_key(cell): cell for cell in _merge(cells)}
    for cell in gone:
        have = left[_key(cell)]
        left[_key(cell)] = _with(have, have.standing, have.persons - cell.persons)
    return [cell for cell in left.values() if cell.persons]


def _as_returned(cells: list[BreakdownRow], satang_returned: int) -> list[BreakdownRow]:
    """Turn cells from due back to returned until the ledger's amount is met."""
    result, open_ = [], satang_returned
    for cell in sorted(cells, key=lambda each: (-RATES[each.level], each.agency)):
        n = min(cell.persons, open_ // RATES[cell.level])
        open_ -= n * RATES[cell.level]
        result += [_with(cell, Standing.RETURNED, n), _with(cell, Standing.DUE_BACK, cell.persons - n)]
    assert open_ == 0
    return [cell for cell in result if cell.persons]


def _with(cell: BreakdownRow, standing: Standing, persons: int) -> BreakdownRow:
    return BreakdownRow(
        cell.group,
        cell.level,
        cell.agency,
        cell.channel,
        cell.area,
        standing,
        persons,
        persons * RATES[cell.level],
    )


def _key(cell: BreakdownRow) -> tuple[str, ...]:
    return (cell.group, cell.level, cell.agency, cell.channel, cell.area, cell.standing)


def _merge(cells: list[BreakdownRow]) -> tuple[BreakdownRow, ...]:
    merged: dict[tuple[str, ...], BreakdownRow] = {}
    for cell in cells:
        have = merged.get(_key(cell))
        merged[_key(cell)] = _with(cell, cell.standing, cell.persons + (have.persons if have else 0))
    return tuple(merged[key] for key in sorted(merged))
