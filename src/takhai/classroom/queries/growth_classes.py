"""How the pupils of a term grow, counted in bands of the plugged-in reference."""

from collections import Counter
from typing import Final, cast

from takhai.access import queries as access
from takhai.access.scope import Scope
from takhai.classroom.queries.growth_reference import reference
from takhai.classroom.rules.lms import growth_of
from takhai.classroom.types import Growth, Measure
from takhai.platform.sets import fetch
from takhai.registry import queries as registry
from takhai.thai.calendar import Term

# Pupils of the same sex, age, weight and height are classed once.
_ALIKE: Final = """
SELECT p.sex, m.measured_on - p.birth_date, m.weight_g, m.height_mm, count(*)
FROM growth_measure m
JOIN visible ON visible.id = m.school_id
JOIN pupils p ON p.person = m.person_id
WHERE m.round = %(classes_round)s AND p.birth_date IS NOT NULL
GROUP BY 1, 2, 3, 4
"""


def growth_classes(*, round: Term, scope: Scope) -> dict[str, dict[str, int]]:
    """Measure -> band -> rows of growth (``Growth``; every name is there, zeros too).

    ``not_computed`` counts what was not measured or is outside the table's ages; without a table, all.
    Raises Refusal ``growth_reference_unusable`` for a table with a bad row.
    """
    curves = reference(round=round) or {}
    rows = cast(
        "list[tuple[str, int, int, int, int]]",
        fetch(
            _ALIKE,
            access.visible(scope=scope),
            registry.pupils(scope=scope),
            classes_round=str(round),
        ),
    )
    answer: dict[str, dict[str, int]] = {}
    for measure in Measure:
        found: Counter[Growth] = Counter()
        for sex, days, weight_g, height_mm, count in rows:
            curve = curves.get((sex, measure))
            found[
                growth_of(measure=measure, curve=curve, days=days, weight_g=weight_g, height_mm=height_mm)
            ] += count
        answer[measure.value] = {each.value: found[each] for each in Growth}
    return answer
