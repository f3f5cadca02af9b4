"""Schools for every test of the classroom that touches the database."""

from pathlib import Path

import pytest

from takhai.platform import secrets
from tests.classroom.school import School


@pytest.fixture
def school(db: None, tmp_path: Path) -> School:
    secrets.establish(allow_create=True, by="test")
    return School(folder=tmp_path)
