"""The two roles: the owner makes tables, the application fills them and can do no more."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import connection, connections

from takhai.platform.problems import Refusal
from takhai.site import migrations


@pytest.mark.django_db
def test_services_under_test_run_as_the_application_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, (select rolsuper from pg_roles where rolname = current_user)")
        assert cursor.fetchone() == (connections["default"].settings_dict["USER"], False)
    assert connections["default"].settings_dict["USER"] != connections["owner"].settings_dict["USER"]


@pytest.mark.django_db
def test_application_may_make_a_temporary_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("create temp table scratch (n int) on commit drop")
        cursor.execute("insert into scratch values (1)")
        cursor.execute("select n from scratch")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "create table public.sneaked (n int)",
        "drop table public.django_content_type",
        "alter table public.django_content_type add column sneaked int",
        "truncate public.django_content_type cascade",
        "create extension pg_visibility",
        "create schema sneaked",
        "create role sneaked",
    ],
)
def test_application_may_neither_make_nor_change_nor_empty_anything(statement: str) -> None:
    with connection.cursor() as cursor, pytest.raises(Exception, match=r"permission denied|must be owner"):
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("extension", migrations.EXTENSIONS)
def test_extensions_are_there(extension: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_extension where extname = %s", [extension])
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_a_privilege_taken_by_a_migration_is_not_given_back_by_the_next(
    owner_link: psycopg.Connection[Any],
) -> None:
    app = str(connections["default"].settings_dict["USER"])
    owner_link.execute("create table insert_only (n int)")
    owner_link.execute(f"revoke update, delete on insert_only from {app}")
    owner_link.commit()
    try:
        migrations.grant(link=owner_link, app=app)
        right = "select has_table_privilege(%s, 'insert_only', %s)"
        rights = {
            kind: owner_link.execute(right, (app, kind)).fetchone()
            for kind in ("insert", "select", "update", "delete")
        }
        assert rights == {"insert": (True,), "select": (True,), "update": (False,), "delete": (False,)}
    finally:
        owner_link.execute("drop table insert_only")


@pytest.mark.django_db
def test_migrating_with_one_role_for_both_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        connections["owner"].settings_dict, "USER", connections["default"].settings_dict["USER"]
    )
    with pytest.raises(Refusal) as refused:
        migrations.migrate()
    assert refused.value.name == "owner_url_missing"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_nothing_behind(turn: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from auth_group")
        assert cursor.fetchone() == (0,), turn
        cursor.execute("insert into auth_group (name) values ('left over')")


@pytest.mark.django_db
def test_nothing_is_pending_after_migrating() -> None:
    assert not migrations.pending()


@pytest.mark.django_db
def test_a_migration_that_was_not_run_is_pending() -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'platform'")
    assert migrations.pending()


@pytest.fixture
def scratch(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A database of the owner's beside the tests' own, which ``migrations`` takes for the only one."""
    params = connections["owner"].get_connection_params()
    with psycopg.connect(**params, autocommit=True) as link:
        link.execute("create database scratch")
    there = {**params, "dbname": "scratch"}
    owner = SimpleNamespace(get_connection_params=lambda: there)
    monkeypatch.setattr(migrations, "connections", Pretended(owner=owner))
    yield there
    with psycopg.connect(**params, autocommit=True) as link:
        link.execute("drop database scratch with (force)")


class Pretended(dict[str, Any]):
    def close_all(self) -> None:
        pass


def test_forgetting_drops_every_table_and_leaves_a_database_that_can_be_granted_anew(
    scratch: dict[str, Any],
) -> None:
    app = str(connections["default"].settings_dict["USER"])
    with psycopg.connect(**scratch) as link:
        migrations.grant(link=link, app=app)
        link.execute("create table kept (n int)")
        link.execute("create view seen as select n from kept")
        link.execute("insert into kept values (1)")
    migrations.forget()
    with psycopg.connect(**scratch) as link:
        assert link.execute(
            "select count(*) from pg_class where relnamespace = 'public'::regnamespace"
        ).fetchone() == (0,)
        migrations.grant(link=link, app=app)
        link.execute("create table kept (n int)")
        row = link.execute("select has_table_privilege(%s, 'kept', 'insert')", (app,)).fetchone()
        assert row == (True,)
