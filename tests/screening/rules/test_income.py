"""Income per head: five columns, losses as nothing, compared before rounding (DOMAIN §1.2)."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhai.screening.rules.income import member_income, passes, per_head

CEILING = 300_000
money = st.integers(0, 50_000_000)
net = st.integers(-50_000_000, 50_000_000)


@pytest.mark.parametrize(
    ("columns", "total"),
    [
        ((0, 0, 0, 0, 0), 0),
        ((250_000, 0, 0, 0, 0), 250_000),
        ((100, 20, 3, 4000, 50_000), 54_123),
        # A loss is nothing, in its own column only: it does not eat up wages or the other net column.
        ((250_000, -90_000, 0, 0, 0), 250_000),
        ((250_000, -90_000, 40_000, 0, 0), 290_000),
        ((0, 40_000, -90_000, 60_000, 10_000), 110_000),
        ((0, -1, -1, 0, 0), 0),
    ],
)
def test_a_members_income_is_all_five_columns_and_a_loss_counts_as_nothing(
    columns: tuple[int, int, int, int, int], total: int
) -> None:
    wages, agriculture, business, welfare, other = columns
    income = member_income(
        wages=wages, agriculture=agriculture, business=business, welfare=welfare, other=other
    )
    assert income == total


@settings(max_examples=60)
@given(money, net, net, money, money)
def test_more_of_anything_is_never_less_income(
    wages: int, farm: int, shop: int, aid: int, other: int
) -> None:
    before = member_income(wages=wages, agriculture=farm, business=shop, welfare=aid, other=other)
    after = member_income(wages=wages, agriculture=farm + 1, business=shop + 1, welfare=aid, other=other)
    assert 0 <= before <= after


@pytest.mark.parametrize(
    ("income", "members", "poor"),
    [
        (0, 1, True),
        (300_000, 1, True),
        (300_001, 1, False),
        # The worked example of a sister programme: (2,500 + 3,000) over two.
        (550_000, 2, True),
        (900_000, 3, True),
        (900_001, 3, False),
        # Rounded down per head this would be 3,000.00 as well.
        (2_100_006, 7, False),
        (2_099_999, 7, True),
    ],
)
def test_three_thousand_baht_a_head_is_still_poor_and_a_satang_more_in_the_house_is_not(
    income: int, members: int, poor: bool
) -> None:
    assert passes(income_satang=income, members=members, ceiling_satang=CEILING) is poor


@settings(max_examples=60)
@given(st.integers(0, 10_000_000), st.integers(1, 30))
def test_the_test_is_that_of_exact_fractions(income: int, members: int) -> None:
    assert passes(income_satang=income, members=members, ceiling_satang=CEILING) is (
        Fraction(income, members) <= CEILING
    )


@pytest.mark.parametrize(
    ("income", "members", "each"), [(0, 4, 0), (550_000, 2, 275_000), (100, 3, 33), (2_100_006, 7, 300_000)]
)
def test_what_is_shown_per_head_is_rounded_down(income: int, members: int, each: int) -> None:
    assert per_head(income_satang=income, members=members) == each
