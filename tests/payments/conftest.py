"""A till for every test of payments, and the mutants that its hardest tests must notice."""

from pathlib import Path

import psycopg
import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from takhai.platform import secrets
from tests.payments.till import Till

MUTANTS = ("drop-live-index", "async-commit")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--mutant",
        choices=MUTANTS,
        help="take one wall away; tests of payments must fail then: drop-live-index or async-commit",
    )


@pytest.fixture(scope="session")
def mutant(request: pytest.FixtureRequest) -> str | None:
    """The wall that was taken away for this run, if any."""
    said = request.config.getoption("mutant", default=None)
    return None if said is None else str(said)


@pytest.fixture(scope="session", autouse=True)
def wall_taken_away(
    request: pytest.FixtureRequest, mutant: str | None, django_db_blocker: DjangoDbBlocker
) -> None:
    if mutant != "drop-live-index":
        return
    request.getfixturevalue("django_db_setup")
    with (
        django_db_blocker.unblock(),
        psycopg.connect(**connections["owner"].get_connection_params()) as link,
    ):
        link.execute("DROP INDEX one_live_payment")


@pytest.fixture
def till(db: None, tmp_path: Path) -> Till:
    secrets.establish(allow_create=True, by="test")
    return Till(root=tmp_path)
