"""What a reader needs: his scope, or the machine's with a reason."""

from datetime import date

from takhai.access.models import Assignment, User
from takhai.access.rules.scope import decide
from takhai.access.types import Grant, NoScope, Role, Scope, system_scope

__all__ = ["NoScope", "Scope", "scope_of", "system_scope"]


def scope_of(user: User, *, on: date) -> Scope:
    """The part of the tree the user may see on a day; empty for one who is assigned nowhere."""
    rows = Assignment.objects.filter(user=user).select_related("place")
    grants = [
        Grant(role=Role(row.role), path=row.place.path, from_day=row.from_day, to_day=row.to_day)
        for row in rows
    ]
    return decide(grants=grants, on=on, by=user.username)
