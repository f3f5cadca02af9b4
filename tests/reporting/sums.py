"""People and money of the made-up round, group by group, so that every step's law holds."""

from dataclasses import dataclass

from tests.reporting import counts as c


def split(number: int, shares: dict[str, int]) -> dict[str, int]:
    """``number`` cut by shares into whole parts that make it again."""
    total = sum(shares.values())
    parts = {name: number * share // total for name, share in shares.items()}
    parts[next(iter(shares))] += number - sum(parts.values())
    return parts


def satang(number: int) -> int:
    """What so many pupils, mixed over the levels, are entitled to."""
    return sum(c.RATES[level] * n for level, n in split(number, c.SHARES).items())


def money(counts: dict[str, int]) -> dict[str, int]:
    """The amounts of a table of reasons."""
    return {name: satang(n) for name, n in counts.items()}


def satang_of(counts: dict[str, int]) -> int:
    """The sum of ``money``."""
    return sum(money(counts).values())


@dataclass(frozen=True)
class Group:
    """One group from enrol to recover; ``back_…`` came back from the group before it."""

    name: str
    enrolled: int
    no_rate: int
    dead: int
    entitle_held: dict[str, int]
    order_held: dict[str, int]
    reconcile_held: dict[str, int]
    recover_dropped: dict[str, int]
    back_entitle: int = 0
    back_order: int = 0

    @property
    def granted(self) -> int:
        lost = self.no_rate + self.dead + sum(self.entitle_held.values())
        return self.enrolled + self.back_entitle - lost

    @property
    def ordered(self) -> int:
        return self.granted + self.back_order - sum(self.order_held.values())

    @property
    def accepted(self) -> int:
        return self.ordered - sum(self.reconcile_held.values())

    @property
    def paid(self) -> int:
        return self.accepted - sum(self.recover_dropped.values())

    @property
    def paid_satang(self) -> int:
        return satang(self.paid)

    @property
    def accepted_satang(self) -> int:
        return self.paid_satang + satang_of(self.recover_dropped)

    @property
    def ordered_satang(self) -> int:
        return self.accepted_satang + satang_of(self.reconcile_held)

    @property
    def granted_satang(self) -> int:
        return self.ordered_satang + satang_of(self.order_held) - satang(self.back_order)

    @property
    def joined_satang(self) -> int:
        return self.granted_satang + satang_of(self.entitle_held) + satang(self.dead)

    @property
    def refused_satang(self) -> int:
        names = ("proxy_not_registered", "account_closed", "account_name_differs", "bank_other")
        return satang_of({name: self.reconcile_held[name] for name in names})


OLD = Group(
    name="old",
    enrolled=c.OLD,
    no_rate=c.NO_RATE,
    dead=c.DEAD,
    entitle_held=c.ENTITLE_HELD,
    order_held=c.ORDER_HELD,
    reconcile_held=c.RECONCILE_HELD,
    recover_dropped=c.RECOVER_DROPPED,
)
NEW = Group(
    name="new",
    enrolled=c.CERTIFIED,
    no_rate=0,
    dead=c.NEW_DEAD,
    entitle_held=c.NEW_ENTITLE_HELD,
    order_held=c.NEW_ORDER_HELD,
    reconcile_held=c.NEW_RECONCILE_HELD,
    recover_dropped=c.NEW_RECOVER_DROPPED,
    back_entitle=c.BACK_AT_ENTITLE,
    back_order=c.BACK_AT_ORDER,
)
GROUPS = (OLD, NEW)
RETURNED = satang(c.RECOVER_DROPPED["moved"]) + satang(c.RECOVER_DROPPED["left"])


def ledger() -> dict[str, int]:
    """The books at the close."""
    due = sum(satang_of(each.recover_dropped) for each in GROUPS) - satang(c.LATE)
    held = sum(satang_of(each.order_held) + each.refused_satang for each in GROUPS)
    return {
        "budget": -sum(each.granted_satang for each in GROUPS),
        "owed": held - satang(c.BACK_AT_ORDER),
        "sent.promptpay": sum(satang(each.reconcile_held["no_result"]) for each in GROUPS),
        "sent.school": sum(satang(each.reconcile_held["result_differs"]) for each in GROUPS),
        "at_school": 0,
        "paid": sum(each.paid_satang for each in GROUPS) + satang(c.LATE),
        "due_back": due - RETURNED,
        "returned": RETURNED,
    }
