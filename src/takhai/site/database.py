"""The database as Django sees it, and what we ask of a server before we trust it with money."""

from collections.abc import Mapping
from typing import Any, Final, cast

import psycopg
from psycopg.conninfo import conninfo_to_dict

from takhai.platform.problems import Refusal

OLDEST: Final = 18
DURABLE: Final = ("fsync", "synchronous_commit", "full_page_writes")


def django(*, url: str, max_age: int = 0) -> dict[str, Any]:
    """The entry of ``DATABASES`` for an address."""
    try:
        parts: Mapping[str, Any] = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise Refusal("database_url_unreadable") from None
    own = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{name: str(parts.get(key) or "") for key, name in own.items()},
        "CONN_MAX_AGE": max_age,
        "CONN_HEALTH_CHECKS": bool(max_age),
        "OPTIONS": {key: value for key, value in parts.items() if key not in own},
    }


def verify(*, url: str) -> None:
    """Refuse a server that is too old, or one that could forget what it has acknowledged."""
    try:
        with psycopg.connect(url, connect_timeout=10, autocommit=True) as link:
            version = link.info.server_version // 10_000
            if version < OLDEST:
                raise Refusal("server_too_old", version=version, oldest=OLDEST)
            off = [name for name in DURABLE if _setting(link, name) == "off"]
    except psycopg.OperationalError:
        raise Refusal("database_unreachable") from None
    if off:
        raise Refusal("server_not_durable", settings=", ".join(off))


def _setting(link: psycopg.Connection[Any], name: str) -> str:
    row = link.execute("select current_setting(%s)", (name,)).fetchone()
    return cast(str, row[0]) if row else ""
