"""Looking is logged: before a number is shown, who looks and why is written."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.utils import timezone

from takhai.access.models import Look
from takhai.access.types import Scope
from takhai.platform.ids import uuid7
from takhai.platform.problems import Refusal

# More than a person reads: such a look is a run over a list, and the list is named by its reason.
FEW: Final = 100


def note(*, scope: Scope, reason: str, what: str, persons: Sequence[UUID]) -> None:
    """Writes one line for a look at the personal values of these persons.

    Raises Refusal ``look_without_reason`` when no reason is given.
    """
    if not reason.strip():
        raise Refusal("look_without_reason")
    few = [str(person) for person in persons] if len(persons) <= FEW else None
    Look(
        id=uuid7(),
        looked_at=timezone.now(),
        looked_by=scope.by,
        reason=reason,
        what=what,
        count=len(persons),
        persons=few,
    ).save(force_insert=True)
