"""After any kill the next start recovers, nothing committed is lost, and nobody else is touched."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest

from takhai.platform.problems import Refusal
from takhai.site.embedded import places, processes
from takhai.site.embedded.processes import Holder
from takhai.site.embedded.server import Server
from tests.site.embedded.conftest import commit_rows, count, kill_tree, living, postmaster, wait_until

ROWS = 50_000
USER = """
import sys, time
from pathlib import Path
from takhai.site.embedded import places
from takhai.site.embedded.server import Server
server = Server(places=places.of(Path(sys.argv[1])), extra_settings={"shared_buffers": "16MB"})
with server.using():
    print(server.places.pid_file.read_text().split()[0], flush=True)
    sys.stdin.read()
"""

# A parent that does not take leave of its dead child.
BEREAVED = """
import os, sys
child = os.fork()
if not child:
    os._exit(0)
print(child, flush=True)
sys.stdin.read()
"""


def user(server: Server) -> subprocess.Popen[str]:
    """Another process that uses the server until its input is closed."""
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(server.places.home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def leave(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=30)
    assert process.returncode == 0


def test_kill_9_of_everything_loses_no_committed_row(server: Server) -> None:
    server.ensure()
    commit_rows(server, ROWS)
    kill_tree(postmaster(server))
    assert not server.alive()
    with server.using():
        assert count(server) == ROWS


def test_kill_9_again_and_again_loses_no_committed_row(server: Server) -> None:
    for turn in range(1, 4):
        server.ensure()
        commit_rows(server, 1_000)
        kill_tree(postmaster(server))
        with server.using():
            assert count(server) == turn * 1_000


def test_kill_9_of_the_postmaster_alone_while_a_helper_works_recovers(server: Server) -> None:
    server.ensure()
    commit_rows(server, ROWS)
    killed = postmaster(server)
    busy = psycopg.connect(server.places.url(role=places.OWNER), autocommit=True)

    def work() -> None:
        with pytest.raises(psycopg.OperationalError):
            busy.execute("select count(*) from generate_series(1, 2000000000)")

    worker = threading.Thread(target=work)
    worker.start()
    wait_until(lambda: len(psutil.Process(killed).children()) >= 6)
    helpers = psutil.Process(killed).children()
    os.kill(killed, signal.SIGKILL)
    with server.using():
        assert count(server) == ROWS
        assert postmaster(server) != killed
        assert not any(living(helper) for helper in helpers)
    worker.join()
    busy.close()


def test_kill_9_of_a_command_and_all_below_it_leaves_a_server_that_the_next_one_takes_over(
    server: Server,
) -> None:
    command = user(server)
    pid = int(first_line(command))
    commit_rows(server, ROWS)
    assert pid in [child.pid for child in psutil.Process(command.pid).children(recursive=True)]
    kill_tree(command.pid)
    command.communicate()
    with server.using():
        assert count(server) == ROWS
    assert not server.alive()


def test_kill_9_of_a_command_alone_leaves_its_server_to_the_next_which_stops_it(server: Server) -> None:
    command = user(server)
    pid = int(first_line(command))
    command.kill()
    command.communicate()
    assert server.alive()
    with server.using():
        assert postmaster(server) == pid
    assert not server.alive()


def test_a_foreign_live_process_named_in_the_pid_file_is_left_alone(server: Server) -> None:
    with server.using():
        commit_rows(server, 10)
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        server.places.pid_file.write_text(f"{stranger.pid}\n{server.places.data}\n")
        with server.using():
            assert count(server) == 10
            assert postmaster(server) != stranger.pid
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("content", ["", "99999999\n", "-1\n", "\x00\xff"])
def test_a_pid_file_that_means_nothing_is_no_obstacle(server: Server, content: str) -> None:
    with server.using():
        commit_rows(server, 10)
    server.places.pid_file.write_text(content, "latin-1")
    with server.using():
        assert count(server) == 10


def test_a_dead_socket_and_its_lock_are_no_obstacle(server: Server) -> None:
    with server.using():
        commit_rows(server, 10)
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(str(server.places.socket))
    dead.close()
    server.places.socket_lock.write_text(f"{os.getpid()}\n")
    with server.using():
        assert count(server) == 10


def test_a_half_made_data_folder_is_made_anew(make: Callable[..., Server], tmp_path: Path) -> None:
    server = make(home=tmp_path / "home")
    half = server.places.home / "pg.new" / "data"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with server.using():
        commit_rows(server, 10)
        assert count(server) == 10
    assert not (server.places.home / "pg.new").exists()


def test_a_server_killed_before_its_roles_were_made_gets_them_at_the_next_use(
    make: Callable[..., Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = make(home=tmp_path / "home")

    def die(*, places: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("takhai.site.embedded.cluster.prepare", die)
        with pytest.raises(KeyboardInterrupt):
            server.ensure()
    with server.using():
        commit_rows(server, 10)
        assert count(server) == 10


def test_a_zombie_is_nobody(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", BEREAVED], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    dead = int(first_line(parent))
    wait_until(lambda: psutil.Process(dead).status() == psutil.STATUS_ZOMBIE)
    assert processes.holder(pid=dead, data=tmp_path) is Holder.NOBODY
    leave(parent)


def test_a_postmaster_of_another_home_is_foreign(make: Callable[..., Server]) -> None:
    one, other = make(), make()
    with one.using():
        pid = postmaster(one)
        assert processes.holder(pid=pid, data=one.places.data) is Holder.OURS
        assert processes.holder(pid=pid, data=other.places.data) is Holder.FOREIGN


def test_commands_that_start_at_once_share_one_server_and_the_last_stops_it(server: Server) -> None:
    commands = [user(server) for _ in range(3)]
    pids = {first_line(command) for command in commands}
    assert len(pids) == 1
    for command in commands[:2]:
        leave(command)
        assert server.alive()
    leave(commands[2])
    assert not server.alive()
    assert processes.holder(pid=int(pids.pop()), data=server.places.data) is Holder.NOBODY


def test_stopping_a_server_in_use_is_refused(server: Server) -> None:
    command = user(server)
    first_line(command)
    with pytest.raises(Refusal) as refused:
        server.stop()
    assert refused.value.name == "server_in_use"
    assert server.alive()
    leave(command)


def test_stopping_what_does_not_run_is_no_error(server: Server) -> None:
    server.stop()
    server.ensure()
    server.stop()
    assert not server.alive()
    server.stop()


def test_an_error_inside_a_command_still_stops_the_server(server: Server) -> None:
    with pytest.raises(ZeroDivisionError), server.using():
        raise ZeroDivisionError
    assert not server.alive()


def test_a_server_that_cannot_start_is_one_sentence(make: Callable[..., Server]) -> None:
    server = make(patience=2.0, max_connections="no number")
    with pytest.raises(Refusal) as refused:
        server.ensure()
    assert refused.value.name == "server_did_not_start"
