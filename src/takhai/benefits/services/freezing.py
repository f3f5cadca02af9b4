"""Freezing a list: from then on nobody adds to it, takes from it or changes a row of it."""

from datetime import date
from typing import Final

from django.db import transaction

from takhai.access.queries.users import holders
from takhai.access.types import Role
from takhai.benefits.queries.lists import digest, find_frozen
from takhai.benefits.types import Frozen
from takhai.platform.problems import Refusal
from takhai.platform.sets import execute, fetch
from takhai.thai.calendar import Term

# The same key as in the triggers of ``entitlement``: they share it, whoever freezes holds it alone.
_ALONE: Final = "SELECT pg_advisory_xact_lock(hashtextextended('list ' || %(round)s || ' ' || %(group)s, 0))"
_FREEZE: Final = """
INSERT INTO frozen_list (round, "group", count, satang, sha256, frozen_by, frozen_on, recorded_by)
VALUES (%(round)s, %(group)s, %(count)s, %(satang)s, %(sha256)s, %(by)s, %(on)s, %(by)s)
"""


@transaction.atomic
def freeze(*, round: Term, group: str, by: str, on: date) -> Frozen:
    """The list of the group with its hash, for good; freezing again gives what stands.

    ``by`` is the username of an officer of the Fund on that day, else Refusal ``freezer_has_no_role``. An
    empty list can be frozen.
    """
    fetch(_ALONE, round=str(round), group=group)
    standing = find_frozen(round=round, group=group)
    if standing is not None:
        return standing
    if by not in holders(role=Role.EEF_OFFICER, on=on):
        raise Refusal("freezer_has_no_role", user=by)
    count, satang, sha256 = digest(round=round, group=group)
    frozen = Frozen(str(round), group, count, satang, sha256, by, on)
    execute(_FREEZE, round=str(round), group=group, count=count, satang=satang, sha256=sha256, by=by, on=on)
    return frozen
