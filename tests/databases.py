"""The test databases: made and migrated by the owner, used by the application role."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from takhai.site import embedded, migrations
from takhai.site.embedded import places
from takhai.site.embedded.server import Server

# The shared server may forget on a power cut; tests of durability start one of their own.
FAST = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "128MB", "max_wal_size": "1GB"}
# Django's own tables hold what the code says, not what a test wrote.
KEPT = ("django_migrations", "django_content_type", "auth_permission")

_seeded: dict[str, bytes] = {}


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Make this worker's database, migrate it as owner, point both connections at it."""
    name = f"test_takhai_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with contextlib.ExitStack() as stack:
        if not os.environ.get("DATABASE_URL"):
            where = places.of(Path(os.environ["TAKHAI_HOME"]))
            stack.enter_context(Server(places=where, extra_settings=FAST).using())
        stack.enter_context(django_db_blocker.unblock())
        maker = embedded.urls().owner
        assert maker is not None, "DATABASE_OWNER_URL must name the owner"
        _again(maker, name)
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        migrations.migrate()
        _seeded.update(_remember())
        yield
        connections.close_all()
        _drop(maker, name)


@pytest.fixture
def owner_link() -> Iterator[psycopg.Connection[Any]]:
    """A session of the owner on this worker's database."""
    with _owner() as link:
        yield link


@pytest.fixture
def server_home(db: None) -> Path:
    """The home of the run's shared server."""
    return Path(os.environ["TAKHAI_HOME"])


def empty_as_owner(_case: TransactionTestCase) -> None:
    """Empty every table a test may have committed to, then put back what the migrations had seeded."""
    connections["default"].close()
    with _owner() as link:
        filled = [
            (sql.Identifier(table), guarded)
            for table, guarded in link.execute(
                "select relname, exists (select 1 from pg_trigger where tgrelid = c.oid and tgtype & 32 > 0)"
                " from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'"
                " and pg_relation_size(oid) > 0 and relname <> all (%s)",
                (list(KEPT),),
            )
        ]
        if not filled:
            return
        guards = [table for table, guarded in filled if guarded]
        for table in guards:
            link.execute(sql.SQL("alter table {} disable trigger user").format(table))
        tables = sql.SQL(", ").join(table for table, _ in filled)
        link.execute(sql.SQL("truncate {} restart identity cascade").format(tables))
        for name, rows in _seeded.items():
            with link.cursor().copy(sql.SQL("copy {} from stdin").format(sql.Identifier(name))) as copy:
                copy.write(rows)
        for table in guards:
            link.execute(sql.SQL("alter table {} enable trigger user").format(table))


# The application role may not TRUNCATE, so Django's own flush would be refused.
TransactionTestCase._fixture_teardown = empty_as_owner


def _owner() -> psycopg.Connection[Any]:
    return psycopg.connect(**connections["owner"].get_connection_params())


def _remember() -> dict[str, bytes]:
    """The rows that migrations wrote, table by table in the order of making."""
    with _owner() as link:
        tables = link.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
            " and pg_relation_size(oid) > 0 and relname <> all (%s) order by oid",
            (list(KEPT),),
        ).fetchall()
        rows = {}
        for (name,) in tables:
            with link.cursor().copy(sql.SQL("copy {} to stdout").format(sql.Identifier(name))) as copy:
                rows[name] = b"".join(bytes(part) for part in copy)
        return rows


def _again(maker: str, name: str) -> None:
    _drop(maker, name)
    with psycopg.connect(maker, autocommit=True) as link:
        link.execute(sql.SQL("create database {}").format(sql.Identifier(name)))


def _drop(maker: str, name: str) -> None:
    with psycopg.connect(maker, autocommit=True) as link:
        link.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))
