"""Schools pay out in cash, families sign, what is left goes back; drawn on pupil and school alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from country import kinds, out
from country.draw import below
from country.paying_back import late_day, return_day, returns
from country.people import Parent
from country.settle import Outcome, Row
from country.strays import strays
from country.world import World

Receipt = tuple[str, str, str, str, str, str]
_STATUS = {"cash_moved": "moved", "cash_left": "left", "cash_died": "died"}
_NOTES = {
    "moved": "ย้ายไปเรียนที่อื่นก่อนวันจ่ายเงิน",
    "left": "ออกจากโรงเรียนก่อนวันจ่ายเงิน",
    "died": "เสียชีวิตก่อนวันจ่ายเงิน",
}
_LATE = "ผู้ปกครองไปทำงานต่างจังหวัด มารับเงินหลังกำหนด"
_SHORT = 10_000


def receipts(
    world: World, outcome: Outcome, group: str, roll: Sequence[Mapping[str, str]]
) -> Iterator[Receipt]:
    """Rows of a group's receipts file in the order of the cash roll, strays last."""
    expected: dict[str, list[Row]] = {}
    for row in outcome.of(group):
        expected.setdefault(row.pupil.child.said.number, []).append(row)
    for line in roll:
        about = _row_of(expected.get(line["identifier"], []), out.satang(line["baht"]))
        if about is not None:
            yield from _signed(world, line["line_reference"], about)
    kind = next(kind for kind in kinds.STRAYS if kind.name == "receipt_unknown_line")
    for n in range(strays(world, kind)):
        yield (
            f"STRAY-{world.province}-{group}-{n:04d}", "received", "1000.00",
            world.days[group].cash_opens.isoformat(), "ผู้ปกครอง", "",
        )  # fmt: skip


def _row_of(rows: list[Row], satang: int) -> Row | None:
    """The row of money that a line of the roll is about: by amount, else the first."""
    for row in rows:
        if row.satang == satang:
            return row
    return rows[0] if rows else None


def _signed(world: World, reference: str, row: Row) -> Iterator[Receipt]:
    fault = row.pupil.fault
    day = _day(world, row)
    guardian = row.pupil.child.family.guardian
    if fault == "cash_not_fetched":
        return
    if fault in _STATUS:
        status = _STATUS[fault]
        yield reference, status, "0.00", day.isoformat(), "", _NOTES[status]
        return
    reason = ""
    satang = row.satang
    if fault == "receipt_differs":
        satang -= _SHORT
    if fault in ("late_receipt", "late_receipt_without_reason"):
        day = late_day(world, row)
        reason = _LATE if fault == "late_receipt" else ""
    yield _receipt(reference, satang, day, guardian, reason)
    if fault == "receipt_repeated":
        again = (
            day + timedelta(days=1) if day < world.days[row.group].cash_closes else day - timedelta(days=1)
        )
        yield _receipt(reference, satang, again, guardian, reason)


def _receipt(reference: str, satang: int, day: date, by: Parent, reason: str) -> Receipt:
    return reference, "received", out.baht(satang), day.isoformat(), f"{by.first} {by.last}", reason


def _day(world: World, row: Row) -> date:
    """A day inside the window, drawn on the pupil."""
    opens, closes = world.days[row.group].cash_opens, world.days[row.group].cash_closes
    days = (closes - opens).days + 1
    return opens + timedelta(days=below(days, world.seed, world.term, "cash", row.pupil.serial))


def school_returns(
    world: World, outcome: Outcome, group: str, roll: Sequence[Mapping[str, str]]
) -> Iterator[tuple[str, str, str, str]]:
    """Rows of a group's returns file by school, strays last."""
    references = {line["school_code"]: line["return_reference"] for line in roll}
    back = returns(world, outcome, group)
    for code, bill in sorted(back.bills.items()):
        if code in back.pending or code not in references:
            continue
        day = return_day(world, group, code)
        amount = bill - _SHORT if code in back.differs else bill
        yield references[code], code, out.baht(amount), day.isoformat()
        if code in back.repeated:
            yield references[code], code, out.baht(amount), (day + timedelta(days=1)).isoformat()
    kind = next(kind for kind in kinds.STRAYS if kind.name == "return_without_bill")
    for n in range(strays(world, kind)):
        day = return_day(world, group, f"stray {n}")
        yield f"STRAY-{world.province}-{group}-{n:04d}", min(world.schools), "500.00", day.isoformat()
