"""As whom the server runs: never as root."""

import os
import pwd
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from takhai.platform.problems import Refusal
from takhai.site.embedded import binaries, identity, places
from takhai.site.embedded.identity import Identity
from takhai.site.embedded.server import Server
from tests.site.embedded.conftest import commit_rows, count, postmaster

ROOT = os.geteuid() == 0


@pytest.fixture
def no_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that refuses user namespaces, as some containers do."""
    monkeypatch.setattr(identity, "_namespace", lambda: ())


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may pass."""
    folder = Path(tempfile.mkdtemp(prefix="takhai-open-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_an_ordinary_user_runs_the_server_plainly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    assert identity.choose(places=places.of(tmp_path), binaries=binaries.folder()) == Identity()


def test_an_ordinary_user_is_told_that_the_folder_belongs_to_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pg").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    with pytest.raises(Refusal) as refused:
        identity.choose(places=places.of(tmp_path), binaries=binaries.folder())
    assert refused.value.name == "server_owner_differs"


def test_the_server_never_runs_as_root_to_itself(make: Callable[..., Server]) -> None:
    server = make()
    with server.using():
        lines = Path(f"/proc/{postmaster(server)}/uid_map").read_text().split()
        inside = int(lines[0]) if ROOT else os.geteuid()
        assert inside != 0


def test_root_without_namespaces_runs_the_server_as_nobody_in_an_open_folder(
    make: Callable[..., Server], no_namespaces: None, open_folder: Path
) -> None:
    server = make(home=open_folder / "home")
    with server.using():
        commit_rows(server, 10)
        owner = psutil.Process(postmaster(server)).username()
        assert owner == ("nobody" if ROOT else pwd.getpwuid(os.geteuid()).pw_name)
        assert stat.S_IMODE(server.places.data.stat().st_mode) == 0o700
        assert stat.S_IMODE(server.places.pgpass.parent.stat().st_mode) == 0o700
    with server.using():
        assert count(server) == 10


def test_a_folder_made_by_nobody_stays_with_nobody_where_namespaces_work_again(
    make: Callable[..., Server], monkeypatch: pytest.MonkeyPatch, open_folder: Path
) -> None:
    server = make(home=open_folder / "home")
    with monkeypatch.context() as patch:
        patch.setattr(identity, "_namespace", lambda: ())
        with server.using():
            commit_rows(server, 10)
    with server.using():
        assert count(server) == 10


def test_root_without_namespaces_in_a_closed_folder_is_told_which(
    monkeypatch: pytest.MonkeyPatch, no_namespaces: None, open_folder: Path
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    (closed / "home" / "run").mkdir(parents=True)
    with pytest.raises(Refusal) as refused:
        identity.choose(places=places.of(closed / "home"), binaries=binaries.folder())
    assert refused.value.name == "server_root_only"
    assert str(closed) in refused.value.th
    assert str(closed) in refused.value.en


def test_the_folders_above_ours_are_never_opened(
    monkeypatch: pytest.MonkeyPatch, no_namespaces: None, open_folder: Path
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    (closed / "home" / "run").mkdir(parents=True)
    with pytest.raises(Refusal):
        identity.choose(places=places.of(closed / "home"), binaries=binaries.folder())
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_no_unshare_program_means_no_namespace(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert identity._namespace() == ()
    refusing = tmp_path / "unshare"
    refusing.write_text("#!/bin/sh\nexit 1\n")
    refusing.chmod(0o755)
    assert identity._namespace() == ()


def test_missing_programs_are_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "find_spec", lambda name: None)
    with pytest.raises(Refusal) as refused:
        binaries.folder()
    assert refused.value.name == "server_binaries_missing"
