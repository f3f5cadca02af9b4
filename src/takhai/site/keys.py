"""The keys of persons' secrets, for all tables of the house that hold something sealed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from takhai.platform import rotation, secrets
from takhai.platform.rotation import Follower, Progress, SealedTable
from takhai.registry.sealed import SEALED as REGISTRY
from takhai.screening.sealed import SEALED as SCREENING

# Who is paid repeats the index of a number or an account, and moves with it.
PAID: Final = (Follower(table="transfer", idx="payee_idx"),)
SEALED: Final[tuple[SealedTable, ...]] = (
    *(replace(table, followers=PAID) for table in REGISTRY),
    *SCREENING,
)
BY: Final = "takhai keys"


def ready() -> None:
    """Make the keys of a database that holds nothing sealed, else prove that ours are the right ones."""
    secrets.establish(allow_create=not rotation.any_sealed(tables=SEALED), by=BY)


def rotate() -> Iterator[Progress]:
    """Change the keys while the site works; iterate to the end."""
    return rotation.rotate(tables=SEALED, by=BY)
