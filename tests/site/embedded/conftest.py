"""A server of its own for a test, in a home that is thrown away."""

import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from takhai.site.embedded import places, processes
from takhai.site.embedded.server import Server

SMALL = {"shared_buffers": "16MB", "max_connections": "20"}


@pytest.fixture(scope="session")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose server was made and stopped: copying it is ten times cheaper than making one."""
    server = Server(places=places.of(tmp_path_factory.mktemp("stopped")), extra_settings=SMALL)
    with server.using():
        return server.places.home


@pytest.fixture
def make(stopped: Path) -> Iterator[Callable[..., Server]]:
    """Makes servers in homes of their own; whatever still runs at the end is stopped."""
    made: list[Server] = []

    def make(*, home: Path | None = None, patience: float = 60.0, **settings: str) -> Server:
        folder = home or Path(tempfile.mkdtemp(prefix="takhai-server-"))
        if home is None:
            shutil.copytree(stopped, folder, dirs_exist_ok=True)
        server = Server(places=places.of(folder), extra_settings={**SMALL, **settings}, patience=patience)
        made.append(server)
        return server

    yield make
    for server in made:
        pid = processes.postmaster(pid_file=server.places.pid_file)
        if pid is not None and processes.holder(pid=pid, data=server.places.data) is processes.Holder.OURS:
            kill_tree(pid)
        shutil.rmtree(server.places.home, ignore_errors=True)
        shutil.rmtree(server.places.socket_folder, ignore_errors=True)


@pytest.fixture
def server(make: Callable[..., Server]) -> Server:
    return make()


def kill_tree(pid: int) -> None:
    """``kill -9`` of a process and all below it, none of them asked first."""
    parent = psutil.Process(pid)
    family = [*parent.children(recursive=True), parent]
    for process in family:
        try:
            process.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
    wait_until(lambda: not any(living(process) for process in family))
    processes.reap(pid)


def living(process: psutil.Process) -> bool:
    """Whether it still runs; a zombie that nobody takes leave of does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def postmaster(server: Server) -> int:
    pid = processes.postmaster(pid_file=server.places.pid_file)
    assert pid is not None
    return pid


def count(server: Server) -> int:
    with psycopg.connect(server.places.url(role=places.OWNER)) as link:
        row = link.execute("select count(*) from kept").fetchone()
        assert row is not None
        return int(row[0])


def commit_rows(server: Server, rows: int) -> None:
    with psycopg.connect(server.places.url(role=places.OWNER)) as link:
        link.execute("create table if not exists kept (n int)")
        link.execute("insert into kept select generate_series(1, %s)", (rows,))


def wait_until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
