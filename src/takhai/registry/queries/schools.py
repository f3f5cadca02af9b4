"""Schools and their accounts."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from takhai.access import queries as access
from takhai.access.scope import NoScope, Scope
from takhai.platform import secrets
from takhai.platform.relations import Relation
from takhai.platform.sets import fetch, select
from takhai.registry.sealed import ACCOUNT


def school_accounts(*, scope: Scope) -> Relation:
    """school, code, has_account, account_idx: of the schools the scope covers."""
    return select(
        "SELECT s.place_id AS school, s.code, s.account_idx IS NOT NULL AS has_account, s.account_idx"
        " FROM school AS s JOIN visible AS v ON v.id = s.place_id",
        access.visible(scope=scope),
        name="schools",
        columns={"school": "uuid", "code": "text", "has_account": "boolean", "account_idx": "bytea"},
    )


def accounts(*, schools: Sequence[UUID], scope: Scope) -> dict[UUID, tuple[str, str, str]]:
    """(bank, account number, name of the school) for those that have an account, opened."""
    if not scope.everything:
        raise NoScope("accounts are opened by the steps only")
    places = access.visible(scope=scope)
    rows = fetch(
        "SELECT s.place_id, s.account_bank, s.account_idx, s.account_cipher, s.code FROM school AS s"
        " JOIN visible AS v ON v.id = s.place_id"
        " WHERE s.place_id = ANY (%(schools)s) AND s.account_idx IS NOT NULL",
        places,
        schools=list(schools),
    )
    return {
        cast(UUID, school): (
            str(bank),
            secrets.open(cast(bytes, cipher), table="school", column=ACCOUNT, index=cast(bytes, idx)),
            str(code),
        )
        for school, bank, idx, cipher, code in rows
    }
