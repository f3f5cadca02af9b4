"""Two hands send attendance in the same moment: the first good row stands, each row is counted once."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from takhai.platform import secrets
from takhai.platform.sets import fetch
from takhai.platform.types import Outcome
from tests.classroom.school import HOME, MONTHS, School, counts_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school(transactional_db: None, tmp_path: Path) -> Iterator[School]:
    secrets.establish(allow_create=True, by="test")
    yield School(folder=tmp_path)
    connection.close()


def at_once(school: School, *paths: Path) -> list[Outcome]:
    """What each hand was answered, all begun together."""
    gate, answers, trouble = threading.Barrier(len(paths)), [], []

    def hand(path: Path) -> None:
        try:
            connection.ensure_connection()
            gate.wait(30)
            answers.append(school.take("attendance", path))
        except Exception as error:  # noqa: BLE001 - judged by the test in its own thread
            trouble.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=hand, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert trouble == []
    return answers


def test_files_that_meet_are_taken_one_after_the_other(school: School) -> None:
    with transaction.atomic():
        people = school.class_of(30)
        school.open()
    rows = [(school.number_of(person), HOME, month, 18, 0, 0) for person in people for month in MONTHS]
    whole = len(rows)
    same = school.file("attendance", *rows)
    other = school.file("attendance", *((*row[:3], 17, 0, 0) for row in reversed(rows)))
    answers = at_once(school, same, same, other, other)
    assert sum(each.done for each in answers) == whole
    assert sum(each.same for each in answers) == whole
    assert counts_of("attendance") == {
        "rows": 2 * whole,
        "taken": whole,
        "refused": {"attendance_repeated": whole},
    }
    assert fetch("SELECT count(*), count(DISTINCT days_present) FROM attendance_month") == [(whole, 1)]
