"""Two hands with the same forms in the same moment: each form is taken once, and nothing is lost."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection, transaction

from takhai.platform import secrets
from takhai.platform.sets import fetch
from takhai.screening.queries import forms as queries
from tests.payments.test_at_once import at_once
from tests.screening.forms.office import ROUND, Office, families

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 4


@pytest.fixture
def office(transactional_db: None, tmp_path: Path) -> Iterator[Office]:
    secrets.establish(allow_create=True, by="test")
    yield Office(root=tmp_path)
    connection.close()


def test_the_same_file_taken_by_many_hands_stands_once(office: Office) -> None:
    with transaction.atomic():
        forms = [office.form(office.pupil(), household_ref=f"H81-{n}") for n in range(6)]
    path, members = office.files(forms, families(forms))
    gave = at_once(*(lambda: office.take_files(path, members) for _ in range(HANDS)))
    assert sorted(each.done for each in gave) == [0] * (HANDS - 1) + [6]
    assert sorted(each.same for each in gave) == [0] + [6] * (HANDS - 1)
    assert fetch("SELECT count(*) FROM form_file") == [(1,)]
    assert fetch("SELECT count(*) FROM form_member") == [(12,)]
    assert office.reasons() == {}


def test_different_forms_of_the_same_pupils_at_once_leave_one_for_each(office: Office) -> None:
    with transaction.atomic():
        pupils = [office.pupil() for _ in range(6)]
        sent = [
            [office.form(pupil, household_ref=f"H81-{n}", floor=floor) for n, pupil in enumerate(pupils)]
            for floor in ("earth", "bamboo", "vinyl")
        ]
    files = [office.files(forms, families(forms), name=f"hand-{n}") for n, forms in enumerate(sent)]
    gave = at_once(*(lambda pair=pair: office.take_files(*pair) for pair in files))
    assert sorted(each.done for each in gave) == [0, 0, 6]
    assert office.reasons() == {"form_repeated": 12}
    assert len({form.household.floor for form in office.stored()}) == 1


def test_a_failure_in_the_middle_leaves_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        forms = [office.form(office.pupil())]

    def fail(**_: object) -> int:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr("takhai.screening.services.households.compare", fail)
        with pytest.raises(RuntimeError):
            office.take(forms, families(forms))
    assert queries.forms_counts(round=ROUND)["rows"] == 0
    assert fetch("SELECT (SELECT count(*) FROM form) + (SELECT count(*) FROM official)") == [(0,)]
    assert office.take(forms, families(forms)).done == 1


def test_two_offices_share_nothing_but_the_database(office: Office) -> None:
    with transaction.atomic():
        form = office.form(office.pupil())
    other = replace(office, root=office.root / "other")
    other.root.mkdir()
    assert office.take([form], families([form])).done == 1
    assert other.take([form], families([form])).same == 1
