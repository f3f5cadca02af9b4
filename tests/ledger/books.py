"""Movements as tests write them down."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from takhai.ledger import queries
from takhai.ledger.services.posting import carry, post
from takhai.ledger.types import CARRY_COLUMNS, POSTING_COLUMNS, Account, Kind
from takhai.platform.relations import Relation, constant
from takhai.platform.types import Outcome
from takhai.thai.calendar import Term

ROUND = Term(2563, 2)
LATER = Term(2564, 1)
DAY = date(2020, 12, 28)
BY = "test"

Row = tuple[UUID, str, int, str, str, date]


def row(
    reference: UUID, source: Account, target: Account, satang: int = 100_000, agency: str = "obec"
) -> Row:
    return (reference, agency, satang, source.value, target.value, DAY)


def postings(rows: Iterable[Row]) -> Relation:
    return constant(name="given_postings", columns=POSTING_COLUMNS, rows=rows)


def book(kind: Kind, rows: Iterable[Row], *, round: Term = ROUND, group: str = "old") -> Outcome:
    return post(round=round, group=group, kind=kind, postings=postings(rows), by=BY)


def entitle(*references: UUID, satang: int = 100_000, round: Term = ROUND, group: str = "old") -> Outcome:
    rows = [row(each, Account.BUDGET, Account.OWED, satang) for each in references]
    return book(Kind.ENTITLE, rows, round=round, group=group)


def carry_over(
    reference: UUID,
    *,
    satang: int = 100_000,
    from_round: Term = ROUND,
    from_group: str = "old",
    to_round: Term = LATER,
    to_group: str = "old",
) -> Outcome:
    rows = [(reference, "obec", satang, str(from_round), from_group, DAY)]
    given = constant(name="given_carries", columns=CARRY_COLUMNS, rows=rows)
    return carry(round=to_round, group=to_group, postings=given, by=BY)


def held(name: Account, *, round: Term = ROUND, group: str = "old") -> int:
    return sum(
        each.satang for each in queries.accounts(round=round) if (each.group, each.account) == (group, name)
    )
