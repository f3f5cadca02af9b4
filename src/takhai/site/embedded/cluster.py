"""Making the data folder once, with its roles and its database."""

import os
import secrets
import shutil
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from takhai.platform import home
from takhai.platform.problems import Refusal
from takhai.site.embedded.identity import Identity
from takhai.site.embedded.places import APP, DATABASE, OWNER, ROOT, Places

ENVIRONMENT: Final = {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}


def create(*, places: Places, identity: Identity, programs: Path, log: int) -> None:
    """Run ``initdb`` beside the final place and move the whole folder there, so it is never half made."""
    passwords = _passwords(places)
    draft = places.home / "pg.new"
    shutil.rmtree(draft, ignore_errors=True)
    home.private(draft)
    secret = draft / "password"
    home.write_private(secret, passwords[ROOT].encode())
    for path in (draft, secret):
        identity.own(path)
    made = identity.popen(
        [
            str(programs / "initdb"),
            f"--pgdata={draft / 'data'}",
            f"--username={ROOT}",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
        ],
        output=log,
        environment=ENVIRONMENT,
    )
    if made.wait() != 0:
        shutil.rmtree(draft)
        raise Refusal("server_did_not_start", seconds=0)
    (draft / "data").rename(places.data)
    shutil.rmtree(draft)


def prepare(*, places: Places) -> None:
    """Roles and database; does nothing where they are there already.

    The owner may make databases, because tests make their own; neither role is a superuser.
    """
    passwords = _passwords(places)
    try:
        link = psycopg.connect(
            places.url(role=ROOT, database="postgres"), autocommit=True, connect_timeout=10
        )
    except psycopg.OperationalError:
        raise Refusal("server_password_missing") from None
    with link:
        roles = {name for (name,) in link.execute("select rolname from pg_roles")}
        for role, gift in ((OWNER, sql.SQL("createdb")), (APP, sql.SQL("nocreatedb"))):
            if role not in roles:
                link.execute(
                    sql.SQL("create role {} login nosuperuser nocreaterole {} password {}").format(
                        sql.Identifier(role), gift, sql.Literal(passwords[role])
                    )
                )
        if link.execute("select 1 from pg_database where datname = %s", (DATABASE,)).fetchone() is None:
            link.execute(
                sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )


def _passwords(places: Places) -> dict[str, str]:
    """Role to password from the pgpass file, which is made only while there is no data folder."""
    if not places.pgpass.exists():
        if places.data.exists():
            raise Refusal("server_password_missing")
        lines = [f"*:*:*:{role}:{secrets.token_urlsafe(32)}\n" for role in (ROOT, OWNER, APP)]
        home.private(places.pgpass.parent)
        home.create_private(places.pgpass, "".join(lines).encode())
    fields = [line.split(":") for line in places.pgpass.read_text("ascii").splitlines()]
    known = {field[3]: field[4] for field in fields if len(field) == 5}
    if not {ROOT, OWNER, APP} <= known.keys():
        raise Refusal("server_password_missing")
    return known
