"""The order of a round comes from its calendar, and what it skips from its policy."""

from dataclasses import replace
from datetime import date

import pytest

from takhai.platform.problems import Refusal
from takhai.policy import for_round
from takhai.semester.commands import parse_round
from takhai.semester.runner import line_up
from takhai.semester.steps import STEPS
from takhai.thai.calendar import Term

ROUND = Term(2563, 2)


def days(term: Term) -> list[tuple[str, str, date]]:
    policy = for_round(term)
    return [(step.name, group, policy.as_of(step.name, group)) for step, group in line_up(policy)]


def test_the_groups_of_2563_2_go_by_their_published_days() -> None:
    assert days(ROUND) == [
        ("intake", "", date(2020, 12, 9)),
        ("identity", "", date(2020, 12, 28)),
        ("group", "", date(2020, 12, 28)),
        ("enrol", "old", date(2020, 12, 28)),
        ("entitle", "old", date(2020, 12, 28)),
        ("order", "old", date(2021, 1, 6)),
        ("reconcile", "old", date(2021, 1, 11)),
        ("assess", "new", date(2021, 1, 15)),
        ("certify", "new", date(2021, 2, 12)),
        ("enrol", "new", date(2021, 2, 12)),
        ("entitle", "new", date(2021, 2, 12)),
        ("recover", "old", date(2021, 2, 18)),
        ("order", "new", date(2021, 2, 22)),
        ("reconcile", "new", date(2021, 2, 26)),
        ("recover", "new", date(2021, 3, 29)),
        ("comply", "", date(2021, 4, 1)),
        ("report", "", date(2021, 4, 1)),
    ]


def test_only_the_new_group_is_screened() -> None:
    screened = {group for step, group in line_up(for_round(ROUND)) if step.name in {"assess", "certify"}}
    assert screened == {"new"}


def test_a_step_that_the_rounds_policy_skips_is_not_walked() -> None:
    policy = replace(for_round(ROUND), skipped_steps=("certify",))
    walked = [(step.name, group) for step, group in line_up(policy)]
    assert ("certify", "new") not in walked
    assert len(walked) == len(line_up(for_round(ROUND))) - 1


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
