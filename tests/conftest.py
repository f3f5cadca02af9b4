"""One embedded server for the whole run in a home of its own; one database for each worker.

Services run as the application role, exactly as in the product. Only migrations and the emptying
after tests that commit are done by the owner.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from hypothesis import HealthCheck, settings

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if not WORKER:
    os.environ["TAKHAI_HOME"] = tempfile.mkdtemp(prefix="takhai-test-")
os.environ["DJANGO_SETTINGS_MODULE"] = "takhai.site.settings"
django.setup()

# The two cores may be busy with other things: slowness is no failure, a wrong answer is.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

pytest_plugins = ("tests.databases",)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-docs", action="store_true", help="draw the pictures in docs/ anew")
    parser.addoption("--docs-home", metavar="DIR", help="a TAKHAI_HOME whose finished round they show")


def pytest_unconfigure() -> None:
    if not WORKER:
        shutil.rmtree(os.environ["TAKHAI_HOME"], ignore_errors=True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty TAKHAI_HOME for one test; its embedded server, if one was started, is stopped."""
    monkeypatch.setenv("TAKHAI_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    yield tmp_path / "home"
    from takhai.site import embedded

    embedded.stop()
