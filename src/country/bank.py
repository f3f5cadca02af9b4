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


def results(
    world: World, outcome: Outcome, group: str, payments: Sequence[Mapping[str, str]]
) -> Iterator[Answer]:
    """Rows of a group's results file in the order of the payment file, strays last."""
    faults = {row.pupil.child.said.number: row.fault for row in outcome.of(group)}
    faults |= {school.account: school.fault_in(group) for school in world.schools.values()}
    for sent in payments:
        yield from _answers(world, group, sent, faults.get(sent["payee"], ""))
    kind = next(kind for kind in kinds.STRAYS if kind.name == "result_without_order")
    for n in range(strays(world, kind)):
        yield (
            f"STRAY-{world.province}-{group}-{n:04d}", f"9{world.province}9999{n:03d}", 100_000, "accepted", "",
            _day(world, group, f"stray {n}").isoformat(),
        )  # fmt: skip


def _answers(world: World, group: str, sent: Mapping[str, str], fault: str) -> Iterator[Answer]:
    reference, payee, asked = sent["reference"], sent["payee"], out.satang(sent["baht"])
    day = _day(world, group, payee)
    if fault == "no_result":
        return
    if fault == "result_late":
        day = world.days[group].bank_closes + timedelta(days=4)
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


def _day(world: World, group: str, payee: str) -> date:
    """A weekday-blind day inside the bank's window, drawn on the payee."""
    opens, closes = world.days[group].bank_opens, world.days[group].bank_closes
    days = (closes - opens).days + 1
    return opens + timedelta(days=below(days, world.seed, world.term, "booked", payee))
