"""The money of a round cut into cells: everybody in one, and the sums are those of the books."""

from datetime import date

import pytest

from takhai.benefits import queries as benefits
from takhai.payments import queries as payments
from tests.benefits.town import LATER, ROUND
from tests.payments.till import Till, balances

pytestmark = pytest.mark.django_db


def cells() -> dict[tuple[str, str], tuple[int, int]]:
    return {
        (each.channel, each.standing): (each.persons, each.satang) for each in payments.breakdown(round=ROUND)
    }


def test_everybody_granted_is_under_way_before_anything_is_ordered(till: Till) -> None:
    till.by_school(2)
    till.entitle()
    assert cells() == {("none", "under_way"): (2, 200_000)}


def test_held_and_dropped_at_entitle(till: Till) -> None:
    held, dead, _ = till.by_school(3)
    till.find(held, "name_differs")
    till.find(dead, "dead")
    till.entitle()
    assert cells() == {("none", "held"): (1, 100_000), ("none", "under_way"): (1, 100_000)}
    assert payments.reported(round=ROUND) == 3
    assert benefits.decided(round=LATER) == 0


def test_each_line_is_where_it_stands(till: Till) -> None:
    people = till.by_school(3)
    till.by_promptpay(2)
    till.list(count=1, school="81010009")
    till.order()
    assert cells() == {
        ("none", "held"): (1, 100_000),
        ("promptpay", "under_way"): (2, 200_000),
        ("school", "under_way"): (3, 300_000),
    }
    till.take_results(till.answered())
    till.match()
    till.take_receipts(till.receipt(people[0]))
    till.close()
    assert cells() == {
        ("none", "held"): (1, 100_000),
        ("promptpay", "paid"): (2, 200_000),
        ("school", "paid"): (1, 100_000),
        ("school", "due_back"): (2, 200_000),
    }
    till.take_returns(till.give_back(200_000, on=date(2021, 3, 1)))
    till.settle()
    assert cells()["school", "returned"] == (2, 200_000)


def test_cells_name_level_agency_and_area(till: Till) -> None:
    till.by_school(1, level="kindergarten")
    till.list(agency="dla", school="81990001")
    till.entitle()
    assert [
        (each.group, each.level, each.agency, each.area_code, each.satang)
        for each in payments.breakdown(round=ROUND)
    ] == [
        ("old", "kindergarten", "obec", "8101", 150_000),
        ("old", "primary", "dla", "8101", 100_000),
    ]


def test_the_cells_sum_up_to_what_was_drawn_and_what_is_held_at_entitle(till: Till) -> None:
    held, *_ = till.by_school(4)
    till.find(held, "sex_differs")
    till.by_promptpay(3)
    till.order()
    assert sum(each.satang for each in payments.breakdown(round=ROUND)) == -balances()["budget"] + 100_000


def test_money_that_joined_a_later_round_is_in_both_with_its_own_standing(till: Till) -> None:
    till.list()
    till.order()
    till.account()
    till.clear()
    till.sign(round=LATER)
    till.issue(round=LATER)
    assert cells() == {("none", "held"): (1, 100_000)}
    (joined,) = payments.breakdown(round=LATER)
    assert (joined.channel, joined.standing, joined.satang) == ("school", "under_way", 100_000)


def test_money_that_joined_a_later_group_of_the_round_is_told_once_where_it_is(till: Till) -> None:
    till.list()
    (held,) = till.list()
    till.find(held, "name_differs")
    till.order()
    assert sum(each.persons for each in payments.breakdown(round=ROUND)) == 2
    till.account()
    till.lift(held)
    till.clear()
    till.sign(group="new")
    till.issue(group="new")
    assert [
        (each.group, each.channel, each.standing, each.persons) for each in payments.breakdown(round=ROUND)
    ] == [("new", "school", "under_way", 2)]
    assert sum(each.satang for each in payments.breakdown(round=ROUND)) == -balances()["budget"]


def test_who_joined_a_later_group_and_is_held_again_is_told_once(till: Till) -> None:
    till.list()
    till.order()
    till.clear()
    till.sign(group="new")
    till.issue(group="new")
    assert [(each.group, each.standing, each.persons) for each in payments.breakdown(round=ROUND)] == [
        ("new", "held", 1)
    ]
