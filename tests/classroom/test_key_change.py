"""The keys change in mid-term: pupils are still found by their numbers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from takhai.platform import secrets
from takhai.platform.types import Outcome
from takhai.site import keys
from tests.classroom.school import HOME, School, citizen

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[School]:
    """Schools with keys of their own, which this test may change."""
    monkeypatch.setenv("TAKHAI_HOME", str(tmp_path))
    secrets.forget()
    secrets.establish(allow_create=True, by="test")
    yield School(folder=tmp_path)
    connection.close()
    secrets.forget()


@pytest.mark.parametrize("steps", [1, 2, None])
def test_attendance_finds_its_pupils_during_and_after_a_change(school: School, steps: int | None) -> None:
    with transaction.atomic():
        people = school.class_of(3)
        school.open()
    for at, _ in enumerate(keys.rotate(), start=1):
        if at == steps:
            break
    rows = [(school.number_of(person), HOME, "2020-11", 18, 0, 0) for person in people]
    stranger = (citizen(777), HOME, "2020-11", 18, 0, 0)
    assert school.send("attendance", *rows, stranger) == Outcome(done=3, refused={"pupil_unknown": 1})
