"""The list that committees get: exactly the extremely poor, in one order, numbers masked and the look logged."""

from dataclasses import dataclass, replace

import pytest

from takhai.access.scope import Scope, system_scope
from takhai.platform.sets import fetch
from takhai.screening.queries import PMT_COLUMNS, pmt_rows
from tests.benefits.town import ROUND
from tests.payments.till import Till, citizen
from tests.screening.cases import BARE
from tests.screening.hall import GROUP, Hall, by_score

SCOPE: Scope = system_scope(reason="test")


@dataclass
class Desk(Hall, Till):
    """A hall whose pupils have numbers."""


@pytest.fixture
def desk(hall: Hall) -> Desk:
    return Desk(root=hall.root)


def rows(scope: Scope = SCOPE) -> list[dict[str, object]]:
    return [
        dict(zip(PMT_COLUMNS, row, strict=True)) for row in pmt_rows(round=ROUND, group=GROUP, scope=scope)
    ]


def test_a_row_says_who_and_how_poor_with_the_number_masked(desk: Desk) -> None:
    person = desk.pupil(replace(BARE, tenure="rent", members=3, income_satang=200_000))
    desk.number(person, citizen(1_234_567))
    desk.fix(by_score(0))
    desk.assess()
    (row,) = rows()
    assert row == {
        "no": 1,
        "form_no": desk.forms[person],
        "identifier_masked": "1-8100-xxxxx-67-" + citizen(1_234_567)[-1],
        "name": "เด็กชายใจ1 ดี",
        "school_code": "81010001",
        "class": "ป.4",
        "members": 3,
        "income_per_head": "666.66",
        "score": "0.100000",
    }


def test_only_the_extremely_poor_are_on_it(desk: Desk) -> None:
    listed = desk.pupil(replace(BARE, toilet=False))
    desk.pupil(BARE)
    desk.pupil(None)
    desk.pupil(replace(BARE, toilet=False), refused=True)
    desk.fix(by_score(50_000))
    desk.assess()
    assert [row["form_no"] for row in rows()] == [desk.forms[listed]]


def test_it_goes_by_province_school_class_and_form_and_counts_through(desk: Desk) -> None:
    people = [
        desk.pupil(BARE, school=school, level=level)
        for school, level in [
            ("92010001", "primary"),
            ("81010002", "primary"),
            ("81010001", "primary"),
            ("81010001", "primary"),
            ("81010001", "lower_secondary"),
        ]
    ]
    desk.fix(by_score(0))
    desk.assess("92")
    desk.assess("81")
    first, second, third, fourth, fifth = (desk.forms[person] for person in people)
    found = rows()
    assert [row["no"] for row in found] == [1, 2, 3, 4, 5]
    assert [row["form_no"] for row in found] == [third, fourth, fifth, second, first]
    assert found == rows()


def test_a_score_is_written_in_millionths(desk: Desk) -> None:
    desk.pupil(replace(BARE, chronic=True, floor="wood_plank"))
    desk.fix(by_score(0))
    desk.assess()
    assert [row["score"] for row in rows()] == ["0.045000"]


def test_looking_at_the_numbers_is_logged(desk: Desk) -> None:
    person = desk.pupil(BARE)
    desk.number(person, citizen(7))
    desk.fix(by_score(0))
    desk.assess()
    rows()
    assert fetch("SELECT reason FROM looking_log") == [("list of the poor 2563-2/new",)]


def test_what_the_scope_does_not_cover_is_not_shown(desk: Desk) -> None:
    desk.pupil(BARE)
    desk.fix(by_score(0))
    desk.assess()
    assert rows(Scope(by="teacher", paths=())) == []


def test_an_empty_list_has_no_row(desk: Desk) -> None:
    desk.fix()
    assert rows() == []
