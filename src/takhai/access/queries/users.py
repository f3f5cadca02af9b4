"""Who holds a role."""

from datetime import date

from takhai.access.types import Role
from takhai.platform.sets import fetch


def holders(*, role: Role, on: date) -> frozenset[str]:
    """Usernames of the active users who hold the role anywhere on that day."""
    rows = fetch(
        "SELECT DISTINCT u.username FROM user_account u JOIN assignment a ON a.user_id = u.id"
        " WHERE u.is_active AND a.role = %(role)s"
        " AND a.from_day <= %(on)s AND (a.to_day IS NULL OR a.to_day > %(on)s)",
        role=role.value,
        on=on,
    )
    return frozenset(str(name) for (name,) in rows)
