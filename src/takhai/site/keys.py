"""The keys of persons' secrets, for all tables of the house that hold something sealed."""

from collections.abc import Iterator
from typing import Final

from takhai.platform import rotation, secrets
from takhai.platform.rotation import Progress, SealedTable
from takhai.registry.sealed import SEALED as REGISTRY

SEALED: Final[tuple[SealedTable, ...]] = REGISTRY
BY: Final = "takhai keys"


def ready() -> None:
    """Make the keys of a database that holds nothing sealed, else prove that ours are the right ones."""
    secrets.establish(allow_create=not rotation.any_sealed(tables=SEALED), by=BY)


def rotate() -> Iterator[Progress]:
    """Change the keys while the site works; iterate to the end."""
    return rotation.rotate(tables=SEALED, by=BY)
