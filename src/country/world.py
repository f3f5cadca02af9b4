"""The country of one round: who is where, what was planted, what money is still on its way."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from country import kinds
from country.draw import shuffled
from country.pupils import Pupil
from country.schools import School
from takhai.policy.rounds import for_round
from takhai.thai.calendar import Term
from takhai.thai.grades import Grade, Level

OLD, NEW = "old", "new"
GROUPS = (OLD, NEW)
REFUSED = frozenset(kind.name for kind in kinds.REFUSED)


@dataclass(frozen=True, slots=True)
class Carried:
    """Money of an earlier round that comes back at a step (entitle or order) of this one."""

    pupil: Pupil
    round: Term
    satang: int
    level: Level
    school: School
    joins: str


@dataclass(frozen=True, slots=True)
class Days:
    """The days that answers to one group are dated by; `corrected`: schools send corrected rows."""

    list_frozen: date
    approved: date
    bank_opens: date
    bank_closes: date
    cash_opens: date
    cash_closes: date
    corrected: date


@dataclass
class World:
    """One province in one round. Money is satang.

    `drawn` keeps what other parts have drawn once and for all for this world, by the name of the part.
    """

    term: Term
    province: str
    seed: int
    schools: dict[str, School]
    pupils: list[Pupil] = field(default_factory=list)
    carried: list[Carried] = field(default_factory=list)
    taken: tuple[Pupil, Pupil] | None = None
    next_serial: int = 0
    follows: bool = False
    drawn: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def amounts(self) -> dict[tuple[str, str | None], int]:
        """The round's rates by level and affiliation (None: any), components added up."""
        sums: dict[tuple[str, str | None], int] = {}
        for rate in for_round(self.term).rates:
            key = (rate.level, rate.affiliation)
            sums[key] = sums.get(key, 0) + rate.satang
        return sums

    def amount(self, level: Level, affiliation: str) -> int | None:
        """What a pupil of a level and affiliation gets; None without a rate."""
        own = self.amounts.get((level.value, affiliation))
        return self.amounts.get((level.value, None)) if own is None else own

    @cached_property
    def offering(self) -> dict[tuple[str, Grade], list[School]]:
        """Schools by (affiliation, grade), and by ("", grade) whatever the affiliation."""
        found: dict[tuple[str, Grade], list[School]] = {}
        for school in self.schools.values():
            for grade in school.grades:
                found.setdefault(("", grade), []).append(school)
                found.setdefault((school.affiliation, grade), []).append(school)
        return found

    @cached_property
    def last_first_year(self) -> int:
        """First years of subsidy up to this one are three academic years ago."""
        return self.term.year - for_round(self.term).three_years

    def on_list(self, pupil: Pupil) -> bool:
        """Whether a pupil is on the last list, at the school it is at now, for less than three years."""
        known = pupil.listing
        return (
            known is not None
            and known.school == pupil.school.code
            and known.first_year > self.last_first_year
        )

    def applies(self, pupil: Pupil) -> bool:
        """Whether a pupil outside the list asks to be screened."""
        policy = for_round(self.term)
        if pupil.grade.level not in policy.screened_levels:
            return False
        wanted = policy.entry[pupil.school.affiliation].mark
        return wanted is None or pupil.mark == wanted

    def good(self, pupil: Pupil) -> bool:
        """Whether the register has a good row of the pupil."""
        return pupil.present and pupil.fault not in REFUSED

    def group_of(self, pupil: Pupil) -> str:
        """OLD, NEW, or "" for neither."""
        if not self.good(pupil):
            return ""
        if self.on_list(pupil):
            return OLD
        return NEW if pupil.listing is not None or self.applies(pupil) else ""

    def new_group(self) -> list[Pupil]:
        """The new group in drawn order; asked for when the faults of the register are planted."""
        found = (pupil for pupil in self.pupils if self.group_of(pupil) == NEW)
        return shuffled(found, lambda p: p.serial, self.seed, self.term, self.province, "new group")

    def failed(self, pupil: Pupil) -> bool:
        """Whether conditions that the pupil did not meet last semester hold its money in this round."""
        holds = for_round(self.term).not_compliant == "hold"
        return holds and pupil.listing is not None and pupil.listing.compliant is False

    @cached_property
    def intake(self) -> date:
        """The last day of the register files."""
        return for_round(self.term).as_of("intake")

    @cached_property
    def days(self) -> dict[str, Days]:
        """By group, from the round's calendar."""
        return {group: self._days(group) for group in GROUPS}

    def _days(self, group: str) -> Days:
        policy = for_round(self.term)
        bank, cash = policy.window("reconcile", group), policy.window("recover", group)
        frozen = policy.as_of("entitle", group)
        return Days(
            list_frozen=frozen,
            approved=max(frozen, policy.as_of("order", group) - timedelta(days=1)),
            bank_opens=bank.opens,
            bank_closes=bank.closes,
            cash_opens=cash.opens,
            cash_closes=cash.closes,
            corrected=cash.opens + timedelta(days=2),
        )

    def present(self) -> Iterator[Pupil]:
        """Pupils with a row in the register."""
        return (pupil for pupil in self.pupils if pupil.present)

    def listed(self) -> Iterator[Pupil]:
        """Pupils on the last list."""
        return (pupil for pupil in self.pupils if pupil.listing is not None)
