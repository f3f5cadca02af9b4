"""Draws hang on their key alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from country.draw import apportion, below, chance, number, portion, rng, shuffled


def test_the_same_key_draws_the_same_number_on_every_machine() -> None:
    assert number(1, "81", "x") == 14694394802897805044


def test_parts_of_a_key_do_not_run_together() -> None:
    assert number("ab", "c") != number("a", "bc")


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=50), st.integers(0, 100_000))
def test_shares_add_up_and_no_share_is_off_by_one(weights: list[int], total: int) -> None:
    if sum(weights) == 0:
        return
    parts = apportion(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < 1


def test_nothing_can_be_shared_by_no_weight() -> None:
    with pytest.raises(ValueError, match="share"):
        apportion(5, [0, 0])


@pytest.mark.parametrize(
    ("whole", "per_million", "least", "expected"),
    [(1000, 500_000, 0, 500), (3, 500_000, 0, 2), (10, 1, 1, 1), (10, 1, 0, 0), (0, 900_000, 1, 1)],
)
def test_a_portion_is_rounded_and_has_a_least(
    whole: int, per_million: int, least: int, expected: int
) -> None:
    assert portion(whole, per_million, least) == expected


def test_a_shuffle_does_not_depend_on_the_order_it_is_given() -> None:
    items = list(range(50))
    assert shuffled(items, str, 1) == shuffled(items[::-1], str, 1)
    assert shuffled(items, str, 1) != shuffled(items, str, 2)


def test_one_more_item_leaves_the_order_of_the_others() -> None:
    without = shuffled(range(50), str, 1)
    assert [item for item in shuffled(range(51), str, 1) if item != 50] == without


def test_chance_keeps_to_its_rate() -> None:
    assert 2_700 < sum(chance(30_000, 1, n) for n in range(100_000)) < 3_300


def test_below_stays_below() -> None:
    assert {below(3, 1, n) for n in range(100)} == {0, 1, 2}


def test_a_sequence_begins_at_its_key() -> None:
    assert rng(1, "a").random() == rng(1, "a").random()
    assert rng(1, "a").random() != rng(1, "b").random()
