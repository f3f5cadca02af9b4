"""What schools pay back: their bills, and the schools that pay another amount, twice or not yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from country import kinds
from country.draw import below, portion, shuffled
from country.settle import Outcome, Row
from country.world import World
from takhai.policy import for_round


@dataclass(frozen=True, slots=True)
class Returns:
    """Bills of one group by school code in satang (due back less late receipts), and who does what with them."""

    bills: Mapping[str, int]
    late: int
    differs: frozenset[str]
    repeated: frozenset[str]
    pending: frozenset[str]

    @property
    def returned(self) -> int:
        """Satang that come back as their bills say."""
        return sum(bill for code, bill in self.bills.items() if code not in self.differs | self.pending)


def returns(world: World, outcome: Outcome, group: str) -> Returns:
    """Sorts the schools that have something to pay back of a group's money."""
    bills: dict[str, int] = {}
    late = 0
    for row in outcome.of(group):
        if row.step == "recover" and row.kind == "dropped":
            bills.setdefault(row.school.code, 0)
            if is_late(row):
                late += row.satang
            else:
                bills[row.school.code] += row.satang
    owing = {code: bill for code, bill in bills.items() if bill}
    order = shuffled(owing, str, world.seed, world.term, group, "returns")
    chosen = []
    for kind in kinds.RETURNS:
        count = portion(len(owing), kind.per_million, kind.least)
        chosen.append(frozenset(order[:count]))
        order = order[count:]
    return Returns(owing, late, *chosen)


def is_late(row: Row) -> bool:
    """Whether the money was paid after the window with a reason, before the school's return."""
    return row.pupil.fault == "late_receipt"


def late_day(world: World, row: Row) -> date:
    """A day soon after the window on which a late receipt was signed."""
    lasts = _late_days(world, row.group)
    return _close(world, row.group) + timedelta(days=1 + below(lasts, world.seed, "late", row.pupil.serial))


def return_day(world: World, group: str, school: str) -> date:
    """The day a school pays back: after every late receipt, before the round's report."""
    first = _late_days(world, group) + 1
    last = max(first, _until_report(world, group) - 2)
    days = first + below(last - first + 1, world.seed, group, "return", school)
    return _close(world, group) + timedelta(days=days)


def _close(world: World, group: str) -> date:
    return world.days[group].cash_closes


def _until_report(world: World, group: str) -> int:
    """Days from the end of the cash window to the report; the last group has but a few."""
    return (for_round(world.term).as_of("report") - _close(world, group)).days


def _late_days(world: World, group: str) -> int:
    return max(1, _until_report(world, group) // 5)
