"""A hall for every test of screening that touches the database."""

from pathlib import Path

import pytest

from takhai.platform import secrets
from tests.screening.hall import Hall


@pytest.fixture
def hall(db: None, tmp_path: Path) -> Hall:
    secrets.establish(allow_create=True, by="test")
    return Hall(root=tmp_path)
