"""Weight and height come in once a term: every refusal, 0 for not measured, the first good row."""

from datetime import date
from uuid import UUID

import pytest

from takhai.platform.problems import find
from takhai.platform.sets import fetch
from takhai.platform.types import Outcome
from tests.classroom.school import AWAY, EMPTY, HOME, School, citizen, counts_of, grown

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil(school: School) -> UUID:
    (person,) = school.class_of()
    school.school(AWAY)
    return person


def row(school: School, person: UUID, **changed: object) -> list[object]:
    cells: dict[str, object] = {
        "identifier": school.number_of(person),
        "school_code": HOME,
        "measured_on": "2021-03-26",
        "weight_kg": "28.4",
        "height_cm": "131.5",
    }
    return list((cells | changed).values())


def kept() -> list[tuple[object, ...]]:
    return fetch("SELECT measured_on, weight_g, height_mm FROM growth_measure ORDER BY person_id, school_id")


def test_a_good_row_is_kept_in_grams_and_millimetres(school: School, pupil: UUID) -> None:
    assert school.send("growth", row(school, pupil)) == Outcome(done=1)
    assert kept() == [(date(2021, 3, 26), 28_400, 1_315)]


@pytest.mark.parametrize(
    ("reason", "changed"),
    [
        ("text_unclean", {"weight_kg": "28\x004"}),
        ("pupil_unknown", {"identifier": citizen(777)}),
        ("pupil_unknown", {"identifier": "G", "school_code": EMPTY, "measured_on": "", "weight_kg": ""}),
        ("school_unknown", {"school_code": EMPTY, "measured_on": "x"}),
        ("day_outside_term", {"measured_on": "2020-10-31"}),
        ("day_outside_term", {"measured_on": "2021-05-16"}),
        ("day_outside_term", {"measured_on": "2021-02-29"}),
        ("day_outside_term", {"measured_on": "2564-03-26"}),
        ("day_outside_term", {"measured_on": "26/03/2564", "weight_kg": "x"}),
        ("day_outside_term", {"measured_on": ""}),
        ("measure_unreadable", {"weight_kg": "สามสิบ"}),
        ("measure_unreadable", {"height_cm": "131,5"}),
        ("measure_unreadable", {"weight_kg": "", "height_cm": "999"}),
        ("measure_unreadable", {"weight_kg": "-28.4"}),
        ("measure_unreadable", {"weight_kg": "2.84e1", "school_code": AWAY}),
        ("measure_implausible", {"weight_kg": "4.999"}),
        ("measure_implausible", {"weight_kg": "200.001"}),
        ("measure_implausible", {"weight_kg": "28400"}),
        ("measure_implausible", {"height_cm": "59.9"}),
        ("measure_implausible", {"height_cm": "220.1"}),
        ("measure_implausible", {"weight_kg": "0", "height_cm": "1.31", "school_code": AWAY}),
        ("not_enrolled", {"school_code": AWAY}),
    ],
)
def test_a_bad_row_is_refused_by_the_first_reason_that_holds_and_the_rest_goes_on(
    school: School, pupil: UUID, reason: str, changed: dict[str, object]
) -> None:
    (other,) = school.class_of()
    assert school.send("growth", row(school, pupil, **changed), row(school, other)) == Outcome(
        done=1, refused={reason: 1}
    )
    assert counts_of("growth") == {"rows": 2, "taken": 1, "refused": {reason: 1}}
    assert grown(pupil) is None
    assert find(reason).th


def test_a_row_of_another_width_is_malformed(school: School, pupil: UUID) -> None:
    assert school.send("growth", row(school, pupil)[:-1]).refused == {"row_malformed": 1}


@pytest.mark.parametrize(
    ("changed", "grams", "millimetres"),
    [
        ({"weight_kg": "0"}, 0, 1_315),
        ({"weight_kg": "0.0", "height_cm": "0.00"}, 0, 0),
        ({"weight_kg": "5", "height_cm": "60"}, 5_000, 600),
        ({"weight_kg": "200.000", "height_cm": "220.0"}, 200_000, 2_200),
        ({"weight_kg": "28.45678", "height_cm": "131.59"}, 28_456, 1_315),
        ({"weight_kg": "๒๘.๔"}, 28_400, 1_315),
    ],
)
def test_not_measured_bounds_and_fine_figures(
    school: School, pupil: UUID, changed: dict[str, object], grams: int, millimetres: int
) -> None:
    assert school.send("growth", row(school, pupil, **changed)) == Outcome(done=1)
    assert grown(pupil) == {"weight_g": grams, "height_mm": millimetres}


@pytest.mark.parametrize("day", ["2020-11-01", "2021-04-01", "2021-05-15"])
def test_the_holidays_after_a_term_count_to_it(school: School, pupil: UUID, day: str) -> None:
    assert school.send("growth", row(school, pupil, measured_on=day)) == Outcome(done=1)


def test_of_several_rows_of_a_key_the_first_good_one_stands(school: School, pupil: UUID) -> None:
    outcome = school.send(
        "growth",
        row(school, pupil, weight_kg="284"),
        row(school, pupil),
        row(school, pupil, weight_kg="30"),
    )
    assert outcome == Outcome(done=1, refused={"growth_repeated": 1, "measure_implausible": 1})
    later = school.send("growth", row(school, pupil, weight_kg="31"))
    assert later == Outcome(done=0, refused={"growth_repeated": 1})
    assert grown(pupil) == {"weight_g": 28_400, "height_mm": 1_315}


def test_the_same_file_again_changes_nothing_and_counts_the_same(school: School, pupil: UUID) -> None:
    path = school.file("growth", row(school, pupil), row(school, pupil), row(school, pupil, weight_kg="x"))
    refused = {"growth_repeated": 1, "measure_unreadable": 1}
    assert school.take("growth", path) == Outcome(done=1, refused=refused)
    before = counts_of("growth")
    assert school.take("growth", path) == Outcome(done=0, same=1, refused=refused)
    assert counts_of("growth") == before


@pytest.mark.parametrize(
    ("home", "away", "speaks"),
    [
        (("2021-03-20", "0", "131.5"), ("2020-12-01", "28.4", "131"), (28_400, 1_310)),
        (("2021-03-20", "0", "0"), ("2020-12-01", "28.4", "0"), (28_400, 0)),
        (("2020-12-01", "27", "130"), ("2021-03-20", "28.4", "131"), (28_400, 1_310)),
        (("2021-03-20", "27", "130"), ("2021-03-20", "28.4", "129"), (28_400, 1_290)),
    ],
)
def test_of_two_schools_the_one_that_measured_more_speaks_then_the_later(
    school: School,
    pupil: UUID,
    home: tuple[str, str, str],
    away: tuple[str, str, str],
    speaks: tuple[int, int],
) -> None:
    school.enrol(pupil, school=AWAY, since=date(2021, 1, 15))
    names = ("measured_on", "weight_kg", "height_cm")
    outcome = school.send(
        "growth",
        row(school, pupil, **dict(zip(names, home, strict=True))),
        row(school, pupil, school_code=AWAY, **dict(zip(names, away, strict=True))),
    )
    assert outcome == Outcome(done=2)
    assert grown(pupil) == dict(zip(("weight_g", "height_mm"), speaks, strict=True))
