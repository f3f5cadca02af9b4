"""The order of a round comes from its calendar; a group whose first step is not ours goes no further."""

from datetime import date

import pytest

from takhai.platform.problems import Refusal
from takhai.policy import for_round
from takhai.semester.commands import parse_round
from takhai.semester.runner import line_up, open_groups
from takhai.semester.steps import STEPS
from takhai.thai.calendar import Term

ROUND = Term(2563, 2)


def days(term: Term) -> list[tuple[str, str, date]]:
    policy = for_round(term)
    return [(step.name, group, policy.as_of(step.name, group)) for step, group in line_up(policy)]


def test_the_old_group_of_2563_2_goes_by_its_published_days() -> None:
    assert days(ROUND) == [
        ("intake", "", date(2020, 12, 9)),
        ("identity", "", date(2020, 12, 28)),
        ("group", "", date(2020, 12, 28)),
        ("enrol", "old", date(2020, 12, 28)),
        ("entitle", "old", date(2020, 12, 28)),
        ("order", "old", date(2021, 1, 6)),
        ("reconcile", "old", date(2021, 1, 11)),
        ("recover", "old", date(2021, 2, 18)),
        ("report", "", date(2021, 4, 1)),
    ]


def test_the_new_group_begins_with_a_step_that_is_not_ours_and_goes_no_further() -> None:
    policy = for_round(ROUND)
    assert policy.groups == ("old", "new")
    assert open_groups(policy) == ("old",)


def test_the_next_round_is_the_same_calendar_moved_to_its_semester() -> None:
    first, second = days(ROUND), days(Term(2564, 1))
    assert [each[:2] for each in first] == [each[:2] for each in second]
    moved = {later[2] - earlier[2] for earlier, later in zip(first, second, strict=True)}
    assert moved == {date(2021, 5, 16) - date(2020, 11, 1)}


def test_steps_are_told_apart_by_their_names_and_know_what_may_happen() -> None:
    names = [step.name for step in STEPS]
    assert len(set(names)) == len(names)
    reasons = [reason for step in STEPS for reason in (*step.drops, *step.holds)]
    assert len(set(reasons)) == len(reasons)


@pytest.mark.parametrize("text", ["", "2563", "2563-3", "2563/2", "x", "2420-1", "2570-1"])
def test_what_is_no_round_is_refused_in_words(text: str) -> None:
    with pytest.raises(Refusal, match="round"):
        parse_round(text)
