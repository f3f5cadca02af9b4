"""Cells as they are staged: months as their first days, numbers never in clear."""

from datetime import date

import pytest
from django.db import transaction

from takhai.classroom.services.staging import indexed, month_of
from takhai.platform import secrets
from takhai.registry.sealed import NUMBER
from tests.classroom.school import citizen


@pytest.mark.parametrize(
    ("text", "day"), [("2020-11", date(2020, 11, 1)), ("1999-01", date(1999, 1, 1)), (None, None)]
)
def test_a_month_is_its_first_day(text: str | None, day: date | None) -> None:
    assert month_of(text) == day


@pytest.mark.django_db
def test_a_number_is_staged_as_its_keyed_index_each_time_the_same() -> None:
    secrets.establish(allow_create=True, by="test")
    index = indexed()
    assert index(citizen(1)) == index(citizen(1)) == secrets.index(citizen(1), NUMBER)
    assert index(citizen(2)) != index(citizen(1))
    assert index(None) is None


@pytest.mark.django_db(transaction=True)
def test_an_index_needs_the_keys_held_in_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        indexed()
