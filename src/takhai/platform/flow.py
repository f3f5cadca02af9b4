"""The one law of a step, for rows and for satang: in + joined = out + dropped + held."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Flow:
    """Counts of one step, or of one work unit of it. Rows are pupils (file rows at intake), money is satang.

    A step counts ``in_`` and ``out`` from different relations, so the law can fail and be seen to.
    """

    in_: int = 0
    joined: int = 0
    out: int = 0
    dropped: Counts = field(default_factory=dict)
    held: Counts = field(default_factory=dict)
    satang_in: int = 0
    satang_joined: int = 0
    satang_out: int = 0
    satang_dropped: Counts = field(default_factory=dict)
    satang_held: Counts = field(default_factory=dict)
    to: Counts = field(default_factory=dict)

    def __add__(self, other: Self) -> Self:
        added: dict[str, Any] = {
            each.name: _plus(getattr(self, each.name), getattr(other, each.name)) for each in fields(self)
        }
        return type(self)(**added)

    def broken(self) -> tuple[str, ...]:
        """The sides of the law that do not hold: ``rows``, ``satang``, ``to`` (out = all that went somewhere)."""
        wrong = []
        if self.in_ + self.joined != self.out + sum(self.dropped.values()) + sum(self.held.values()):
            wrong.append("rows")
        lost = sum(self.satang_dropped.values()) + sum(self.satang_held.values())
        if self.satang_in + self.satang_joined != self.satang_out + lost:
            wrong.append("satang")
        if self.to and sum(self.to.values()) != self.out:
            wrong.append("to")
        return tuple(wrong)

    def to_json(self) -> dict[str, int | dict[str, int]]:
        """Plain values under the names of the summary (``in`` for ``in_``)."""
        return {
            each.name.rstrip("_"): value if isinstance(value, int) else dict(value)
            for each in fields(self)
            for value in [getattr(self, each.name)]
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, int | Mapping[str, int]]) -> Self:
        """The flow that ``to_json`` wrote; unknown names raise TypeError."""
        named: dict[str, Any] = {("in_" if name == "in" else name): value for name, value in stored.items()}
        return cls(**named)


def total(flows: Iterable[Flow]) -> Flow:
    """The sum of the flows of all work units."""
    result = Flow()
    for flow in flows:
        result += flow
    return result


def _plus(one: int | Counts, other: int | Counts) -> int | Counts:
    if isinstance(one, int) or isinstance(other, int):
        if not (isinstance(one, int) and isinstance(other, int)):
            raise TypeError("a count and a table of counts do not add")
        return one + other
    # Counter's + drops zeros; a reason with 0 must stay in sight.
    return {
        name: one.get(name, 0) + other.get(name, 0)
        for name in [*one, *(key for key in other if key not in one)]
    }
