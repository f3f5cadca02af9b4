"""The keys change between two files of forms: pupils are still found, an official is still one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from takhai.platform import secrets
from takhai.platform.sets import fetch
from takhai.screening.sealed import OFFICIAL
from takhai.site import keys
from tests.screening.forms import office as desk
from tests.screening.forms.office import Office, families

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office with keys of its own, which this test may change."""
    monkeypatch.setenv("TAKHAI_HOME", str(tmp_path))
    secrets.forget()
    secrets.establish(allow_create=True, by="test")
    yield Office(root=tmp_path)
    connection.close()
    secrets.forget()


def change_keys(*, steps: int | None) -> None:
    """A change of keys, to its end or cut after some steps."""
    for at, _ in enumerate(keys.rotate(), start=1):
        if at == steps:
            return


@pytest.mark.parametrize("steps", [1, 2, 3, 4, None])
def test_forms_before_and_after_a_change_have_one_official(office: Office, steps: int | None) -> None:
    with transaction.atomic():
        forms = [office.form(office.pupil(), household_ref=f"H81-{n}") for n in range(4)]
    assert office.take(forms[:2], families(forms[:2])).done == 2
    change_keys(steps=steps)
    assert office.take(forms[2:], families(forms[2:]), name="later").done == 2
    assert fetch("SELECT count(*), count(DISTINCT official_id) FROM form") == [(4, 1)]
    assert fetch("SELECT count(*) FROM official") == [(1,)]


def test_the_number_of_an_official_can_be_opened_after_the_change(office: Office) -> None:
    with transaction.atomic():
        form = office.form(office.pupil())
    office.take([form], families([form]))
    change_keys(steps=None)
    ((cipher, idx, later),) = fetch("SELECT cipher, idx, idx_next FROM official")
    assert later is None
    with transaction.atomic():
        secrets.hold()
        opened = secrets.open(
            bytes(cipher),  # type: ignore[call-overload]
            table="official",
            column=OFFICIAL,
            index=bytes(idx),  # type: ignore[call-overload]
        )
    assert opened == desk.OFFICIAL
