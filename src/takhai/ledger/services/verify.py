"""Recomputes all that the books say and compares it with what the other rooms wrote down. Writes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from takhai.ledger.queries import accounts, standing
from takhai.ledger.rules.proof import differences, wrong_sign
from takhai.ledger.types import EXPECTED_COLUMNS, PATHS, Account, Balance, Claim, Kind
from takhai.platform.problems import Refusal
from takhai.platform.relations import Relation, constant, merge
from takhai.platform.sets import fetch
from takhai.thai.money import baht

# Looked at again although the database refused it when it was written: whoever owns the tables can switch
# a trigger off.
_OFF_PATH: Final = """
SELECT count(*) FROM movement m
LEFT JOIN account c ON c.id = m.credit_id
LEFT JOIN account d ON d.id = m.debit_id
LEFT JOIN paths p ON p.kind = m.kind AND p.source = c.name AND p.target = d.name
WHERE m.kind <> 'reverse' AND (
    p.kind IS NULL OR d.round <> m.round OR d.agency <> c.agency
    OR (m.kind = 'carry') <> ((c.round, c."group") <> (d.round, d."group"))
)
"""
_UNMIRRORED: Final = """
SELECT count(*) FROM movement r
LEFT JOIN movement m ON m.round = r.round AND m.id = r.reference AND m.kind <> 'reverse'
    AND m.debit_id = r.credit_id AND m.credit_id = r.debit_id AND m.satang = r.satang
WHERE r.kind = 'reverse' AND m.id IS NULL
"""
_AGAINST_ROWS: Final = """
SELECT coalesce(e.round, s.round), coalesce(e.kind, s.kind),
    count(*) FILTER (WHERE s.reference IS NULL),
    count(*) FILTER (WHERE e.reference IS NULL),
    count(*) FILTER (WHERE e.satang <> s.satang)
FROM expected e
FULL JOIN standing s ON s.round = e.round AND s.kind = e.kind AND s.reference = e.reference
WHERE s.reference IS NULL OR e.reference IS NULL OR e.satang <> s.satang
GROUP BY 1, 2 ORDER BY 1, 2
"""
_WALKS: Final = constant(
    name="paths",
    columns={"kind": "text", "source": "text", "target": "text"},
    rows=[(kind.value, *(each.value for each in path)) for kind, paths in PATHS.items() for path in paths],
)


def run(*, claims: Iterable[Claim] = (), expected: Sequence[Relation] = ()) -> list[Refusal]:
    """Everything that does not hold, as numbered problems; an empty list is the proof.

    ``claims``: one for each group whose recover is done. ``expected``: relations with EXPECTED_COLUMNS, the
    movements that the rows of the other rooms stand for; they must be exactly those that stand in the books.
    """
    found = accounts()
    return [*_shape(found), *_against_rows(expected), *_against_claims(claims, found)]


def _shape(found: Sequence[Balance]) -> Iterator[Refusal]:
    total = sum(balance.satang for balance in found)
    if total:
        yield Refusal("books_do_not_balance", baht=baht(total))
    for balance in found:
        if wrong_sign(account=balance.account, satang=balance.satang):
            yield Refusal(
                "account_on_wrong_side",
                round=balance.round,
                group=balance.group,
                agency=balance.agency,
                account=balance.account.value,
                baht=baht(balance.satang),
            )
    ((off_path,),) = fetch(_OFF_PATH, _WALKS)
    if off_path:
        yield Refusal("movements_off_path", count=int(str(off_path)))
    ((unmirrored,),) = fetch(_UNMIRRORED)
    if unmirrored:
        yield Refusal("reversals_without_mirror", count=int(str(unmirrored)))


def _against_rows(expected: Sequence[Relation]) -> Iterator[Refusal]:
    if not expected:
        return
    for term, kind, missing, stray, differing in fetch(_AGAINST_ROWS, _together(expected), standing()):
        yield Refusal(
            "books_differ_from_rows",
            round=str(term),
            kind=Kind(str(kind)).value,
            missing=int(str(missing)),
            stray=int(str(stray)),
            differing=int(str(differing)),
        )


def _together(relations: Sequence[Relation]) -> Relation:
    columns = ", ".join(EXPECTED_COLUMNS)
    parts = [
        f"SELECT {columns} FROM ({each.require(*EXPECTED_COLUMNS).sql}) part_{at}"  # noqa: S608
        for at, each in enumerate(relations)
    ]
    return Relation(
        name="expected",
        columns=EXPECTED_COLUMNS,
        sql=" UNION ALL ".join(parts),
        params=merge(*(each.params for each in relations)),
    )


def _against_claims(claims: Iterable[Claim], found: Sequence[Balance]) -> Iterator[Refusal]:
    books: defaultdict[tuple[str, str], defaultdict[Account, int]] = defaultdict(lambda: defaultdict(int))
    for balance in found:
        books[balance.round, balance.group][balance.account] += balance.satang
    for claim in claims:
        for each in differences(claim=claim, balances=books[claim.round, claim.group]):
            yield Refusal(
                "identity_does_not_hold",
                round=claim.round,
                group=claim.group,
                identity=each.identity,
                claimed=baht(each.claimed),
                booked=baht(each.booked),
            )
