"""Where a quota ends: the declared order, exact fractions, floor, and what is left to the lottery (ROUND §4)."""

import hashlib
from fractions import Fraction
from itertools import permutations
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takhai.platform.relations import constant
from takhai.platform.sets import apply, copy_in, fetch, load
from takhai.screening.rules import lottery
from takhai.screening.rules.assessment import Facts, not_after
from takhai.screening.rules.cutoff import choose, order, places
from takhai.screening.types import Place

RULE: Final = load("takhai.screening", "cutoff")
COLUMNS: Final = {"score": "bigint", "income_satang": "bigint", "members": "bigint", "lottery": "text"}


def drawn(at: int) -> str:
    return hashlib.sha256(str(at).encode()).hexdigest()


def candidates(*, most: int = 40) -> st.SearchStrategy[list[Place]]:
    """Few values, so that ties run through all keys; every lottery is another."""
    key = st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(1, 6))
    return st.lists(key, max_size=most).map(
        lambda keys: [Place(score, income, size, drawn(at)) for at, (score, income, size) in enumerate(keys)]
    )


def goes_before(one: Place, other: Place) -> bool:
    """A second reading of the order, written pair by pair."""
    if one.score != other.score:
        return one.score > other.score
    mine, theirs = Fraction(one.income_satang, one.members), Fraction(other.income_satang, other.members)
    if mine != theirs:
        return mine < theirs
    if one.members != other.members:
        return one.members > other.members
    return one.lottery < other.lottery


def by_set(given_candidates: list[Place], quota: int) -> Place | None:
    rows = copy_in(
        name="candidates",
        columns=COLUMNS,
        rows=[(each.score, each.income_satang, each.members, each.lottery) for each in given_candidates],
    )
    few = constant(name="quota", columns={"places": "bigint"}, rows=[(quota,)])
    found = fetch(
        "SELECT score, income_satang, members, lottery FROM last", apply(RULE, rows, few).named("last")
    )
    return Place(*found[0]) if found else None  # type: ignore[arg-type]


def against(place: Place, cut: Place) -> Facts:
    return Facts(
        has_form=True,
        refused=False,
        income_satang=place.income_satang,
        members=place.members,
        ceiling_satang=300_000,
        score=place.score,
        lottery=place.lottery,
        way="quota",
        cut_score=cut.score,
        cut_income_satang=cut.income_satang,
        cut_members=cut.members,
        cut_lottery=cut.lottery,
    )


@pytest.mark.parametrize(
    ("screened", "percent", "given_places"),
    [
        (0, 20, 0),
        (4, 20, 0),
        (5, 20, 1),
        (9, 20, 1),
        (10, 20, 2),
        (1_831_250, 20, 366_250),
        (7, 100, 7),
        (9, 0, 0),
    ],
)
def test_a_quota_is_rounded_down(screened: int, percent: int, given_places: int) -> None:
    assert places(screened=screened, percent=percent) == given_places


FIRST: Final = Place(score=600_000, income_satang=900_000, members=4, lottery="a")


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(Place(599_999, 0, 9, "0"), id="a higher score goes first, however rich"),
        pytest.param(Place(600_000, 900_001, 4, "0"), id="then the lower income per head, by a satang"),
        pytest.param(Place(600_000, 675_001, 3, "0"), id="per head, not per household"),
        pytest.param(Place(600_000, 675_000, 3, "0"), id="then the larger household"),
        pytest.param(Place(600_000, 900_000, 4, "b"), id="then the lottery"),
    ],
)
def test_ties_are_broken_in_the_declared_order(second: Place) -> None:
    assert order(FIRST) < order(second)
    assert choose([second, FIRST], 1) == FIRST
    assert not_after(against(FIRST, second))
    assert not not_after(against(second, FIRST))


def test_the_last_place_itself_is_inside() -> None:
    assert not_after(against(FIRST, FIRST))


def test_a_quota_of_no_place_gives_none_and_so_does_a_round_of_nobody() -> None:
    assert choose([FIRST], 0) is None
    assert choose([], 3) is None


def test_fewer_candidates_than_places_all_get_one() -> None:
    last = Place(1, 900_000, 1, "z")
    assert choose([last, FIRST], 5) == last


@settings(max_examples=60)
@given(candidates(), st.integers(0, 45))
def test_exactly_the_places_are_given_and_to_whom_nobody_left_out_goes_before(
    people: list[Place], quota: int
) -> None:
    cut = choose(people, quota)
    inside = [each for each in people if cut is not None and not_after(against(each, cut))]
    assert len(inside) == min(quota, len(people))
    outside = [each for each in people if each not in inside]
    assert not [(out, each) for out in outside for each in inside if goes_before(out, each)]
    # Exactly those before whom fewer stand than there are places.
    assert inside == [each for each in people if sum(goes_before(other, each) for other in people) < quota]


@settings(max_examples=60)
@given(candidates(most=2).filter(lambda people: len(people) == 2))
def test_the_key_that_sorts_and_the_comparison_with_the_cutoff_are_one_order(people: list[Place]) -> None:
    for one, other in permutations(people):
        assert not_after(against(one, other)) is (order(one) <= order(other))
        assert goes_before(one, other) is (order(one) < order(other))


@pytest.mark.django_db
def test_the_set_ends_the_quota_where_the_row_form_does() -> None:
    assert RULE.inputs == ("candidates", "quota")

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(candidates(), st.integers(0, 45))
    def agree(people: list[Place], quota: int) -> None:
        assert by_set(people, quota) == choose(people, quota)

    agree()


# Neighbours that a quotient of few digits would call equal, and equals that a rounded one would tell apart.
CLOSE: Final = [
    [(333_333, 1), (999_998, 3), (999_999, 3), (1_000_000, 3)],
    [(2_500_000_000, 99), (2_474_747_474, 98), (2_500_000_001, 99), (2_449_494_949, 97)],
    [(100_000_000_000, 9_973), (99_989_972_927, 9_972), (100_000_000_001, 9_973), (99_979_945_854, 9_971)],
    [(32_767 * 49_999_999, 32_767), (32_766 * 49_999_999 + 1, 32_766), (32_766 * 49_999_999, 32_766)],
    [(32_766, 32_767), (32_765, 32_766), (32_764, 32_765)],
    [(1, 3), (2, 6), (3, 9), (333_333, 999_999)],
]


@pytest.mark.parametrize("neighbours", CLOSE)
@pytest.mark.django_db
def test_incomes_per_head_that_differ_by_less_than_a_rounding_are_told_apart(
    neighbours: list[tuple[int, int]],
) -> None:
    people = [Place(500_000, income, size, drawn(at)) for at, (income, size) in enumerate(neighbours)]
    exact = sorted(
        people, key=lambda each: (Fraction(each.income_satang, each.members), -each.members, each.lottery)
    )
    assert [by_set(people, quota) for quota in range(1, len(people) + 1)] == exact


@pytest.mark.django_db
def test_neighbouring_fractions_of_any_household_keep_their_order_in_the_set() -> None:
    """Two fractions a/m < c/n with c*m - a*n = 1 are as near to each other as two can be."""

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(st.integers(2, 32_767), st.integers(2, 32_767), st.integers(0, 50_000_000))
    def told_apart(m: int, n: int, whole: int) -> None:
        n = n + 1 if n == m else n
        while Fraction(n, m).denominator != m:
            n += 1  # until they have no common divisor
        a = (-pow(n, -1, m)) % m
        c = (a * n + 1) // m
        lower, upper = Place(1, a + whole * m, m, "b"), Place(1, c + whole * n, n, "a")
        assert Fraction(upper.income_satang, n) - Fraction(lower.income_satang, m) == Fraction(1, m * n)
        assert by_set([upper, lower], 1) == lower

    told_apart()


def test_the_lottery_is_one_that_anyone_can_repeat() -> None:
    said = lottery.decide(lottery.Facts(round="2563-2", seed="takhai-2563-2", form_no="25632-81012017-0001"))
    repeated = hashlib.sha256(b"2563-2|takhai-2563-2|25632-81012017-0001").hexdigest()
    assert said.lottery == repeated
