"""What the summary tells of screening: every name is there, means are rounded down."""

from dataclasses import replace

from takhai.screening.queries import screening
from takhai.screening.types import FORM_REFUSALS
from tests.benefits.town import ROUND
from tests.screening.cases import BARE
from tests.screening.hall import Hall, by_score


def test_a_round_without_forms_names_every_figure(hall: Hall) -> None:
    assert screening(round=ROUND) == {
        "forms": 0,
        "taken": 0,
        "refused": dict.fromkeys(FORM_REFUSALS, 0),
        "findings": {"household_contradicts": 0},
        "screened": 0,
        "poor": 0,
        "extremely_poor": 0,
        "income_per_head": {"screened": 0, "poor": 0, "extremely_poor": 0},
    }


def test_screened_poor_and_extremely_poor_are_counted_over_all_provinces(hall: Hall) -> None:
    hall.pupil(None)
    hall.pupil(BARE, refused=True)
    hall.pupil(replace(BARE, income_satang=1_600_000))
    hall.pupil(BARE, school="92010001")
    hall.pupil(replace(BARE, toilet=False), school="92010001")
    hall.pupil(replace(BARE, toilet=False))
    hall.fix(by_score(50_000))
    hall.assess("81")
    hall.assess("92")
    found = screening(round=ROUND)
    assert (found["screened"], found["poor"], found["extremely_poor"]) == (4, 3, 2)


def test_a_mean_is_over_households_each_rounded_down_and_is_rounded_down(hall: Hall) -> None:
    hall.pupil(replace(BARE, members=3, income_satang=500))  # 166
    hall.pupil(replace(BARE, members=3, income_satang=100))  # 33
    hall.pupil(replace(BARE, members=1, income_satang=300_001))  # over the ceiling
    hall.fix(by_score(0))
    hall.assess()
    means = screening(round=ROUND)["income_per_head"]
    assert means == {"screened": 100_066, "poor": 99, "extremely_poor": 99}
