"""What must become of every pupil and of its money, by the rules of the round, from the plants alone."""

from dataclasses import dataclass, field

from country import kinds
from country.pupils import Pupil
from country.schools import School
from country.world import World
from takhai.thai.calendar import Term
from takhai.thai.grades import Level

HELD_AT_ENTITLE = frozenset(kind.name for kind in kinds.IDENTITY) - {"dead"} | {"not_compliant"}
REFUSED = frozenset(kind.name for kind in kinds.REFUSED)


@dataclass(frozen=True, slots=True)
class Row:
    """One pupil's money of one round on its way through the old group.

    `joins`: where it came in ("entitle" or "order"); `comes_back`: from an earlier round. It ended at
    `step` as `kind` (out, dropped, held) for `reason`. `satang` is 0 without a rate.
    """

    pupil: Pupil
    round: Term
    level: Level
    school: School
    satang: int
    joins: str
    comes_back: bool
    step: str
    kind: str
    reason: str

    @property
    def through_school(self) -> bool:
        """Whether a school pays it out."""
        return not self.pupil.by_promptpay


@dataclass
class Outcome:
    """A whole round: register rows, where pupils went, every row of money."""

    register_rows: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    good_pupils: int = 0
    missing: int = 0
    not_applicants: int = 0
    new: int = 0
    old: int = 0
    rows: list[Row] = field(default_factory=list)


def settle(world: World) -> Outcome:
    """Walks every pupil and every carried row through the round."""
    outcome = Outcome()
    for pupil in world.pupils:
        good = _register(pupil, outcome)
        if not good:
            outcome.missing += pupil.listing is not None
        elif world.on_list(pupil):
            outcome.old += 1
            outcome.rows.append(_own(world, pupil))
        elif pupil.listing is not None or world.applies(pupil):
            outcome.new += 1
        else:
            outcome.not_applicants += 1
    for carried in world.carried:
        step, kind, reason = _after_entitle(carried.pupil, carried.school)
        outcome.rows.append(
            Row(
                pupil=carried.pupil,
                round=carried.round,
                level=carried.level,
                school=carried.school,
                satang=carried.satang,
                joins=carried.joins,
                comes_back=True,
                step=step,
                kind=kind,
                reason=reason,
            )
        )
    return outcome


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


def _own(world: World, pupil: Pupil) -> Row:
    satang = world.amount(pupil.grade.level, pupil.school.affiliation)
    if satang is None:
        step, kind, reason = "entitle", "dropped", "no_rate"
    elif pupil.fault == "dead":
        step, kind, reason = "entitle", "dropped", "dead"
    elif pupil.fault in HELD_AT_ENTITLE:
        step, kind, reason = "entitle", "held", pupil.fault
    else:
        step, kind, reason = _after_entitle(pupil, pupil.school)
    return Row(
        pupil=pupil,
        round=world.term,
        level=pupil.grade.level,
        school=pupil.school,
        satang=satang or 0,
        joins="entitle",
        comes_back=False,
        step=step,
        kind=kind,
        reason=reason,
    )


def _after_entitle(pupil: Pupil, school: School) -> tuple[str, str, str]:
    """Where money that was granted ends: order, reconcile or recover."""
    if pupil.by_promptpay:
        refused = kinds.HELD_BY_BANK.get(pupil.fault)
        return ("reconcile", "held", refused) if refused else ("recover", "out", "")
    if school.fault == "no_account":
        return "order", "held", "no_account"
    refused = kinds.HELD_BY_SCHOOL.get(school.fault)
    if refused:
        return "reconcile", "held", refused
    back = kinds.DUE_BACK.get(pupil.fault)
    return ("recover", "dropped", back) if back else ("recover", "out", "")
