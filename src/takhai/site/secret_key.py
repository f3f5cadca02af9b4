"""Django's own secret: random, made on first use, kept with the other keys."""

import secrets

from takhai.platform import home


def read() -> str:
    """The secret of this home; two processes that start at once agree on one."""
    file = home.folder("keys") / "django_secret"
    if not file.exists():
        home.create_private(file, secrets.token_urlsafe(64).encode())
    return file.read_text("ascii")
