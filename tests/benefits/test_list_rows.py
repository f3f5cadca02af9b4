"""The frozen list as the approver sees it: masked, in order, with every pupil of the list and nobody else."""

import pytest

from takhai.benefits import queries as benefits
from takhai.platform import secrets
from takhai.platform.sets import fetch
from tests.benefits.town import ROUND, SCOPE
from tests.payments.till import Till, citizen

pytestmark = pytest.mark.django_db


@pytest.fixture
def till(db: None) -> Till:
    secrets.establish(allow_create=True, by="test")
    return Till()


def rows() -> list[tuple[object, ...]]:
    return list(benefits.list_rows(round=ROUND, group="old", scope=SCOPE))


def test_a_row_names_the_pupil_with_a_masked_number(till: Till) -> None:
    (person,) = till.list(level="kindergarten")
    till.number(person, citizen(17))
    till.entitle()
    number = citizen(17)
    masked = f"{number[0]}-{number[1:5]}-xxxxx-{number[10:12]}-{number[12]}"
    assert rows() == [
        (1, "2563-2", masked, "เด็กชายใจ1 ดี", "81010001", "อ.2", "kindergarten", "obec", "1500.00")
    ]


def test_the_list_has_the_columns_it_promises_and_counts_its_rows(till: Till) -> None:
    till.list(count=3, school="92010001")
    till.list(count=2)
    till.entitle(province="81")
    till.entitle(province="92")
    found = rows()
    assert {len(row) for row in found} == {len(benefits.LIST_COLUMNS)}
    assert [row[0] for row in found] == [1, 2, 3, 4, 5]
    assert [row[4] for row in found] == ["81010001"] * 2 + ["92010001"] * 3


def test_only_granted_pupils_are_on_it(till: Till) -> None:
    held, _ = till.list(count=2)
    till.find(held, "name_differs")
    till.entitle()
    assert len(rows()) == 1


def test_no_number_is_on_it_in_clear(till: Till) -> None:
    people = till.list(count=5)
    till.numbers_of([(person, citizen(at), "citizen") for at, person in enumerate(people)])
    till.entitle()
    assert not any(number in str(rows()) for number in till.numbers.values())


def test_looking_at_numbers_for_it_is_written_down(till: Till) -> None:
    (person,) = till.list()
    till.number(person, citizen(17))
    till.entitle()
    rows()
    assert fetch("SELECT DISTINCT reason FROM looking_log") == [("list 2563-2/old",)]
