"""Keys and a small world of schools for every test of the registry that touches the database."""

from pathlib import Path

import pytest

from takhai.platform import secrets
from tests.registry.world import World


@pytest.fixture
def keys(request: pytest.FixtureRequest) -> None:
    """Keys for numbers, as a fresh installation makes them."""
    if "transactional_db" not in request.fixturenames:
        request.getfixturevalue("db")
    secrets.establish(allow_create=True, by="test")


@pytest.fixture
def world(keys: None, tmp_path: Path) -> World:
    """Areas and schools of province 81, loaded; and a folder to write register files into."""
    made = World(root=tmp_path)
    made.load_places()
    return made
