"""The only writers of the ledger: open accounts, post a set of movements, carry to a later group, reverse."""

from typing import Final

from django.db import transaction

from takhai.ledger.types import CARRY_COLUMNS, POSTING_COLUMNS, Account, Kind
from takhai.platform.ids import series
from takhai.platform.problems import Refusal
from takhai.platform.relations import Relation, constant
from takhai.platform.sets import execute, fetch
from takhai.platform.types import Outcome
from takhai.thai.calendar import Term

# Both kinds of posting are laid side by side with their two accounts; the tables of accounts are tiny.
_LEGS: Final = """
    SELECT p.reference, p.satang, p.booked_on, d.id AS debit_id, c.id AS credit_id
    FROM postings p
    JOIN account c ON c.round = p.from_round AND c."group" = p.from_group
        AND c.agency = p.agency AND c.name = p.source
    JOIN account d ON d.round = %(round)s AND d."group" = %(group)s
        AND d.agency = p.agency AND d.name = p.target
"""
_INSERT: Final = f"""
INSERT INTO movement
    (round, id, kind, reference, debit_id, credit_id, satang, booked_on, recorded_by)
SELECT %(round)s, (%(series)s || lpad(to_hex(row_number() OVER (ORDER BY l.reference)), 10, '0'))::uuid,
    %(kind)s, l.reference, l.debit_id, l.credit_id, l.satang, l.booked_on, %(by)s
FROM ({_LEGS}) l
ORDER BY l.reference
ON CONFLICT (round, kind, reference) DO NOTHING
"""  # noqa: S608
_STANDING: Final = f"""
SELECT count(*) FROM ({_LEGS}) l
JOIN movement m ON m.round = %(round)s AND m.kind = %(kind)s AND m.reference = l.reference
WHERE m.debit_id = l.debit_id AND m.credit_id = l.credit_id AND m.satang = l.satang
"""  # noqa: S608
_OPEN: Final = """
INSERT INTO account (round, "group", agency, name, recorded_by)
SELECT %(round)s, %(group)s, a.agency, n.name, %(by)s
FROM (SELECT DISTINCT agency FROM agencies) a CROSS JOIN names n
WHERE NOT EXISTS (
    SELECT FROM account x
    WHERE x.round = %(round)s AND x."group" = %(group)s AND x.agency = a.agency AND x.name = n.name
)
ORDER BY a.agency, n.name
ON CONFLICT (round, "group", agency, name) DO NOTHING
"""
_NAMES: Final = constant(name="names", columns={"name": "text"}, rows=[(each.value,) for each in Account])


def open_accounts(*, round: Term, group: str, agencies: Relation, by: str) -> Outcome:
    """All accounts of a group for the agencies named (column ``agency``); those that are open stay."""
    agencies = agencies.require("agency").named("agencies")
    done = execute(_OPEN, agencies, _NAMES, round=str(round), group=group, by=by)
    return Outcome(done=done)


@transaction.atomic
def post(*, round: Term, group: str, kind: Kind, postings: Relation, by: str) -> Outcome:
    """Moves money inside one group; ``postings`` has POSTING_COLUMNS and is best laid down: it is read often.

    A movement that stands already is counted as ``same``. Raises Refusal ``movement_contradicts`` when a
    reference moved before with another amount or path; the database refuses a path the kind may not walk.
    """
    postings.require(*POSTING_COLUMNS)
    columns = {**POSTING_COLUMNS, "from_round": "text", "from_group": "text"}
    given = f"({postings.sql}) given"
    legs = Relation(
        name="postings",
        columns=columns,
        sql="SELECT given.*, %(books_round)s::text AS from_round, %(books_group)s::text AS from_group"  # noqa: S608
        f" FROM {given}",
        params={**postings.params, "books_round": str(round), "books_group": group},
    )
    return _post(round=round, group=group, kind=kind, legs=legs, by=by)


@transaction.atomic
def carry(*, round: Term, group: str, postings: Relation, by: str) -> Outcome:
    """Owed money of earlier groups becomes owed of this one; ``postings`` has CARRY_COLUMNS."""
    postings.require(*CARRY_COLUMNS)
    columns = {**CARRY_COLUMNS, "source": "text", "target": "text"}
    legs = Relation(
        name="postings",
        columns=columns,
        sql=f"SELECT given.*, 'owed' AS source, 'owed' AS target FROM ({postings.sql}) given",  # noqa: S608
        params=postings.params,
    )
    return _post(round=round, group=group, kind=Kind.CARRY, legs=legs, by=by)


@transaction.atomic
def reverse(*, round: Term, movements: Relation, by: str) -> Outcome:
    """Takes movements back by their mirror; ``movements`` has ``id uuid`` and ``booked_on date``.

    A movement is taken back at most once. Raises Refusal ``movement_unknown`` for an id that is no movement
    of the round or is a reversal itself.
    """
    given = movements.require("id", "booked_on").named("given")
    known = "FROM given g JOIN movement m ON m.round = %(round)s AND m.id = g.id AND m.kind <> 'reverse'"
    counts = f"SELECT (SELECT count(*) FROM given), (SELECT count(*) {known})"  # noqa: S608
    ((asked, found),) = fetch(counts, given, round=str(round))
    if asked != found:
        raise Refusal("movement_unknown", missing=_number(asked) - _number(found))
    done = execute(
        "INSERT INTO movement"
        " (round, id, kind, reference, debit_id, credit_id, satang, booked_on, recorded_by)"
        " SELECT %(round)s, (%(series)s || lpad(to_hex(row_number() OVER (ORDER BY m.id)), 10, '0'))::uuid,"
        f" 'reverse', m.id, m.credit_id, m.debit_id, m.satang, g.booked_on, %(by)s {known}"
        " ORDER BY m.id ON CONFLICT (round, kind, reference) DO NOTHING",
        given,
        round=str(round),
        series=series(),
        by=by,
    )
    return Outcome(done=done, same=_number(found) - done)


def _post(*, round: Term, group: str, kind: Kind, legs: Relation, by: str) -> Outcome:
    open_accounts(round=round, group=group, agencies=legs, by=by)
    where = {"round": str(round), "group": group, "kind": kind.value}
    done = execute(_INSERT, legs, series=series(), by=by, **where)
    ((asked,),) = fetch("SELECT count(*) FROM postings", legs)
    if asked != done:
        ((standing,),) = fetch(_STANDING, legs, **where)
        if standing != asked:
            raise Refusal("movement_contradicts", kind=kind.value, count=_number(asked) - _number(standing))
    return Outcome(done=done, same=_number(asked) - done)


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("a count is a number")
    return value
