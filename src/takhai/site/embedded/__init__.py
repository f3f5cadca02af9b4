"""The embedded PostgreSQL of this home.

``using()`` for a command, ``ensure()`` to leave it running, ``stop()`` to end it. Where
``DATABASE_URL`` (and ``DATABASE_OWNER_URL``) name a real server, none of them does anything.

An address is a libpq URL. The embedded server's holds no password: it names a pgpass file of mode
0600, so that neither settings nor a log line can give one away.
"""

import contextlib
import os
from collections.abc import Iterator

from takhai.platform import home
from takhai.site.embedded import places
from takhai.site.embedded.places import Urls
from takhai.site.embedded.server import Server


def server() -> Server | None:
    """The server of this home, or None when a real one was given."""
    return None if os.environ.get("DATABASE_URL") else Server(places=places.of(home.path()))


def urls() -> Urls:
    """The two addresses; the embedded server need not be running, nor exist, to know them."""
    given = os.environ.get("DATABASE_URL")
    if given:
        return Urls(owner=os.environ.get("DATABASE_OWNER_URL") or None, app=given)
    where = places.of(home.path())
    return Urls(owner=where.url(role=places.OWNER), app=where.url(role=places.APP))


@contextlib.contextmanager
def using() -> Iterator[Urls]:
    """The database is up inside the block."""
    ours = server()
    with ours.using() if ours else contextlib.nullcontext():
        yield urls()


def ensure() -> Urls:
    """The database is up, until the last command that uses it ends."""
    ours = server()
    if ours:
        ours.ensure()
    return urls()


def stop() -> None:
    """End the embedded server; refused while a command uses it."""
    ours = server()
    if ours:
        ours.stop()
