"""The bank: one answer for every transfer, drawn on the payee and on what was planted."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from country import kinds, out
from country.draw import below
from country.settle import Outcome
from country.strays import strays
from country.world import World

Answer = tuple[str, str, int, str, str, str]
_OWN_CODE = "E99"
_SHORT = 10_000
_CODES = {
    "proxy_not_registered": "proxy_not_registered",
    "account_closed": "account_closed",
    "account_name_differs": "account_name_differs",
    "bank_other": _OWN_CODE,
    "school_account_closed": "account_closed",
    "school_account_name_differs": "account_name_differs",
}


def results(world: World, outcome: Outcome, payments: Sequence[Mapping[str, str]]) -> Iterator[Answer]:
    """Rows of the results file in the order of the payment file, strays last."""
    faults = {row.pupil.child.said.number: row.pupil.fault for row in outcome.rows}
    faults |= {school.account: school.fault for school in world.schools.values()}
    for sent in payments:
        asked = out.satang(sent["baht"])
        fault = faults.get(sent["payee"], "")
        yield from _answers(world, sent["reference"], sent["payee"], asked, fault)
    kind = next(kind for kind in kinds.STRAYS if kind.name == "result_without_order")
    for n in range(strays(world, kind)):
        yield (
            f"STRAY-{world.province}-{n:04d}", f"9{world.province}9999{n:03d}", 100_000, "accepted", "",
            _day(world, f"stray {n}").isoformat(),
        )  # fmt: skip


def _answers(world: World, reference: str, payee: str, asked: int, fault: str) -> Iterator[Answer]:
    day = _day(world, payee)
    if fault == "no_result":
        return
    if fault == "result_late":
        day = world.days.bank_closes + timedelta(days=4)
    if fault in _CODES:
        yield reference, payee, asked, "refused", _CODES[fault], day.isoformat()
        return
    shown, amount = payee, asked
    if fault in ("result_amount_differs", "school_amount_differs"):
        amount = asked - _SHORT
    if fault == "result_payee_differs":
        shown = f"{payee[:11]}{(int(payee[11]) + 1) % 10}{payee[12:]}"
    first = (reference, shown, amount, "accepted", "", day.isoformat())
    yield first
    if fault == "result_again":
        yield first
    if fault == "result_contradicts":
        yield reference, payee, asked, "refused", "account_closed", day.isoformat()


def _day(world: World, payee: str) -> date:
    """A weekday-blind day inside the bank's window, drawn on the payee."""
    days = (world.days.bank_closes - world.days.bank_opens).days + 1
    return world.days.bank_opens + timedelta(days=below(days, world.seed, world.term, "booked", payee))
