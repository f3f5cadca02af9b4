"""Whom a number belongs to: for somebody who asks about one person, and the look is logged."""

from typing import Final, cast
from uuid import UUID

from django.db import transaction

from takhai.access import queries as access
from takhai.access.scope import Scope
from takhai.access.services.looking import note
from takhai.platform import secrets
from takhai.platform.sets import fetch
from takhai.registry.sealed import NUMBER

# A number that a child had before still leads to him; while keys change a row bears two indexes.
_HOLDER: Final = """
SELECT i.person_id FROM identifier i
WHERE (i.idx = %(idx)s OR i.idx_next = %(idx)s)
    AND (%(everyone)s OR EXISTS (SELECT 1 FROM school_enrolment e JOIN visible ON visible.id = e.school_id
        WHERE e.person_id = i.person_id))
"""


@transaction.atomic
def holder(*, number: str, reason: str, scope: Scope) -> UUID | None:
    """The person whose number it is or was, None when nobody of the scope has it.

    ``number`` is in its canonical form (``takhai.thai.identifiers``). Raises Refusal ``look_without_reason``.
    """
    secrets.hold()
    rows = fetch(
        _HOLDER,
        access.visible(scope=scope),
        idx=secrets.index(number, NUMBER),
        everyone=scope.everything,
    )
    found = [cast(UUID, person) for (person,) in rows]
    note(scope=scope, reason=reason, what=NUMBER, persons=found)
    return found[0] if found else None
