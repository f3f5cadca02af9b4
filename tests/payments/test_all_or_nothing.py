"""A service that fails at its last act has done nothing, and does everything when it is begun again."""

from collections.abc import Callable
from datetime import date

import pytest

from takhai.benefits.services import entitlement
from takhai.payments import queries as payments
from takhai.payments.services import orders, recovery, results, returning
from takhai.platform.sets import fetch
from tests.benefits.town import ROUND
from tests.payments.till import Till, balances

pytestmark = pytest.mark.django_db
TABLES = (
    "entitlement",
    "entitlement_line",
    "order_line",
    "order_line_event",
    "transfer",
    "transfer_event",
    "bank_result",
    "receipt",
    "return_bill",
    "school_return",
    "payment_exception",
    "movement",
    "fate",
    "approval",
)


class PowerCut(Exception):
    """What the last act of a service meets."""


def cut(*_: object, **__: object) -> None:
    raise PowerCut


def everything() -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(fetch(f"SELECT t::text FROM {table} t")) for table in TABLES}


def counted() -> dict[str, int]:
    return {table: len(rows) for table, rows in everything().items()}


def prepared(till: Till, until: str) -> Callable[[], object]:  # noqa: PLR0911 - one for each service
    """A till just before the service, and the service."""
    people = till.by_school(3)
    till.by_promptpay(2)
    if until == "entitle":
        return till.entitle
    till.sign()
    if until == "issue":
        return till.issue
    till.issue()
    rows = till.answered()
    if until == "take_results":
        return lambda: till.take_results([*rows, ["STRAY", "999999", 1, "accepted", "", "2021-01-08"]])
    till.take_results(rows)
    if until == "match":
        return till.match
    till.match()
    receipts = [till.receipt(people[0]), till.receipt(people[1], more=1)]
    if until == "take_receipts":
        return lambda: till.take_receipts(*receipts)
    till.take_receipts(*receipts)
    if until == "close":
        return till.close
    till.close()
    returns = [till.give_back(200_000, on=date(2021, 3, 1))]
    till.take_returns(*returns)
    return till.settle


@pytest.mark.parametrize(
    ("service", "module", "last_act"),
    [
        ("entitle", entitlement, "flow_of"),
        ("issue", orders, "order_flow"),
        ("take_results", results, "together"),
        ("match", results, "match_flow"),
        ("take_receipts", recovery, "together"),
        ("close", recovery, "recovery_flow"),
        ("settle", returning, "Outcome"),
    ],
)
def test_what_fails_at_the_end_has_done_nothing_and_can_be_begun_again(
    till: Till, monkeypatch: pytest.MonkeyPatch, service: str, module: object, last_act: str
) -> None:
    work = prepared(till, service)
    before = everything()
    with monkeypatch.context() as failing:
        failing.setattr(module, last_act, cut)
        with pytest.raises(PowerCut):
            work()
    assert everything() == before
    work()
    assert everything() != before


@pytest.mark.parametrize(
    "service", ["entitle", "issue", "take_results", "match", "take_receipts", "close", "settle"]
)
def test_what_is_done_twice_is_done_once(till: Till, service: str) -> None:
    work = prepared(till, service)
    work()
    after, books, told = everything(), balances(), payments.exceptions(round=ROUND)
    work()
    assert everything() == after
    assert (balances(), payments.exceptions(round=ROUND)) == (books, told)


def test_the_services_write_what_they_are_said_to_write(till: Till) -> None:
    prepared(till, "settle")()
    assert counted() == {
        "entitlement": 5,
        "entitlement_line": 5,
        "order_line": 5,
        "order_line_event": 10,
        "transfer": 3,
        "transfer_event": 3,
        "bank_result": 3,
        "receipt": 1,
        "return_bill": 1,
        "school_return": 1,
        "payment_exception": 1,
        "movement": 5 + 5 + 5 + 3 + 2,
        "fate": 2,
        "approval": 1,
    }
