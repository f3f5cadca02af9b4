"""What must become of every pupil and of its money, by the rules of the round, from the plants alone."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from country import kinds
from country.draw import chance
from country.pupils import Pupil
from country.schools import School
from country.screening import screen
from country.world import NEW, OLD, REFUSED, Carried, World
from takhai.thai.calendar import Term
from takhai.thai.grades import Level

HELD_AT_ENTITLE = frozenset(kind.name for kind in kinds.IDENTITY) - {"dead"}


@dataclass(frozen=True, slots=True)
class Row:
    """One pupil's money of one round on its way through one group.

    `joins`: where it came in ("entitle" or "order"); `comes_back`: from an earlier group or round. It ended
    at `step` as `kind` (out, dropped, held) for `reason`. `fault`: what the bank finds with the pupil's own
    account, "" nothing. `satang` is 0 without a rate.
    """

    pupil: Pupil
    round: Term
    group: str
    level: Level
    school: School
    satang: int
    joins: str
    comes_back: bool
    step: str
    kind: str
    reason: str
    fault: str

    @property
    def through_school(self) -> bool:
        """Whether a school pays it out."""
        return not self.pupil.by_promptpay


@dataclass
class Outcome:
    """A whole round: register rows, where pupils went, every row of money of both groups."""

    register_rows: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    good_pupils: int = 0
    missing: int = 0
    not_applicants: int = 0
    new: int = 0
    ended: Counter[tuple[str, str]] = field(default_factory=Counter)
    enrolled: dict[str, list[Pupil]] = field(default_factory=lambda: {OLD: [], NEW: []})
    rows: list[Row] = field(default_factory=list)

    @property
    def old(self) -> int:
        """Pupils of the old group: all of them are enrolled."""
        return len(self.enrolled[OLD])

    @property
    def beneficiaries(self) -> list[Pupil]:
        """Everybody on the round's lists, the old group first."""
        return [*self.enrolled[OLD], *self.enrolled[NEW]]

    def of(self, group: str) -> Iterator[Row]:
        """The rows of one group."""
        return (row for row in self.rows if row.group == group)


def settle(world: World) -> Outcome:
    """Walks every pupil and every carried row through the round."""
    outcome = Outcome()
    ended = screen(world).ended
    for pupil in world.pupils:
        good = _register(pupil, outcome)
        group = world.group_of(pupil)
        if not good:
            outcome.missing += pupil.listing is not None
        elif not group:
            outcome.not_applicants += 1
        elif pupil.serial in ended:
            outcome.ended[ended[pupil.serial]] += 1
        else:
            outcome.enrolled[group].append(pupil)
        outcome.new += group == NEW
    outcome.rows = [_own(world, pupil, OLD) for pupil in outcome.enrolled[OLD]]
    outcome.rows += [_carried(carried) for carried in world.carried]
    again = [(row, joins(row)) for row in outcome.rows if joins(row)]
    outcome.rows += [_own(world, pupil, NEW) for pupil in outcome.enrolled[NEW]]
    outcome.rows += [_again(world, row, step) for row, step in again]
    return outcome


def joins(row: Row) -> str:
    """The step of the new group at which a held row of the old one comes back; "" when it does not."""
    if row.group != OLD or row.kind != "held":
        return ""
    if row.step == "entitle":
        return "entitle" if row.pupil.corrected == OLD else ""
    # What the bank has not answered for, or answered wrongly, stays sent until a person clears it.
    return "order" if row.step == "order" or row.reason in kinds.COMES_AGAIN else ""


def _register(pupil: Pupil, outcome: Outcome) -> bool:
    """Counts the pupil's rows in the register; whether one of them is good."""
    if not pupil.present:
        return False
    outcome.register_rows += 1
    if pupil.fault in REFUSED:
        _count(outcome.refused, pupil.fault)
        return False
    again = "second_school" if pupil.second else "duplicate" if pupil.fault == "duplicate" else ""
    if again:
        outcome.register_rows += 1
        _count(outcome.refused, again)
    outcome.good_pupils += 1
    return True


def _count(counts: dict[str, int], name: str) -> None:
    counts[name] = counts.get(name, 0) + 1


def _own(world: World, pupil: Pupil, group: str) -> Row:
    satang = world.amount(pupil.grade.level, pupil.school.affiliation)
    fault = pupil.fault if pupil.by_promptpay else ""
    if satang is None:
        end = ("entitle", "dropped", "no_rate")
    elif pupil.fault == "dead":
        end = ("entitle", "dropped", "dead")
    elif pupil.fault in HELD_AT_ENTITLE:
        end = ("entitle", "held", pupil.fault)
    elif world.failed(pupil):
        end = ("entitle", "held", "not_compliant")
    else:
        end = _after_entitle(pupil, pupil.school, fault, group)
    step, kind, reason = end
    return Row(
        pupil=pupil,
        round=world.term,
        group=group,
        level=pupil.grade.level,
        school=pupil.school,
        satang=satang or 0,
        joins="entitle",
        comes_back=False,
        step=step,
        kind=kind,
        reason=reason,
        fault=fault,
    )


def _carried(carried: Carried) -> Row:
    """Money of an earlier round in the round's first group: whatever was wrong then is mended or the school's."""
    step, kind, reason = _after_entitle(carried.pupil, carried.school, "", OLD)
    return Row(
        pupil=carried.pupil,
        round=carried.round,
        group=OLD,
        level=carried.level,
        school=carried.school,
        satang=carried.satang,
        joins=carried.joins,
        comes_back=True,
        step=step,
        kind=kind,
        reason=reason,
        fault="",
    )


def _again(world: World, row: Row, joined: str) -> Row:
    """Money that the old group held, on its way through the new one."""
    mended = chance(kinds.MENDED_PER_MILLION, world.seed, world.term, "own account mended", row.pupil.serial)
    fault = "" if mended else row.fault
    step, kind, reason = _after_entitle(row.pupil, row.school, fault, NEW)
    return Row(
        pupil=row.pupil,
        round=row.round,
        group=NEW,
        level=row.level,
        school=row.school,
        satang=row.satang,
        joins=joined,
        comes_back=True,
        step=step,
        kind=kind,
        reason=reason,
        fault=fault,
    )


def _after_entitle(pupil: Pupil, school: School, fault: str, group: str) -> tuple[str, str, str]:
    """Where money that was granted ends: order, reconcile or recover."""
    if pupil.by_promptpay:
        refused = kinds.HELD_BY_BANK.get(fault)
        return ("reconcile", "held", refused) if refused else ("recover", "out", "")
    troubled = school.fault_in(group)
    if troubled == "no_account":
        return "order", "held", "no_account"
    refused = kinds.HELD_BY_SCHOOL.get(troubled)
    if refused:
        return "reconcile", "held", refused
    back = kinds.DUE_BACK.get(pupil.fault)
    return ("recover", "dropped", back) if back else ("recover", "out", "")
