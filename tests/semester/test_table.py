"""The summary on a terminal: a row a step, money in baht, and below it only what is not zero."""

from copy import deepcopy
from typing import Any

import pytest
from rich.console import Console

from takhai.semester.table import table

LINE: dict[str, Any] = {
    "step": "recover",
    "group": "old",
    "state": "closed",
    "in": 12_345,
    "joined": 67,
    "out": 12_000,
    "dropped": {"moved": 300, "left": 12, "died": 0},
    "held": {"no_result": 100},
    "satang_in": 0,
    "satang_joined": 0,
    "satang_out": 123_456_750,
    "satang_dropped": {},
    "satang_held": {},
}
TOLD: dict[str, Any] = {
    "round": "2563-2",
    "status": "waiting",
    "waits": [{"step": "order", "group": "old", "for": "TWO_SIGNATURES", "reason": "ยอดไม่ตรง"}],
    "steps": [
        LINE,
        {**deepcopy(LINE), "step": "report", "group": "", "dropped": {}, "held": {}, "satang_out": 0},
    ],
    "screening": {"refused": {"form_repeated": 3, "income_absurd": 0}},
    "classroom": {"attendance": {"refused": {"days_over_open": 4}}, "growth": {"refused": {}}},
    "exceptions": {"result_late": 2, "return_differs": 0},
    "after_close": {"returned": 50_000, "late_receipt": 0},
    "ledger": {"budget": -200_000, "owed": 0, "paid": 200_000},
    "report": "/somewhere/report.html",
}


def drawn(told: dict[str, Any], *, width: int = 200) -> list[str]:
    console = Console(width=width, record=True, color_system=None, file=None, quiet=False)
    with console.capture() as captured:
        console.print(table(told))
    return captured.get().splitlines()


def row(step: str) -> list[str]:
    (found,) = [line for line in drawn(TOLD) if line.startswith("│") and line.strip("│ ").startswith(step)]
    return [cell.strip() for cell in found.strip("│ ").split("│")]


def below(told: dict[str, Any]) -> dict[str, str]:
    lines = [line.strip() for line in drawn(told)]
    after = lines[max(at for at, line in enumerate(lines) if line.startswith(("└", "╰"))) + 1 :]
    return dict(line.split(": ", 1) for line in after if line)


def test_the_title_says_which_round_and_whether_it_is_complete() -> None:
    assert drawn(TOLD)[0].split() == ["2563-2", "waiting"]


def test_a_step_is_one_row_with_sums_of_its_reasons_and_its_baht() -> None:
    assert row("recover") == ["recover", "old", "12,345", "67", "12,000", "312", "100", "1,234,567.50"]


def test_a_step_of_the_whole_round_has_no_group_and_no_baht_is_written_as_such() -> None:
    assert row("report")[1] == ""
    assert row("report")[-1] == "0.00"


def test_below_stand_the_reasons_that_happened_and_no_others() -> None:
    told = below(TOLD)
    assert told["recover dropped"] == "moved 300, left 12"
    assert told["recover held"] == "no_result 100"
    assert told["forms refused"] == "form_repeated 3"
    assert told["attendance refused"] == "days_over_open 4"
    assert "growth refused" not in told
    assert "report dropped" not in told


def test_below_stand_waits_books_exceptions_and_where_the_report_lies() -> None:
    told = below(TOLD)
    assert told["waits"] == "order old: TWO_SIGNATURES ยอดไม่ตรง"
    assert told["ledger"] == "budget -2,000.00, paid 2,000.00"
    assert told["exceptions"] == "result_late 2"
    assert told["after close"] == "returned 500.00"
    assert told["report"] == "/somewhere/report.html"


def test_a_wait_without_a_reason_ends_with_what_it_waits_for() -> None:
    told = {**TOLD, "waits": [{"step": "reconcile", "group": "old", "for": "BANK", "reason": ""}]}
    assert below(told)["waits"] == "reconcile old: BANK"


@pytest.mark.parametrize("reason", ["[/] ยอดไม่ตรง [1]", "[red]แดง", "[/b]", "[link=x]y"])
def test_what_an_approver_writes_is_shown_as_it_stands(reason: str) -> None:
    told = {**TOLD, "waits": [{"step": "order", "group": "old", "for": "TWO_SIGNATURES", "reason": reason}]}
    assert below(told)["waits"] == f"order old: TWO_SIGNATURES {reason}"


def test_a_quiet_round_has_nothing_below_but_its_report() -> None:
    quiet = {
        **TOLD,
        "waits": [],
        "steps": [TOLD["steps"][1]],
        "screening": {"refused": {"form_repeated": 0}},
        "classroom": {"growth": {"refused": {}}},
        "exceptions": {"result_late": 0},
        "after_close": {"returned": 0},
        "ledger": {"paid": 0},
    }
    assert set(below(quiet)) == {"report"}


def test_every_column_has_its_head() -> None:
    heads = drawn(TOLD)[2]
    for head in ("step", "group", "in", "joined", "out", "dropped", "held", "baht out"):
        assert head in heads
