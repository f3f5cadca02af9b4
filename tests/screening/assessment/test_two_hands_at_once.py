"""Two hands at the same work in the same moment: one cut-off, one meeting, one word on each pupil."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from takhai.platform import secrets
from takhai.platform.flow import Flow
from takhai.platform.sets import fetch
from takhai.platform.types import Outcome
from tests.benefits.town import one
from tests.payments.test_at_once import at_once
from tests.screening.cases import BARE
from tests.screening.hall import Hall, by_score, quota, reasons

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 4


@pytest.fixture
def hall(transactional_db: None, tmp_path: Path) -> Iterator[Hall]:
    secrets.establish(allow_create=True, by="test")
    yield Hall(root=tmp_path)
    connection.close()


def test_hands_that_fix_at_once_have_one_cutoff(hall: Hall) -> None:
    with transaction.atomic():
        for _ in range(10):
            hall.pupil(BARE)
    gave = at_once(*(lambda percent=percent: hall.fix(quota(percent)) for percent in (10, 20, 30, 40)))
    assert len(set(gave)) == 1
    assert one("SELECT count(*) FROM cutoff") == 1


def test_no_form_slips_in_while_the_cutoff_is_fixed(hall: Hall) -> None:
    """Whichever is first: the form counts among the screened, or it is refused."""
    with transaction.atomic():
        for _ in range(4):
            hall.pupil(BARE)
        (late,) = hall.list(count=1)
    at_once(hall.fix, lambda: hall.form(late, BARE))
    screened, forms = one("SELECT screened FROM cutoff"), one("SELECT count(*) FROM form")
    assert screened == forms or (screened, forms) == (4, 5)


def test_a_meeting_and_words_taken_by_many_hands_stand_once(hall: Hall) -> None:
    with transaction.atomic():
        people = hall.list_of(BARE, BARE, BARE)
    words = [hall.word(person) for person in people]
    hands = [Hall(root=hall.root / f"hand-{at}") for at in range(HANDS)]
    for hand in hands:
        hand.root.mkdir()
    met = at_once(*(lambda hand=hand: hand.take_meetings(hall.meeting()) for hand in hands))
    said = at_once(*(lambda hand=hand: hand.take_results(words) for hand in hands))
    assert sorted(each.done for each in met) == [0] * (HANDS - 1) + [5]
    assert sorted(each.done for each in said) == [0] * (HANDS - 1) + [3]
    assert one("SELECT count(*) FROM committee_exception") == 0


def test_hands_that_contradict_each_other_leave_one_word_and_one_exception(hall: Hall) -> None:
    with transaction.atomic():
        (person,) = hall.list_of(BARE)
    hands = [Hall(root=hall.root / name) for name in ("one", "other")]
    for hand in hands:
        hand.root.mkdir()
    words = [hall.word(person), hall.word(person, "refused", "รวย")]
    at_once(*(lambda at=at: hands[at].take_results([words[at]]) for at in range(2)))
    assert one("SELECT count(*) FROM committee_result") == 1
    assert fetch("SELECT reason FROM committee_exception") == [("verdict_repeated",)]


def test_a_word_that_comes_while_certify_closes_is_in_time_or_too_late_but_never_lost(hall: Hall) -> None:
    with transaction.atomic():
        (person,) = hall.list_of(BARE)
        hall.take_meetings(hall.meeting())
    taken, flow = at_once(lambda: hall.take_results([hall.word(person)]), hall.close)
    assert isinstance(taken, Outcome)
    assert isinstance(flow, Flow)
    in_time = taken.done == 1
    assert reasons("certification") == {person: None if in_time else "no_committee_result"}
    assert one("SELECT count(*) FROM committee_exception") == (0 if in_time else 1)


def test_hands_that_assess_one_unit_at_once_decide_everybody_once(hall: Hall) -> None:
    """The runner lets only one begin a unit; past it, the second fails whole instead of doubling a fate."""
    with transaction.atomic():
        for _ in range(5):
            hall.pupil(BARE)
        hall.fix(by_score(1))
    at_once(lambda: hall.assess(policy=by_score(1)), lambda: hall.assess(policy=by_score(1)))
    assert one("SELECT count(*) FROM assessment") == 5
    assert one("SELECT count(*) FROM fate") == 5
