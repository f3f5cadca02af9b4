"""Pupils' choices come in as a file and hold until they say otherwise."""

from pathlib import Path
from uuid import UUID

import pytest

from takhai.payments.services import channels
from takhai.platform.problems import Refusal
from takhai.platform.sets import fetch
from takhai.platform.types import Outcome
from takhai.thai.calendar import Term
from tests.benefits.town import LATER, ROUND
from tests.payments.till import Till, citizen

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(till: Till) -> list[UUID]:
    people = till.pupils(3)
    till.numbers_of([(person, citizen(at), "citizen") for at, person in enumerate(people)])
    return people


def file(till: Till, *rows: tuple[str, str, str]) -> Path:
    return till.write("channels", ("identifier", "former_identifier", "channel"), rows)


def load(path: Path, round: Term = ROUND) -> Outcome:
    return channels.load(path=path, round=round)


def chosen() -> list[tuple[object, ...]]:
    return fetch("SELECT round, person_id, channel FROM channel_choice ORDER BY round, person_id")


def test_a_choice_is_kept_by_the_pupils_current_number(till: Till, known: list[UUID]) -> None:
    assert load(file(till, (citizen(0), "", "promptpay"), (citizen(1), "", "school"))).done == 2
    assert chosen() == [("2563-2", known[0], "promptpay"), ("2563-2", known[1], "school")]


def test_the_same_file_again_changes_nothing(till: Till, known: list[UUID]) -> None:
    path = file(till, (citizen(0), "", "promptpay"))
    load(path)
    assert load(path) == Outcome(done=0, same=1, refused={"person_unknown": 0})


def test_a_changed_choice_replaces_the_one_of_the_round_and_is_kept_in_its_history(
    till: Till, known: list[UUID]
) -> None:
    load(file(till, (citizen(0), "", "promptpay")))
    load(file(till, (citizen(0), "", "school")))
    assert chosen() == [("2563-2", known[0], "school")]
    assert fetch("SELECT channel FROM channel_choice_event") == [("promptpay",)]


def test_each_round_keeps_its_own_choice(till: Till, known: list[UUID]) -> None:
    load(file(till, (citizen(0), "", "promptpay")))
    load(file(till, (citizen(0), "", "school")), LATER)
    assert [row[2] for row in chosen()] == ["promptpay", "school"]


def test_of_several_rows_for_one_pupil_the_last_holds(till: Till, known: list[UUID]) -> None:
    load(file(till, (citizen(0), "", "promptpay"), (citizen(0), "", "school")))
    assert [row[2] for row in chosen()] == ["school"]


def test_a_number_nobody_has_is_refused_and_the_rest_goes_on(till: Till, known: list[UUID]) -> None:
    outcome = load(file(till, (citizen(99), "", "promptpay"), (citizen(0), "", "promptpay")))
    assert (outcome.done, outcome.refused["person_unknown"]) == (1, 1)


def test_a_lost_zero_and_thai_digits_are_read(till: Till) -> None:
    zero, thai = till.pupils(2)
    till.number(zero, citizen(5, first=0), form="zero")
    till.number(thai, citizen(6))
    digits = citizen(6).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    outcome = load(file(till, (citizen(5, first=0)[1:], "", "school"), (digits, "", "promptpay")))
    assert (outcome.done, len(chosen())) == (2, 2)


def test_a_word_that_is_no_channel_refuses_its_row(till: Till, known: list[UUID]) -> None:
    outcome = load(file(till, (citizen(0), "", "cheque"), (citizen(1), "", "school")))
    assert outcome.done == 1
    assert sum(outcome.refused.values()) == 1


def test_a_file_of_another_kind_is_refused_and_nothing_is_kept(till: Till, known: list[UUID]) -> None:
    path = till.write("channels", ("no", "such", "columns"), [(1, 2, 3)])
    with pytest.raises(Refusal):
        load(path)
    assert chosen() == []


def test_no_number_of_the_file_is_kept(till: Till, known: list[UUID]) -> None:
    load(file(till, (citizen(0), "", "promptpay")))
    assert citizen(0) not in str(fetch("SELECT * FROM channel_choice"))
