"""Two workers that meet the same new person: one goes again and finds what the other wrote."""

from collections.abc import Callable
from typing import Final, TypeVar

from django.db import IntegrityError, OperationalError, transaction
from psycopg import errors

TRIES: Final = 5
_PASSING: Final = (errors.UniqueViolation, errors.DeadlockDetected, errors.SerializationFailure)

Result = TypeVar("Result")


def repeat(work: Callable[[], Result]) -> Result:
    """Does the work in a savepoint, again when somebody else was first; after five times the error stands."""
    for _ in range(TRIES - 1):
        try:
            with transaction.atomic():
                return work()
        except (IntegrityError, OperationalError) as error:
            if not isinstance(error.__cause__, _PASSING):
                raise
    with transaction.atomic():
        return work()
