"""Rows of the files that go out: to the bank, and to the schools that pay in cash.

Here and nowhere else payees are in clear: opened by the registry for a stated reason, in the scope given.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final, cast
from uuid import UUID

from takhai.access.scope import Scope
from takhai.platform.relations import Relation
from takhai.platform.sets import fetch
from takhai.registry import queries as registry
from takhai.thai.calendar import Term
from takhai.thai.money import baht

PAYMENT_COLUMNS: Final = (
    "reference",
    "channel",
    "payee",
    "payee_name",
    "bank",
    "baht",
    "lines",
    "value_date",
)
CASH_ROLL_COLUMNS: Final = (
    "line_reference",
    "return_reference",
    "school_code",
    "identifier",
    "name",
    "class",
    "baht",
    "opens",
    "closes",
)
_PAYMENTS: Final = """
SELECT t.reference, t.channel, coalesce(l.person_id, t.school_id),
    CASE t.channel WHEN 'promptpay' THEN concat(p.prefix, p.first_name, ' ', p.last_name) ELSE s.name END,
    CASE t.channel WHEN 'school' THEN a.bank ELSE '' END, t.satang, t.lines
FROM transfer t
LEFT JOIN order_line l ON t.channel = 'promptpay' AND l.round = t.round AND l."group" = t."group" AND l.transfer = t.id
LEFT JOIN pupils p ON p.person = l.person_id
LEFT JOIN schools s ON s.school = t.school_id
LEFT JOIN school_accounts a ON a.school = t.school_id
WHERE t.round = %(round)s AND t."group" = %(group)s
ORDER BY t.channel, t.reference
"""
_ROLL: Final = """
SELECT l.id, b.reference, b.school_code, l.person_id, concat(p.prefix, p.first_name, ' ', p.last_name), l.grade,
    l.satang
FROM order_line l
JOIN return_bill b ON b.round = l.round AND b."group" = l."group" AND b.school_id = l.school_id
LEFT JOIN pupils p ON p.person = l.person_id
WHERE l.round = %(round)s AND l."group" = %(group)s AND l.channel = 'school'
    AND l.state IN ('accepted', 'paid', 'due_back', 'returned')
ORDER BY b.school_code, l.grade, l.id
"""


def payment_rows(*, round: Term, group: str, value_date: date, scope: Scope) -> Iterator[tuple[object, ...]]:
    """Rows with PAYMENT_COLUMNS: one is one transfer, in the order of channel and reference."""
    reason = f"payment file {round}/{group}"
    payees = {
        "promptpay": registry.numbers(persons=_paid_themselves(round, group), reason=reason, scope=scope),
        "school": registry.account_numbers(schools=_paying_schools(round, group), reason=reason, scope=scope),
    }
    sources = (registry.pupils(scope=scope), registry.schools(), registry.school_accounts(scope=scope))
    for reference, channel, payee, name, bank, satang, lines in fetch(
        _PAYMENTS, *sources, round=str(round), group=group
    ):
        number = payees[str(channel)].get(cast(UUID, payee), "")
        yield reference, channel, number, name, bank, _baht(satang), lines, value_date.isoformat()


def cash_roll_rows(
    *, round: Term, group: str, opens: date, closes: date, scope: Scope
) -> Iterator[tuple[object, ...]]:
    """Rows with CASH_ROLL_COLUMNS: one is one pupil whose school was paid for him, by school and class."""
    numbers = registry.numbers(
        persons=_paid_in_cash(round, group), reason=f"cash roll {round}/{group}", scope=scope
    )
    for line, bill, code, person, name, grade, satang in fetch(
        _ROLL, registry.pupils(scope=scope), round=str(round), group=group
    ):
        number = numbers.get(cast(UUID, person), "")
        window = (opens.isoformat(), closes.isoformat())
        yield line, bill, code, number, name, grade, _baht(satang), *window


def _baht(satang: object) -> str:
    return baht(cast(int, satang)).replace(",", "")


def _paid_themselves(round: Term, group: str) -> Relation:
    return _persons(round, group, "channel = 'promptpay' AND transfer IS NOT NULL")


def _paid_in_cash(round: Term, group: str) -> Relation:
    return _persons(
        round, group, "channel = 'school' AND state IN ('accepted', 'paid', 'due_back', 'returned')"
    )


def _persons(round: Term, group: str, which: str) -> Relation:
    return Relation(
        name="paid_persons",
        columns={"person": "uuid"},
        sql='SELECT DISTINCT person_id AS person FROM order_line WHERE round = %(round)s AND "group" = %(group)s'  # noqa: S608
        f" AND {which}",
        params={"round": str(round), "group": group},
    )


def _paying_schools(round: Term, group: str) -> Relation:
    return Relation(
        name="paying_schools",
        columns={"school": "uuid"},
        sql="SELECT school_id AS school FROM transfer"
        ' WHERE round = %(round)s AND "group" = %(group)s AND school_id IS NOT NULL',
        params={"round": str(round), "group": group},
    )
