"""A home whose database is up to date, and ``takhai`` run in it as a user would."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TAKHAI = Path(sys.executable).with_name("takhai")


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home; commands leave its server stopped."""
    place = tmp_path_factory.mktemp("place")
    done = run("db", "migrate", place=place)
    assert done.returncode == 0, done.stderr
    return place


def environment(place: Path, **more: str) -> dict[str, str]:
    """What a user's shell would hand over: nothing of the test run but the home."""
    ours = ("DATABASE_", "DJANGO_", "PYTEST_", "COV_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "TAKHAI_HOME": str(place), **more}


def run(*words: str, place: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """``takhai`` with these words, to its end."""
    return subprocess.run(
        [TAKHAI, *words], env=environment(place, **more), capture_output=True, text=True, check=False
    )
