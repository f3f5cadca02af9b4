"""Who changes what, and from which file, for the history that statement-level triggers keep."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.db import connection


@contextmanager
def acting(*, by: str, source: str = "") -> Iterator[None]:
    """Changes inside are kept with ``by`` (a user or a step) and ``source`` (hash of a file, or nothing).

    COPY alone would not carry the context to the server: one plain statement in the same
    transaction does, so it is sent first. Call it inside a transaction.
    """
    with pghistory.context(by=by, source=source):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        yield
