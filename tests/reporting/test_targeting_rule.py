"""Who is missed and who is taken wrongly, against a count that anybody can follow."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhai.reporting.rules import targeting
from takhai.reporting.rules.targeting import Errors, Judged, measure

LINE = 300_000


def pupil(key: str, *, welfare: int, place: int | None, **more: object) -> Judged:
    given = {"province": "81", "level": "primary", "truly": False, "chosen": False, "passed": False}
    return Judged(key=key, welfare=welfare, place=place, **{**given, **more})  # type: ignore[arg-type]


# Truly poorest first: a, b, c, d, e. The score says: b, a, d, c, e.
FIVE = (
    pupil("a", welfare=1_000, place=2),
    pupil("b", welfare=2_000, place=1),
    pupil("c", welfare=3_000, place=4),
    pupil("d", welfare=4_000, place=3),
    pupil("e", welfare=5_000, place=5),
)


@pytest.mark.parametrize(
    ("places", "errors"),
    [
        (0, Errors(0, 0, 0)),
        (1, Errors(1, 1, 0)),
        (2, Errors(2, 2, 2)),
        (3, Errors(3, 3, 2)),
        (4, Errors(4, 4, 4)),
        (9, Errors(5, 5, 5)),
    ],
)
def test_at_a_quota_as_many_are_predicted_as_are_truly_poorest(places: int, errors: Errors) -> None:
    assert targeting.at_quota(FIVE, places=places) == errors


def test_the_share_missed_at_a_quota_is_the_share_taken_wrongly() -> None:
    errors = targeting.at_quota(FIVE, places=3)
    assert errors.exclusion == errors.inclusion == 3_333


def test_equal_welfare_goes_by_the_number_of_the_form() -> None:
    twins = (pupil("b", welfare=1, place=1), pupil("a", welfare=1, place=2))
    assert targeting.at_quota(twins, places=1) == Errors(1, 1, 0)


def test_errors_of_nobody_are_nothing() -> None:
    assert (Errors(0, 0, 0).exclusion, Errors(0, 0, 0).inclusion) == (0, 0)
    (everybody,) = measure((), percent=20, line=LINE)
    assert (everybody.by, everybody.pupils, everybody.quota) == ("", 0, Errors(0, 0, 0))


def test_a_screening_that_takes_everybody_misses_nobody_and_one_that_takes_nobody_misses_all() -> None:
    assert (Errors(20, 100, 20).exclusion, Errors(20, 100, 20).inclusion) == (0, 8_000)
    assert (Errors(20, 0, 0).exclusion, Errors(20, 0, 0).inclusion) == (10_000, 0)


def test_at_the_line_exactly_the_line_is_poor_and_both_errors_are_told_apart() -> None:
    people = (
        pupil("a", welfare=LINE, place=1, passed=True),
        pupil("b", welfare=LINE + 1, place=2, passed=True),
        pupil("c", welfare=1, place=3, passed=True),
        pupil("d", welfare=2, place=4),
    )
    (everybody, *_) = measure(people, percent=20, line=LINE)
    assert everybody.line == Errors(truly=3, taken=3, both=2)


def test_whom_the_official_refused_is_missed_in_the_decision_and_stands_in_no_order() -> None:
    people = (
        pupil("a", welfare=1, place=None, truly=True),
        pupil("b", welfare=2, place=1, truly=True, chosen=True, passed=True),
    )
    (everybody, *_) = measure(people, percent=100, line=LINE)
    assert (everybody.pupils, everybody.screened) == (2, 1)
    assert everybody.decided == Errors(truly=2, taken=1, both=1)
    assert everybody.quota == Errors(1, 1, 1)


def test_provinces_and_levels_follow_everybody_each_with_its_own_quota() -> None:
    people = tuple(
        replace(each, province=province, level=level)
        for each, province, level in zip(
            FIVE, ("81", "92", "81", "92", "81"), ("primary", "primary", "kindergarten", "primary", "primary"),
            strict=True,
        )
    )  # fmt: skip
    told = measure(people, percent=50, line=LINE)
    assert [(each.by, each.value, each.pupils, each.quota.taken) for each in told] == [
        ("", "", 5, 2),
        ("province", "81", 3, 1),
        ("province", "92", 2, 1),
        ("level", "kindergarten", 1, 0),
        ("level", "primary", 4, 2),
    ]


def test_without_a_quota_as_many_are_compared_as_the_round_chose() -> None:
    people = tuple(replace(each, chosen=each.place in {1, 2, 3}) for each in FIVE)
    (everybody, *_) = measure(people, percent=None, line=LINE)
    assert everybody.quota == targeting.at_quota(people, places=3)


PUPILS = st.lists(
    st.tuples(
        st.sampled_from(["81", "92", "95"]),
        st.sampled_from(["kindergarten", "primary"]),
        st.integers(0, 6).map(lambda n: n * 75_000),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    ),
    max_size=25,
)


@settings(max_examples=60)
@given(drawn=PUPILS, percent=st.integers(0, 100), seed=st.randoms())
def test_it_counts_as_a_naive_reader_does(
    drawn: list[tuple[str, str, int, bool, bool, bool, bool]], percent: int, seed: object
) -> None:
    order = list(range(1, len(drawn) + 1))
    seed.shuffle(order)  # type: ignore[attr-defined]
    people = [
        Judged(
            f"{n:03}",
            province,
            level,
            welfare,
            truly,
            place if screened else None,
            screened and chosen,
            passed,
        )
        for n, (place, (province, level, welfare, truly, screened, chosen, passed)) in enumerate(
            zip(order, drawn, strict=True)
        )
    ]
    for each in measure(people, percent=percent, line=LINE):
        mine = [
            one
            for one in people
            if each.by == "" or (one.province if each.by == "province" else one.level) == each.value
        ]
        assert each.pupils == len(mine)
        naive(each, mine, percent)


def naive(told: targeting.Measured, mine: Sequence[Judged], percent: int) -> None:
    screened = [one for one in mine if one.place is not None]
    places = int(len(screened) * percent / 100 + 1e-9)
    missed = 0
    for one in screened:
        poorer = sum((other.welfare, other.key) < (one.welfare, one.key) for other in screened)
        before = sum((other.place or 0) < (one.place or 0) for other in screened)
        missed += poorer < places <= before
    assert told.quota.truly == told.quota.taken == places
    assert told.quota.truly - told.quota.both == missed
    assert told.quota.exclusion == told.quota.inclusion
    poor = {one.key for one in screened if one.welfare <= LINE}
    passed = {one.key for one in screened if one.passed}
    assert told.line == Errors(len(poor), len(passed), len(poor & passed))
    truly = {one.key for one in mine if one.truly}
    chosen = {one.key for one in mine if one.chosen}
    assert told.decided == Errors(len(truly), len(chosen), len(truly & chosen))
    for errors in (told.quota, told.line, told.decided):
        assert 0 <= errors.exclusion <= 10_000
        assert 0 <= errors.inclusion <= 10_000
