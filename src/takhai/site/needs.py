"""Gives a command what it needs before it runs, from nothing to a database that is up to date."""

import contextlib
import os
from collections.abc import Iterator

import django

from takhai.site import database, embedded
from takhai.site.mounts import Needs


@contextlib.contextmanager
def given(needs: Needs) -> Iterator[None]:
    """Inside the block the needs are met; the embedded server stops with its last user."""
    if needs is Needs.NOTHING:
        yield
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "takhai.site.settings"
    if needs is Needs.DJANGO:
        django.setup()
        yield
        return
    with embedded.using() as urls:
        database.verify(url=urls.app)
        django.setup()
        try:
            if needs is Needs.TABLES:
                _bring_up_to_date()
            yield
        finally:
            _hang_up()


def _bring_up_to_date() -> None:
    from takhai.site import keys, migrations  # noqa: PLC0415 - models exist only after django.setup()

    if migrations.pending():
        migrations.migrate()
    keys.ready()


def _hang_up() -> None:
    from django.db import connections  # noqa: PLC0415 - reads the settings

    connections.close_all()
