"""Rows of the files that go out: to the bank, and to the schools that pay in cash.

Here and nowhere else payees are in clear: opened by the registry for a stated reason, in the scope given.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, cast
from uuid import UUID

from django.db import transaction

from takhai.access.scope import Scope
from takhai.platform.sets import fetch, materialise, select
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
# Laid down with statistics before they are joined: the rows of a step just done are unknown to the planner.
_SENT: Final = """
SELECT reference, id, channel, school_id AS school, satang, lines FROM transfer
WHERE round = %(round)s AND "group" = %(group)s
"""
_SENT_COLUMNS: Final[Mapping[str, str]] = {
    "reference": "text",
    "id": "uuid",
    "channel": "text",
    "school": "uuid",
    "satang": "bigint",
    "lines": "integer",
}
_PAYEES: Final = """
SELECT transfer, person_id AS person FROM order_line
WHERE round = %(round)s AND "group" = %(group)s AND channel = 'promptpay' AND transfer IS NOT NULL
"""
_PAYMENTS: Final = """
SELECT t.reference, t.channel, coalesce(l.person, t.school),
    CASE t.channel WHEN 'promptpay' THEN concat(p.prefix, p.first_name, ' ', p.last_name) ELSE s.name END,
    CASE t.channel WHEN 'school' THEN a.bank ELSE '' END, t.satang, t.lines
FROM sent t
LEFT JOIN payees l ON l.transfer = t.id
LEFT JOIN pupils p ON p.person = l.person
LEFT JOIN schools s ON s.school = t.school
LEFT JOIN school_accounts a ON a.school = t.school
ORDER BY t.channel, t.reference
"""
_ROLL: Final = """
SELECT l.id, b.reference, b.school_code, l.person_id AS person, l.grade, l.satang
FROM order_line l
JOIN return_bill b ON b.round = l.round AND b."group" = l."group" AND b.school_id = l.school_id
WHERE l.round = %(round)s AND l."group" = %(group)s AND l.channel = 'school'
    AND l.state IN ('accepted', 'paid', 'due_back', 'returned')
"""
_ROLL_COLUMNS: Final[Mapping[str, str]] = {
    "id": "uuid",
    "reference": "text",
    "school_code": "text",
    "person": "uuid",
    "grade": "text",
    "satang": "bigint",
}
_NAMED: Final = """
SELECT r.id, r.reference, r.school_code, r.person, concat(p.prefix, p.first_name, ' ', p.last_name), r.grade, r.satang
FROM roll r LEFT JOIN pupils p ON p.person = r.person
ORDER BY r.school_code, r.grade, r.id
"""
_SCHOOL: Final = {"school": "uuid"}


def payment_rows(*, round: Term, group: str, value_date: date, scope: Scope) -> Iterator[tuple[object, ...]]:
    """Rows with PAYMENT_COLUMNS: one is one transfer, in the order of channel and reference."""
    reason, where = f"payment file {round}/{group}", {"round": str(round), "group": group}
    with transaction.atomic():
        sent = materialise(select(_SENT, name="sent", columns=_SENT_COLUMNS, **where))
        paid = materialise(
            select(_PAYEES, name="payees", columns={"transfer": "uuid", "person": "uuid"}, **where)
        )
        schools = select(
            "SELECT school FROM sent WHERE school IS NOT NULL", sent, name="asked", columns=_SCHOOL
        )
        payees = {
            "promptpay": registry.numbers(persons=paid, reason=reason, scope=scope),
            "school": registry.account_numbers(schools=schools, reason=reason, scope=scope),
        }
        names = (registry.pupils(scope=scope), registry.schools(), registry.school_accounts(scope=scope))
        rows = fetch(_PAYMENTS, sent, paid, *names)
    for reference, channel, payee, name, bank, satang, lines in rows:
        number = payees[str(channel)].get(cast(UUID, payee), "")
        yield reference, channel, number, name, bank, _baht(satang), lines, value_date.isoformat()


def cash_roll_rows(
    *, round: Term, group: str, opens: date, closes: date, scope: Scope
) -> Iterator[tuple[object, ...]]:
    """Rows with CASH_ROLL_COLUMNS: one is one pupil whose school was paid for him, by school and class."""
    reason, where = f"cash roll {round}/{group}", {"round": str(round), "group": group}
    with transaction.atomic():
        roll = materialise(select(_ROLL, name="roll", columns=_ROLL_COLUMNS, **where))
        numbers = registry.numbers(persons=roll, reason=reason, scope=scope)
        rows = fetch(_NAMED, roll, registry.pupils(scope=scope))
    window = (opens.isoformat(), closes.isoformat())
    for line, bill, code, person, name, grade, satang in rows:
        yield line, bill, code, numbers.get(cast(UUID, person), ""), name, grade, _baht(satang), *window


def _baht(satang: object) -> str:
    return baht(cast(int, satang)).replace(",", "")
