"""A small country, drawn once; a round of it for a test, and one that is finished for a module to read."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from country.__main__ import main as country
from takhai.platform import secrets
from tests.semester.chain import Chain
from tests.semester.office import Office


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What lies in the folder of a round before it begins."""
    root = tmp_path_factory.mktemp("country") / "files"
    assert country(["--out", str(root), "--round", "2563-2", "--pupils", "200", "--seed", "1"]) == 0
    return root


@pytest.fixture
def office(db: None, pristine: Path, tmp_path: Path) -> Office:
    """A round that has not begun."""
    secrets.establish(allow_create=True, by="test")
    return Office(root=Path(shutil.copytree(pristine, tmp_path / "round")))


@pytest.fixture(scope="module")
def finished_once(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    pristine: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Office]:
    with django_db_blocker.unblock(), transaction.atomic():
        secrets.establish(allow_create=True, by="test")
        root = tmp_path_factory.mktemp("finished") / "round"
        yield Office(root=Path(shutil.copytree(pristine, root))).finish()
        transaction.set_rollback(True)


@pytest.fixture
def finished(finished_once: Office) -> Iterator[Office]:
    """A finished round; what a test writes to the database is taken back.

    A module that uses it marks nothing with ``django_db``: that would close the session it lives in.
    """
    with transaction.atomic():
        yield finished_once
        transaction.set_rollback(True)


@pytest.fixture
def chain(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Chain:
    """A made-up semester in place of ours."""
    return Chain(monkeypatch=monkeypatch, root=tmp_path)
