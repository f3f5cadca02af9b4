"""Which row of a pupil counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.registry.rules.placing import Facts, decide
from takhai.registry.types import RowReason

facts = st.builds(Facts, seen_here=st.booleans(), seen_elsewhere=st.booleans())


@pytest.mark.parametrize(
    ("seen_here", "seen_elsewhere", "reason"),
    [
        (False, False, None),
        (True, False, RowReason.DUPLICATE),
        (False, True, RowReason.SECOND_SCHOOL),
        (True, True, RowReason.DUPLICATE),
    ],
)
def test_the_first_row_counts_the_same_school_repeats_another_is_second(
    seen_here: bool, seen_elsewhere: bool, reason: RowReason | None
) -> None:
    assert decide(Facts(seen_here=seen_here, seen_elsewhere=seen_elsewhere)).reason == reason


@given(facts)
def test_a_row_counts_exactly_when_its_pupil_was_not_met_before(given_facts: Facts) -> None:
    met_before = given_facts.seen_here or given_facts.seen_elsewhere
    assert (decide(given_facts).reason is None) == (not met_before)


@given(st.lists(st.sampled_from("ABC"), min_size=1, max_size=8))
def test_of_all_rows_of_a_pupil_one_counts_and_every_other_school_is_second_once(schools: list[str]) -> None:
    reasons = [
        decide(
            Facts(seen_here=school in schools[:at], seen_elsewhere=bool(set(schools[:at]) - {school}))
        ).reason
        for at, school in enumerate(schools)
    ]
    assert reasons.count(None) == 1
    assert reasons.count(RowReason.SECOND_SCHOOL) == len(set(schools)) - 1
    assert reasons.count(RowReason.DUPLICATE) == len(schools) - len(set(schools))
