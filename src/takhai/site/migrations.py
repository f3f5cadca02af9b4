"""Bringing the tables up to date, always as the owner; the application may neither make nor empty one."""

from typing import Final

from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from takhai.platform.problems import Refusal

OWNER: Final = "owner"
EXTENSIONS: Final = ("btree_gist", "pg_trgm")


def migrate() -> None:
    """Prepare the grants, then run every migration on the owner's connection."""
    owner = connections[OWNER]
    app = str(connections["default"].settings_dict["USER"])
    if app == owner.settings_dict["USER"]:
        raise Refusal("owner_url_missing")
    grant(owner=owner, app=app)
    call_command("migrate", database=OWNER, interactive=False, verbosity=0)
    owner.close()


def grant(*, owner: BaseDatabaseWrapper, app: str) -> None:
    """What the application role may do with the tables to come.

    These are default privileges, set before a table is made: a migration that takes one away
    (insert-only tables) is not undone by the next run.
    """
    name = owner.ops.quote_name
    database, role = name(str(owner.settings_dict["NAME"])), name(app)
    with owner.cursor() as cursor:
        for extension in EXTENSIONS:
            cursor.execute(f"create extension if not exists {extension}")
        for statement in (
            f"revoke all on database {database} from public",
            f"grant connect, temporary on database {database} to {role}",
            "revoke create on schema public from public",
            f"grant usage on schema public to {role}",
            f"alter default privileges in schema public grant select, insert, update, delete on tables to {role}",
            f"alter default privileges in schema public grant usage, select on sequences to {role}",
        ):
            cursor.execute(statement)
