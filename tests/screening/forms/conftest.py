"""An office for every test of forms that touches the database."""

from pathlib import Path

import pytest

from takhai.platform import secrets
from tests.screening.forms.office import Office


@pytest.fixture
def office(db: None, tmp_path: Path) -> Office:
    secrets.establish(allow_create=True, by="test")
    return Office(root=tmp_path)
