"""What schools pay back: their bills, and the schools that pay another amount, twice or not yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from country import kinds
from country.draw import below, portion, shuffled
from country.settle import Outcome, Row
from country.world import World


@dataclass(frozen=True, slots=True)
class Returns:
    """Bills by school code in satang (due back less late receipts), and who does what with them."""

    bills: Mapping[str, int]
    late: int
    differs: frozenset[str]
    repeated: frozenset[str]
    pending: frozenset[str]

    @property
    def returned(self) -> int:
        """Satang that come back as their bills say."""
        return sum(bill for code, bill in self.bills.items() if code not in self.differs | self.pending)


def returns(world: World, outcome: Outcome) -> Returns:
    """Sorts the schools that have something to pay back."""
    bills: dict[str, int] = {}
    late = 0
    for row in outcome.rows:
        if row.step == "recover" and row.kind == "dropped":
            bills.setdefault(row.school.code, 0)
            if is_late(row):
                late += row.satang
            else:
                bills[row.school.code] += row.satang
    owing = {code: bill for code, bill in bills.items() if bill}
    order = shuffled(owing, str, world.seed, world.term, "returns")
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
    """A day after the window on which a late receipt was signed."""
    return world.days.cash_closes + timedelta(days=1 + below(8, world.seed, "late", row.pupil.serial))


def return_day(world: World, school: str) -> date:
    """The day a school pays back: after every late receipt, before the round's report."""
    return world.days.cash_closes + timedelta(days=11 + below(28, world.seed, "return", school))
