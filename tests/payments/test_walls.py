"""What the database itself refuses of answers, bills and returns."""

from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from takhai.benefits import queries as benefits
from takhai.ledger.services import verify
from takhai.payments import queries as payments
from takhai.platform.sets import execute
from tests.payments.till import Till

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(till: Till) -> Till:
    people = till.by_school(3)
    till.deliver()
    till.take_receipts(till.receipt(people[0]))
    till.close()
    till.take_returns(till.give_back(200_000, on=date(2021, 3, 1)))
    return till


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE receipt SET received_on = NULL",
        "UPDATE receipt SET status = 'paid'",
        "UPDATE return_bill SET returned_on = '2021-03-01'",
        "UPDATE return_bill SET satang = 100",
        "UPDATE return_bill SET returned_on = '2021-03-01', satang = 0",
        "UPDATE school_return SET outcome = 'lost'",
        "UPDATE channel_choice SET channel = 'cheque'",
        "INSERT INTO receipt (round, line, status, received_on, reasoned, row_sha, file_sha, row_no, recorded_by)"
        " SELECT round, line, status, received_on, reasoned, row_sha, file_sha, row_no, recorded_by FROM receipt",
        'INSERT INTO return_bill (round, "group", school_id, school_code, reference, recorded_by)'
        " SELECT round, 'new', school_id, school_code, reference, 'x' FROM return_bill",
        "INSERT INTO payment_exception"
        ' (round, reason, row_sha, copy, "group", reference, file_sha, row_no, recorded_by)'
        " VALUES ('2563-2', 'bored', '', 1, 'old', '', '', 1, 'x')",
    ],
)
def test_a_row_that_contradicts_itself_or_comes_twice_is_refused(closed: Till, statement: str) -> None:
    (person,) = closed.pupils(1)
    closed.choose(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        execute(statement)


@pytest.mark.parametrize(
    ("statement", "wall"),
    [
        ("UPDATE order_line SET person_id = gen_random_uuid()", "person_id"),
        ("UPDATE order_line SET school_id = gen_random_uuid()", "school_id"),
        ("UPDATE transfer SET school_id = gen_random_uuid()", "school_id"),
        ("UPDATE return_bill SET school_id = gen_random_uuid()", "school_id"),
        ("UPDATE payment_exception SET reason = reason", "permission denied"),
        ("DELETE FROM payment_exception", "permission denied"),
    ],
)
def test_whose_a_row_is_never_changes(closed: Till, statement: str, wall: str) -> None:
    with pytest.raises(DatabaseError, match=wall), transaction.atomic():
        execute(statement)


@pytest.mark.parametrize(
    ("statement", "parent"),
    [
        (
            "INSERT INTO channel_choice (round, person_id, channel, source_file, recorded_by)"
            " VALUES ('2563-2', gen_random_uuid(), 'school', '', 'x')",
            "person",
        ),
        (
            'INSERT INTO return_bill (round, "group", school_id, school_code, reference, recorded_by)'
            " VALUES ('2563-2', 'old', gen_random_uuid(), '99999999', 'R', 'x')",
            "school",
        ),
    ],
)
def test_a_row_names_persons_and_schools_that_are_there(closed: Till, statement: str, parent: str) -> None:
    with pytest.raises(DatabaseError, match=f"not in {parent}"), transaction.atomic():
        execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "by_force",
    [
        "UPDATE order_line SET state = 'paid', reason = NULL, closed_on = NULL WHERE state = 'due_back'",
        "UPDATE order_line SET satang = satang + 1 WHERE state = 'paid'",
        "DELETE FROM order_line WHERE state = 'due_back'",
        "UPDATE entitlement SET satang = satang + 1",
    ],
)
def test_rows_the_owner_changes_by_force_no_longer_agree_with_the_books(
    till: Till, owner_link: psycopg.Connection[object], by_force: str
) -> None:
    with transaction.atomic():
        people = till.by_school(3)
        till.deliver()
        till.take_receipts(till.receipt(people[0]))
        till.close()
    expected = [benefits.movements(), payments.movements()]
    assert verify.run(expected=expected) == []
    for table in ("order_line", "entitlement"):
        owner_link.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")  # type: ignore[arg-type]
    owner_link.execute(by_force)  # type: ignore[arg-type]
    for table in ("order_line", "entitlement"):
        owner_link.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")  # type: ignore[arg-type]
    owner_link.commit()
    assert {problem.name for problem in verify.run(expected=expected)} == {"books_differ_from_rows"}
