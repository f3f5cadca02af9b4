"""A small country, drawn once, and a round of it at the stage where a test begins."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from country.__main__ import main as country
from tests.semester.chain import Chain
from tests.semester.office import Office
from tests.semester.standing import DELIVERED, FINISHED, FRESH, LISTED, TAKEN_IN, Standing


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What lies in the folder of a round before it begins."""
    root = tmp_path_factory.mktemp("country") / "files"
    assert country(["--out", str(root), "--round", "2563-2", "--pupils", "200", "--seed", "1"]) == 0
    return root


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    pristine: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Standing]:
    """The round of a module.

    A module that uses it marks nothing with ``django_db``: that would close the session it lives in.
    """
    with django_db_blocker.unblock():
        made = Standing(pristine=pristine, root=tmp_path_factory.mktemp("standing") / "round")
        yield made
        made.forget()


@contextmanager
def begins(standing: Standing, stage: int, tmp_path: Path) -> Iterator[Office]:
    """A copy of the folder; what the test writes to the database is taken back."""
    root = Path(shutil.copytree(standing.at(stage), tmp_path / "round"))
    with transaction.atomic():
        yield Office(root=root)
        transaction.set_rollback(True)


@pytest.fixture
def office(standing: Standing, tmp_path: Path) -> Iterator[Office]:
    """A round that has not begun."""
    with begins(standing, FRESH, tmp_path) as office:
        yield office


@pytest.fixture
def taken_in(standing: Standing, tmp_path: Path) -> Iterator[Office]:
    """A round whose intake is closed and nothing else."""
    with begins(standing, TAKEN_IN, tmp_path) as office:
        yield office


@pytest.fixture
def listed(standing: Standing, tmp_path: Path) -> Iterator[Office]:
    """A round that waits for its approver."""
    with begins(standing, LISTED, tmp_path) as office:
        yield office


@pytest.fixture
def delivered(standing: Standing, tmp_path: Path) -> Iterator[Office]:
    """A round whose cash lies at the schools."""
    with begins(standing, DELIVERED, tmp_path) as office:
        yield office


@pytest.fixture
def finished(standing: Standing, tmp_path: Path) -> Iterator[Office]:
    """A round that has gone all the way."""
    with begins(standing, FINISHED, tmp_path) as office:
        yield office


@pytest.fixture
def chain(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Chain:
    """A made-up semester in place of ours."""
    return Chain(monkeypatch=monkeypatch, root=tmp_path)
