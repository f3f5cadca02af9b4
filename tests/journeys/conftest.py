from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.house import House
from tests.journeys.stages import OpenAt, Stages, walk


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


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """A round of 200 pupils, kept at every place where it waits; only to be copied."""
    return walk(tmp_path_factory.mktemp("stages"), seed=3)


@pytest.fixture
def at(stages: Stages, tmp_path: Path) -> Iterator[OpenAt]:
    """Opens a copy of that round at a place; its server is stopped afterwards, whatever happened."""
    opened: list[House] = []

    def open_at(place: str) -> House:
        opened.append(stages.at(place, tmp_path))
        return opened[-1]

    yield open_at
    for house in opened:
        house.kill()
