"""How many of each planted kind a round has."""

from collections import Counter
from collections.abc import Mapping

from country import classroom, kinds
from country.paying_back import Returns
from country.pupils import bears_gcode
from country.screening import screen
from country.settle import Outcome, joins
from country.strays import strays
from country.world import GROUPS, World

# Marks of the planting itself: what they mean is counted elsewhere.
_MARKS = ("", "at_faulty_school", "identifier_taken")


def planted(world: World, outcome: Outcome, back: Mapping[str, Returns]) -> dict[str, int]:
    """Every kind with its number; kinds that found nobody are left out."""
    counts = Counter(pupil.fault for pupil in world.pupils if pupil.fault not in _MARKS)
    for pupil in world.pupils:
        counts["gone"] += pupil.listing is not None and not pupil.present
        if pupil.present:
            counts["gcode"] += bears_gcode(pupil)
            counts["zero_person"] += pupil.child.said.number.startswith("0")
            counts["corrected"] += bool(pupil.corrected)
            counts["long_absent"] += pupil.long_absent
            if pupil.listing:
                elsewhere = pupil.listing.school != pupil.school.code
                counts["moved_school"] += elsewhere
                counts["three_years"] += not elsewhere and not world.on_list(pupil)
    for school in world.schools.values():
        counts["workbook"] += school.workbook > 0
        counts["school_mended"] += school.mended
        if school.fault:
            counts[school.fault] += 1
    for kind in kinds.STRAYS:
        counts[kind.name] += len(GROUPS) * strays(world, kind)
    counts[kinds.WITHOUT_ROW.name] += strays(world, kinds.WITHOUT_ROW)
    for reason in ("no_rate", "not_compliant"):
        counts[reason] += sum(row.reason == reason for row in outcome.rows)
    counts["identifier_taken"] += world.taken is not None
    for of_group in back.values():
        counts["return_differs"] += len(of_group.differs)
        counts["return_repeated"] += len(of_group.repeated)
        counts["return_pending"] += len(of_group.pending)
    counts["comes_again"] += len(world.carried)
    counts["joins_the_new_group"] += sum(bool(joins(row)) for row in outcome.rows)
    # Kinds of forms and committees stand on pupils too: their own count is the one.
    whole = {**counts, **screen(world).planted, **classroom.planted(world, outcome.beneficiaries)}
    return {name: whole[name] for name in sorted(whole) if whole[name] > 0}
