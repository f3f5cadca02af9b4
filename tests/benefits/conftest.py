"""A town of pupils for every test of benefits that touches the database."""

import pytest

from tests.benefits.town import Town


@pytest.fixture
def town(db: None) -> Town:
    return Town()
