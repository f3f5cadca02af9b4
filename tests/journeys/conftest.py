from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.house import House


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A round of 600 pupils that has gone all the way by the command line; only to be read."""
    root = tmp_path_factory.mktemp("finished")
    house = House(home=root / "home", files=root / "files")
    house.write_files(pupils=600, seed=7)
    house.finish()
    yield house
    house.kill()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An empty house."""
    new = House(home=tmp_path / "home", files=tmp_path / "files")
    yield new
    new.kill()
