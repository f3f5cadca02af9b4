"""How well a screening finds the truly poor: who is missed, who is taken wrongly. Source: DOMAIN §16.3.

At a quota the predicted poorest are as many as the truly poorest, so both errors are one number; at a line, and
for what a round really decided, they differ and both are told.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from takhai.reporting.rules.shares import share


@dataclass(frozen=True, slots=True)
class Judged:
    """One pupil of the truth beside what the screening said of him.

    ``welfare``: true welfare per head, satang a month; ``truly``: the truth calls him extremely poor.
    ``place``: his place in the predicted order, 1 the poorest, None where he was not screened; ``chosen``: found
    extremely poor; ``passed``: passed the income test.
    """

    key: str
    province: str
    level: str
    welfare: int
    truly: bool
    place: int | None
    chosen: bool
    passed: bool


@dataclass(frozen=True, slots=True)
class Errors:
    """``truly``: truly poor pupils; ``taken``: pupils the screening takes; ``both``: those who are both."""

    truly: int
    taken: int
    both: int

    @property
    def exclusion(self) -> int:
        """Share of the truly poor who are missed, hundredths of a percent."""
        return share(self.truly - self.both, self.truly)

    @property
    def inclusion(self) -> int:
        """Share of the taken who are not truly poor, hundredths of a percent."""
        return share(self.taken - self.both, self.taken)


@dataclass(frozen=True, slots=True)
class Measured:
    """The errors of one population; ``by`` is "" for everybody, else province or level, ``value`` which."""

    by: str
    value: str
    pupils: int
    screened: int
    quota: Errors
    line: Errors
    decided: Errors


def measure(pupils: Sequence[Judged], /, *, percent: int | None, line: int) -> tuple[Measured, ...]:
    """Everybody, then each province, then each level, by name.

    ``percent`` is the quota, taken within each population; None takes as many as the round chose there.
    ``line``: satang per head and month.
    """
    keys: tuple[tuple[str, Callable[[Judged], str]], ...] = (
        ("", lambda each: ""),
        ("province", lambda each: each.province),
        ("level", lambda each: each.level),
    )
    found = []
    for by, key in keys:
        for value in sorted({key(each) for each in pupils} or ({""} if not by else set())):
            mine = [each for each in pupils if key(each) == value]
            screened = [each for each in mine if each.place is not None]
            found.append(
                Measured(
                    by=by,
                    value=value,
                    pupils=len(mine),
                    screened=len(screened),
                    quota=at_quota(screened, places=_places(screened, percent)),
                    line=_errors((each.welfare <= line, each.passed) for each in screened),
                    decided=_errors((each.truly, each.chosen) for each in mine),
                )
            )
    return tuple(found)


def at_quota(screened: Sequence[Judged], /, *, places: int) -> Errors:
    """The truly poorest against the predicted poorest, so many of each; equal welfare goes by ``key``."""
    poorest = sorted(screened, key=lambda each: (each.welfare, each.key))[:places]
    predicted = sorted(screened, key=lambda each: each.place or 0)[:places]
    both = {each.key for each in poorest} & {each.key for each in predicted}
    return Errors(truly=len(poorest), taken=len(predicted), both=len(both))


def _places(screened: Sequence[Judged], percent: int | None) -> int:
    if percent is None:
        return sum(each.chosen for each in screened)
    return len(screened) * percent // 100


def _errors(pairs: Iterable[tuple[bool, bool]]) -> Errors:
    known = list(pairs)
    return Errors(
        truly=sum(truly for truly, _ in known),
        taken=sum(taken for _, taken in known),
        both=sum(truly and taken for truly, taken in known),
    )
