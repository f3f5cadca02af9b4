"""`verify` finds what is wrong, and only that: with rows of other rooms, with closed groups, with force."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import psycopg
import pytest

from takhai.ledger import queries
from takhai.ledger.commands import ledger_verify
from takhai.ledger.services import verify
from takhai.ledger.types import EXPECTED_COLUMNS, Account, Claim, Kind
from takhai.platform.ids import uuid7, uuid7s
from takhai.platform.problems import Refusal
from takhai.platform.relations import Relation, constant
from tests.ledger.books import ROUND, book, entitle, row
from tests.ledger.test_posting import movement_of, take_back

pytestmark = pytest.mark.django_db

NOTHING = {
    "entitled": 0,
    "waiting": 0,
    "refused": 0,
    "carried": 0,
    "unsettled": 0,
    "recovered": 0,
    "dropped": 0,
    "late": 0,
}


def claim(**said: int) -> Claim:
    return Claim(round=str(ROUND), group="old", **(NOTHING | said))


def expected(rows: Iterable[tuple[Kind, UUID, int]], name: str = "rows_of_benefits") -> Relation:
    return constant(
        name=name,
        columns=EXPECTED_COLUMNS,
        rows=[(str(ROUND), kind.value, reference, satang) for kind, reference, satang in rows],
    )


def names(found: list[Refusal]) -> list[str]:
    return [each.name for each in found]


def test_empty_books_hold() -> None:
    assert verify.run() == []


def test_books_hold_when_rows_and_claims_say_the_same() -> None:
    one, two = uuid7s(2)
    entitle(one, two)
    book(Kind.ORDER, [row(one, Account.OWED, Account.SENT_PROMPTPAY)])
    book(Kind.PAY, [row(one, Account.SENT_PROMPTPAY, Account.PAID)])
    entitled = expected([(Kind.ENTITLE, one, 100_000), (Kind.ENTITLE, two, 100_000)])
    paid = expected([(Kind.ORDER, one, 100_000), (Kind.PAY, one, 100_000)], name="rows_of_payments")
    said = claim(entitled=200_000, waiting=100_000, recovered=100_000)
    assert verify.run(claims=[said], expected=[entitled, paid]) == []


def test_a_row_without_its_movement_is_found() -> None:
    reference = uuid7()
    (found,) = verify.run(expected=[expected([(Kind.ENTITLE, reference, 5)])])
    assert (found.name, found.details["missing"], found.details["stray"]) == ("books_differ_from_rows", 1, 0)


def test_a_movement_without_its_row_is_found() -> None:
    entitle(uuid7())
    (found,) = verify.run(expected=[expected([])])
    assert (found.details["kind"], found.details["missing"], found.details["stray"]) == ("entitle", 0, 1)


def test_a_movement_of_another_amount_is_found() -> None:
    reference = uuid7()
    entitle(reference)
    (found,) = verify.run(expected=[expected([(Kind.ENTITLE, reference, 99_999)])])
    assert found.details["differing"] == 1


def test_a_movement_that_was_taken_back_needs_no_row() -> None:
    reference = uuid7()
    entitle(reference)
    take_back(movement_of(reference))
    assert verify.run(expected=[expected([])], claims=[claim()]) == []


def test_an_identity_that_does_not_hold_is_told_with_both_amounts() -> None:
    entitle(uuid7())
    found = verify.run(claims=[claim(entitled=100_001, waiting=100_000)])
    assert names(found) == ["identity_does_not_hold"]
    assert (found[0].details["claimed"], found[0].details["booked"]) == ("1,000.01", "1,000.00")


def test_an_account_below_zero_is_found() -> None:
    book(Kind.ORDER, [row(uuid7(), Account.OWED, Account.SENT_SCHOOL)])
    assert names(verify.run()) == ["account_on_wrong_side"]


def test_the_command_ends_with_zero_and_says_so_in_both_languages() -> None:
    said: list[str] = []
    assert ledger_verify(claims=[claim()], say=said.append) == 0
    assert len(said) == 2
    assert "The books hold" in said[1]


def test_the_command_ends_with_four_and_a_sentence_for_each_thing_wrong() -> None:
    entitle(uuid7())
    said: list[str] = []
    assert ledger_verify(claims=[claim()], expected=[expected([])], say=said.append) == 4
    assert [line.split(" ", 1)[0] for line in said] == ["5515", "5515", "5516", "5516", "5516", "5516"]


def test_what_other_rooms_found_is_said_first_and_ends_with_four_too() -> None:
    said: list[str] = []
    found = [Refusal("frozen_list_changed", round="2563-2", group="old")]
    assert ledger_verify(beside=found, say=said.append) == 4
    assert [line.split(" ", 1)[0] for line in said] == ["5003", "5003"]


def test_totals_name_every_account_and_sum_to_zero() -> None:
    entitle(uuid7())
    totals = queries.balances(round=ROUND)
    assert set(totals) == {account.value for account in Account}
    assert (totals["budget"], totals["owed"], sum(totals.values())) == (-100_000, 100_000, 0)


def test_balances_come_in_the_order_of_round_group_agency_and_name() -> None:
    entitle(uuid7(), group="new")
    entitle(uuid7(), group="old")
    keys = [(each.round, each.group, each.agency, each.account.value) for each in queries.accounts()]
    assert keys == sorted(keys)
    assert len(keys) == 16


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("kind", "found"),
    [("pay", "movements_off_path"), ("reverse", "reversals_without_mirror")],
)
def test_what_the_owner_forces_in_beside_the_triggers_is_found(
    owner_link: psycopg.Connection[Any], kind: str, found: str
) -> None:
    entitle(uuid7())
    owner_link.execute("ALTER TABLE movement DISABLE TRIGGER USER")
    owner_link.execute(
        "INSERT INTO movement"
        " (round, id, kind, reference, debit_id, credit_id, satang, booked_on, recorded_by)"
        " SELECT round, %(id)s, %(kind)s, %(id)s, credit_id, debit_id, satang, booked_on, 'x' FROM movement",
        {"id": uuid7(), "kind": kind},
    )
    owner_link.execute("ALTER TABLE movement ENABLE TRIGGER USER")
    owner_link.commit()
    assert names(verify.run()) == [found]


@pytest.mark.django_db(transaction=True)
def test_an_amount_the_owner_changes_by_force_is_found(owner_link: psycopg.Connection[Any]) -> None:
    reference = uuid7()
    entitle(reference)
    owner_link.execute("ALTER TABLE movement DISABLE TRIGGER USER")
    owner_link.execute("UPDATE movement SET satang = satang + 1")
    owner_link.execute("ALTER TABLE movement ENABLE TRIGGER USER")
    owner_link.commit()
    said = claim(entitled=100_000, waiting=100_000)
    found = verify.run(claims=[said], expected=[expected([(Kind.ENTITLE, reference, 100_000)])])
    assert names(found) == ["books_differ_from_rows", "identity_does_not_hold", "identity_does_not_hold"]
