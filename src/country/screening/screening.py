"""The screening of a round, worked out before any run: who ends where, and every count of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from country.screening import kinds
from country.screening.committee import Committees, plan
from country.screening.forms import Form
from country.screening.planting import contradictions, forms
from country.screening.scoring import Judged, ends, judge
from country.world import World
from takhai.policy import for_round

_DRAWN = "screening"


@dataclass(frozen=True, slots=True)
class Screening:
    """What becomes of the new group until it is enrolled.

    `ended`: by a pupil's serial, the step (assess or certify) and the reason; whoever is not there is
    enrolled. `counts`, `exceptions`: in the names of the summary. `planted`: kinds and how many.
    """

    ended: Mapping[int, tuple[str, str]]
    counts: dict[str, Any]
    exceptions: dict[str, int]
    planted: dict[str, int]
    forms: Sequence[Form]
    judged: Mapping[str, Judged]
    committees: Committees


def screen(world: World) -> Screening:
    """Plants the faults of forms and committees, once for a world, and settles the screening."""
    if _DRAWN not in world.drawn:
        world.drawn[_DRAWN] = _screen(world)
    drawn: Screening = world.drawn[_DRAWN]
    return drawn


def _screen(world: World) -> Screening:
    policy = for_round(world.term)
    group = world.new_group()
    sent = forms(world, group)
    good = [form for form in sent if form.good]
    judged = {form.number: judge(str(world.term), policy, form.row, form.members) for form in good}
    reasons = ends(list(judged.values()), policy)
    listed = [form for form in good if not reasons[form.number]]
    others = [form for form in good if reasons[form.number]]
    committees = plan(world, listed, others, len(group))
    ended = {pupil.serial: ("assess", "no_form") for pupil in group}
    for form in good:
        reason, later = reasons[form.number], committees.ended(form)
        if reason:
            ended[form.pupil.serial] = ("assess", reason)
        elif later:
            ended[form.pupil.serial] = ("certify", later)
        else:
            del ended[form.pupil.serial]
    exceptions = Counter(committees.faults.values())
    exceptions["not_expected"] = len(committees.stray)
    return Screening(
        ended=ended,
        counts=_counts(sent, judged, reasons),
        exceptions={name: exceptions[name] for name in kinds.EXCEPTIONS},
        planted=_planted(world, sent, committees),
        forms=sent,
        judged=judged,
        committees=committees,
    )


def _counts(sent: Sequence[Form], judged: Mapping[str, Judged], reasons: Mapping[str, str]) -> dict[str, Any]:
    refused = Counter(kinds.REASON.get(form.fault, form.fault) for form in sent if not form.good)
    screened = [form for form in judged.values() if not form.refused]
    poor = [form for form in screened if reasons[form.form_no] != "over_income"]
    poorest = [form for form in poor if not reasons[form.form_no]]
    populations = {"screened": screened, "poor": poor, "extremely_poor": poorest}
    return {
        "forms": len(sent),
        "taken": len(judged),
        "refused": {name: refused[name] for name in kinds.FORM_REFUSALS},
        "findings": {"household_contradicts": contradictions([form for form in sent if form.good])},
        **{name: len(people) for name, people in populations.items()},
        "income_per_head": {name: _mean(people) for name, people in populations.items()},
    }


def _mean(people: Sequence[Judged]) -> int:
    """Mean of what each has per head, satang, rounded down."""
    return sum(form.per_head for form in people) // len(people) if people else 0


def _planted(world: World, sent: Sequence[Form], committees: Committees) -> dict[str, int]:
    counts = Counter(pupil.fault for pupil in world.pupils)
    counts[kinds.UNASKED.name] = sum(1 for form in sent if form.fault == kinds.UNASKED.name)
    counts[kinds.NO_QUORUM.name] = len(committees.no_quorum)
    counts[kinds.NOT_EXPECTED.name] = len(committees.stray)
    return {kind.name: counts[kind.name] for kind in kinds.ALL if counts[kind.name]}
