"""What the books must hold of entitlements."""

from takhai.ledger.types import EXPECTED_COLUMNS
from takhai.platform.relations import Relation


def movements() -> Relation:
    """One movement for each granted row, with the columns of EXPECTED_COLUMNS."""
    return Relation(
        name="entitled_movements",
        columns=EXPECTED_COLUMNS,
        sql="SELECT list_round AS round, 'entitle' AS kind, reference, satang FROM entitlement"
        " WHERE standing = 'granted'",
    )
