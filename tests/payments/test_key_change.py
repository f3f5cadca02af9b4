"""The keys change between order and result: what was sent still meets its answer, and nothing is paid twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from takhai.payments.services import channels
from takhai.platform import secrets
from takhai.platform.sets import fetch
from takhai.site import keys
from tests.benefits.town import ROUND
from tests.payments.till import Till, citizen, troubles

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def till(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Till]:
    """A till with keys of its own, which this test may change."""
    monkeypatch.setenv("TAKHAI_HOME", str(tmp_path))
    secrets.forget()
    secrets.establish(allow_create=True, by="test")
    yield Till(root=tmp_path)
    connection.close()
    secrets.forget()


def change_keys(*, steps: int | None = None) -> None:
    """A change of keys, to its end or cut after some steps."""
    for at, _ in enumerate(keys.rotate(), start=1):
        if at == steps:
            return


def ordered(till: Till) -> None:
    with transaction.atomic():
        till.by_promptpay(3)
        till.by_school(2)
        till.order()


def test_results_meet_their_transfers_after_the_keys_have_changed(till: Till) -> None:
    ordered(till)
    change_keys()
    with transaction.atomic():
        till.take_results(till.answered())
        assert till.match().out == 5
    assert troubles() == {}


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_results_meet_their_transfers_in_the_middle_of_a_change(till: Till, steps: int) -> None:
    ordered(till)
    change_keys(steps=steps)
    with transaction.atomic():
        till.take_results(till.answered())
        assert till.match().out == 5


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_what_is_ordered_in_the_middle_of_a_change_meets_its_result_after_it(till: Till, steps: int) -> None:
    with transaction.atomic():
        till.by_promptpay(3)
        till.by_school(2)
        till.sign()
    change_keys(steps=steps)
    with transaction.atomic():
        till.issue()
    change_keys()
    with transaction.atomic():
        till.take_results(till.answered())
        assert till.match().out == 5


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_a_choice_finds_its_pupil_in_the_middle_of_a_change(till: Till, steps: int) -> None:
    with transaction.atomic():
        (person,) = till.pupils(1)
        till.number(person, citizen(4))
    change_keys(steps=steps)
    path = till.write(
        "channels", ("identifier", "former_identifier", "channel"), [(citizen(4), "", "promptpay")]
    )
    channels.load(path=path, round=ROUND)
    assert fetch("SELECT person_id, channel FROM channel_choice") == [(person, "promptpay")]


def test_a_payment_file_names_the_same_payees_after_a_change(till: Till) -> None:
    ordered(till)
    before = sorted(till.sent())
    change_keys()
    assert sorted(till.sent()) == before
    assert fetch("SELECT count(DISTINCT payee_idx) FROM transfer") == [(4,)]
