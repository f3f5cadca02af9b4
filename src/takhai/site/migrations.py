"""Bringing the tables up to date, always as the owner; the application may neither make nor empty one."""

from typing import Any, Final

import psycopg
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from takhai.platform.problems import Refusal

OWNER: Final = "owner"
EXTENSIONS: Final = ("btree_gist", "pg_trgm")
_GRANTS: Final = (
    "revoke all on database {database} from public",
    "grant connect, temporary on database {database} to {app}",
    "revoke create on schema public from public",
    "grant usage on schema public to {app}",
    "alter default privileges in schema public grant select, insert, update, delete on tables to {app}",
    "alter default privileges in schema public grant usage, select on sequences to {app}",
)


def migrate() -> None:
    """Prepare the grants, then run every migration on the owner's connection."""
    owner = connections[OWNER]
    app = str(connections["default"].settings_dict["USER"])
    if app == owner.settings_dict["USER"]:
        raise Refusal("owner_url_missing")
    with psycopg.connect(**owner.get_connection_params()) as link:
        grant(link=link, app=app)
    call_command("migrate", database=OWNER, interactive=False, verbosity=0)
    owner.close()


def pending() -> bool:
    """Whether a migration of this version has not been run on this database."""
    executor = MigrationExecutor(connections["default"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def forget() -> None:
    """Drop every table with all that is in it; the database is as new afterwards."""
    connections.close_all()
    with psycopg.connect(**connections[OWNER].get_connection_params()) as link:
        link.execute("drop schema public cascade")
        link.execute("create schema public")


def grant(*, link: psycopg.Connection[Any], app: str) -> None:
    """What the application role may do with the tables to come, said by the owner.

    These are default privileges, set before a table is made: a migration that takes one away
    (insert-only tables) is not undone by the next run.
    """
    names = {"database": sql.Identifier(link.info.dbname), "app": sql.Identifier(app)}
    for extension in EXTENSIONS:
        link.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(extension)))
    for statement in _GRANTS:
        link.execute(sql.SQL(statement).format(**names))
