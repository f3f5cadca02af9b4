"""One function decides what a user may see: from his assignments, on a day."""

from collections.abc import Iterable
from datetime import date

from takhai.access.types import Grant, Scope


def in_force(grant: Grant, *, on: date) -> bool:
    """Whether the half-open period of the grant holds the day."""
    return grant.from_day <= on and (grant.to_day is None or on < grant.to_day)


def decide(*, grants: Iterable[Grant], on: date, by: str) -> Scope:
    """The scope of a user on a day: every place of his grants in force, the widest only."""
    paths = sorted({grant.path for grant in grants if in_force(grant, on=on)})
    widest: list[str] = []
    for path in paths:
        # In sorted order whatever contains a path stands before it.
        if not widest or not path.startswith(widest[-1]):
            widest.append(path)
    return Scope(paths=tuple(widest), by=by)
