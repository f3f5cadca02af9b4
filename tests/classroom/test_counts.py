"""The counts of a round: every kind and every reason is named, zeros too, and they add up."""

import pytest

from takhai.classroom import queries
from takhai.classroom.types import REFUSALS
from tests.benefits.town import LATER, ROUND
from tests.classroom.school import HOME, School

pytestmark = pytest.mark.django_db

NAMES = {
    "school_days": [
        "row_malformed",
        "text_unclean",
        "school_unknown",
        "month_unreadable",
        "month_outside_term",
        "days_unreadable",
        "days_repeated",
    ],
    "attendance": [
        "row_malformed",
        "text_unclean",
        "pupil_unknown",
        "school_unknown",
        "month_unreadable",
        "month_outside_term",
        "days_unreadable",
        "not_enrolled",
        "school_days_missing",
        "days_over_open",
        "attendance_repeated",
    ],
    "growth": [
        "row_malformed",
        "text_unclean",
        "pupil_unknown",
        "school_unknown",
        "day_outside_term",
        "measure_unreadable",
        "measure_implausible",
        "not_enrolled",
        "growth_repeated",
    ],
}


def test_of_a_round_without_files_every_name_is_there_with_zero(db: None) -> None:
    assert queries.counts(round=ROUND) == {
        kind: {"rows": 0, "taken": 0, "refused": dict.fromkeys(names, 0)} for kind, names in NAMES.items()
    }


def test_the_names_stand_in_the_order_that_counts(db: None) -> None:
    found = queries.counts(round=ROUND)
    assert {kind: list(found[kind]["refused"]) for kind in found} == NAMES  # type: ignore[call-overload]
    assert {kind.value: [each.value for each in reasons] for kind, reasons in REFUSALS.items()} == NAMES


def test_rows_are_taken_or_refused_over_all_files_of_a_round(school: School) -> None:
    (pupil,) = school.class_of()
    number = school.number_of(pupil)
    school.open(months=["2020-11", "2020-12", "2020-10"])
    school.send("attendance", (number, HOME, "2020-11", 19, 0, 0), (number, HOME, "2020-11", 18, 0, 0))
    school.send("attendance", (number, HOME, "2020-12", 19, 0, 0), (number, HOME, "2020-12"), ("x",) * 6)
    school.send("growth", (number, HOME, "2021-03-20", "30", "1.31"))
    found = queries.counts(round=ROUND)
    for kind in found.values():
        refused = kind["refused"]
        assert isinstance(refused, dict)
        assert kind["rows"] == kind["taken"] + sum(refused.values())  # type: ignore[operator]
    shown = {
        kind: (each["rows"], each["taken"], {why: n for why, n in each["refused"].items() if n})  # type: ignore[attr-defined]
        for kind, each in found.items()
    }
    assert shown == {
        "school_days": (3, 2, {"month_outside_term": 1}),
        "attendance": (5, 2, {"row_malformed": 1, "pupil_unknown": 1, "attendance_repeated": 1}),
        "growth": (1, 0, {"measure_implausible": 1}),
    }
    assert all(each["rows"] == 0 for each in queries.counts(round=LATER).values())
