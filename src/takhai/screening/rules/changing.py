"""What would have to be otherwise at home for the decision to be the other one.

The cut-off is held as it was, and so are the size of the household and its lottery. Only the topics and weights
of ``score`` are used: nothing here knows what a roof is worth.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from takhai.policy.pmt import QUESTIONS
from takhai.screening.rules.score import CHOICES, score
from takhai.screening.types import Household

YES, NO = "yes", "no"
INCOME: Final = "income"
# How people are is nothing to wish otherwise: these answers are asked only where nothing else would do.
PEOPLE: Final = QUESTIONS["dependency"]
OWNED: Final = tuple(each.removeprefix("no_") for each in (*QUESTIONS["vehicles"], *QUESTIONS["goods"]))
THINGS: Final = (*CHOICES, "toilet", *OWNED)
BAHT: Final = 100


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that is another: ``field`` of the household, or INCOME with whole baht a month as its ``to``."""

    field: str
    to: str


def answer(household: Household, field: str) -> str:
    """What the household says in a field, as a word: an option, or yes and no."""
    said = getattr(household, field)
    return (YES if said else NO) if isinstance(said, bool) else str(said)


def apply(changes: Iterable[Change], household: Household) -> Household:
    """The household as it would be with these changes."""
    for change in changes:
        if change.field == INCOME:
            household = replace(household, income_satang=int(change.to) * BAHT)
        else:
            to: Any = change.to if change.field in CHOICES else change.to == YES
            household = replace(household, **{change.field: to})
    return household


def others(household: Household, field: str) -> tuple[Change, ...]:
    """Every other answer that the form allows in a field."""
    said = answer(household, field)
    options = QUESTIONS[field] if field in CHOICES else (YES, NO)
    return tuple(Change(field, option) for option in options if option != said)


def ways(
    *,
    household: Household,
    weights: Mapping[str, int],
    ceiling_satang: int,
    chosen: Callable[[Household], bool],
) -> tuple[tuple[Change, ...], ...]:
    """Sets of changes that turn ``chosen`` round, the smallest first; empty where none does.

    At most two: by answers alone, and with the income among them. Of each no change can be left out. ``chosen``
    must never mind a higher score or a lower income.
    """
    for fields in (THINGS, (*THINGS, *PEOPLE)):
        search = _Search(household, weights, ceiling_satang, chosen, fields)
        found = search.found()
        if found:
            return found
    return ()


class _Search:
    """Which is the least number of changes is told by the strongest ones; then weaker ones take their place."""

    def __init__(
        self,
        household: Household,
        weights: Mapping[str, int],
        ceiling_satang: int,
        chosen: Callable[[Household], bool],
        fields: tuple[str, ...],
    ) -> None:
        self.household = household
        self.chosen = chosen
        self.wanted = not chosen(household)
        now = score(household, weights)
        sign = 1 if self.wanted else -1
        # How far each change goes the wanted way, the least first; what goes the other way is left out.
        measured = [
            ((score(apply([change], household), weights) - now) * sign, change)
            for field in fields
            for change in others(household, field)
        ]
        self.weakest_first = [
            change for gain, change in sorted(measured, key=lambda each: each[0]) if gain > 0
        ]
        best = {change.field: change for change in self.weakest_first}
        self.strongest = [change for change in reversed(self.weakest_first) if best[change.field] is change]
        over = ceiling_satang * household.members // BAHT + 1
        self.least, self.most = (0, over) if self.wanted else (household.income_satang // BAHT + 1, over)

    def found(self) -> tuple[tuple[Change, ...], ...]:
        """With fewer answers beside it the income is worth telling; with as many it would not be needed."""
        alone = self._fewest(())
        room = len(self.strongest) if alone is None else len(alone) - 1
        beside = self._with_income(room)
        kept = [self._in_order(each) for each in (alone, beside) if each is not None]
        return tuple(sorted(kept, key=len))

    def _turns(self, changes: Iterable[Change]) -> bool:
        return self.chosen(apply(changes, self.household)) is self.wanted

    def _fewest(self, given: tuple[Change, ...]) -> tuple[Change, ...] | None:
        for count in range(0 if given else 1, len(self.strongest) + 1):
            if self._turns((*given, *self.strongest[:count])):
                return self._weakened(given, self.strongest[:count])
        return None

    def _weakened(self, given: tuple[Change, ...], answers: list[Change]) -> tuple[Change, ...]:
        kept = list(answers)
        for at in reversed(range(len(kept))):
            taken = {change.field for place, change in enumerate(kept) if place != at}
            kept[at] = next(
                change
                for change in self.weakest_first
                if change.field not in taken and self._turns((*given, *kept[:at], change, *kept[at + 1 :]))
            )
        return (*given, *kept)

    def _with_income(self, room: int) -> tuple[Change, ...] | None:
        extreme = Change(INCOME, str(self.least if self.wanted else self.most))
        for count in range(room + 1):
            answers = self.strongest[:count]
            if self._turns((extreme, *answers)):
                return self._weakened((self._nearest(answers),), answers)
        return None

    def _nearest(self, answers: list[Change]) -> Change:
        """The income next to theirs, in whole baht, that still turns it round together with the answers."""
        turning, standing = (self.least, self.most) if self.wanted else (self.most, self.least - 1)
        while abs(turning - standing) > 1:
            middle = (turning + standing) // 2
            if self._turns((Change(INCOME, str(middle)), *answers)):
                turning = middle
            else:
                standing = middle
        return Change(INCOME, str(turning))

    def _in_order(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        order = [INCOME, *PEOPLE, *THINGS]
        return tuple(sorted(changes, key=lambda change: order.index(change.field)))
