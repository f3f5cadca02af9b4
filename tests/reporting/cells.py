"""The money of the made-up round cut into cells."""

from collections.abc import Iterator
from datetime import date

from takhai.reporting.types import Breakdown, BreakdownRow, Standing
from tests.reporting.counts import AGENCIES, AREAS, BACK_AT_ENTITLE, BACK_AT_ORDER, LATE, RATES, SHARES
from tests.reporting.sums import GROUPS, RETURNED, ledger, split


def breakdown() -> Breakdown:
    """Everybody with an amount who was not dropped at entitle, each once."""
    cells, back = [], []
    for group in GROUPS:
        held = [*group.entitle_held.values(), *group.order_held.values(), *group.reconcile_held.values()]
        late = [LATE] if group.name == "old" else []
        for standing, numbers in ((Standing.PAID, [group.paid, *late]), (Standing.HELD, held)):
            cells += [cell for n in numbers for cell in _cells(group.name, standing, n)]
        back += [
            cell for n in group.recover_dropped.values() for cell in _cells(group.name, Standing.DUE_BACK, n)
        ]
    again = [cell for n in (BACK_AT_ENTITLE, BACK_AT_ORDER) for cell in _cells("old", Standing.HELD, n)]
    owing = _minus(back, list(_cells("old", Standing.DUE_BACK, LATE)))
    booked = ledger()
    assert sum(cell.satang for cell in owing) == booked["due_back"] + booked["returned"]
    rows = _merge([*_minus(cells, again), *_as_returned(owing, RETURNED)])
    return Breakdown(as_of=date(2021, 4, 1), extracted_on=date(2021, 4, 2), rows=rows)


def _cells(group: str, standing: Standing, number: int) -> Iterator[BreakdownRow]:
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
            yield BreakdownRow(group, level, agency, channel, area, standing, m, m * RATES[level])


def _minus(cells: list[BreakdownRow], gone: list[BreakdownRow]) -> list[BreakdownRow]:
    left = {_key(cell): cell for cell in _merge(cells)}
    for cell in gone:
        have = left[_key(cell)]
        left[_key(cell)] = _with(have, have.standing, have.persons - cell.persons)
    return [cell for cell in left.values() if cell.persons]


def _as_returned(cells: list[BreakdownRow], satang_returned: int) -> list[BreakdownRow]:
    """Turn cells from due back to returned until the ledger's amount is met."""
    result, open_ = [], satang_returned
    for cell in sorted(cells, key=lambda each: (-RATES[each.level], each.group, each.agency)):
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
