"""``takhai serve``: one site for one home; nothing is left behind, nothing is doubled, nobody else is ended."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from takhai.site import leftovers, serving
from tests.site.conftest import TAKHAI, environment

SECONDS = 60.0


@pytest.fixture
def serve(place: Path) -> Iterator[Callable[[int], subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def serve(port: int) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [TAKHAI, "serve", "--port", str(port)],
            env=environment(place),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield serve
    for process in started:
        process.kill()
        process.communicate()
    for process in of_home(place):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    wait_until(lambda: not of_home(place))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        link.request("GET", "/")
        return link.getresponse().status > 0
    except OSError:
        return False
    finally:
        link.close()


def of_home(place: Path) -> list[psutil.Process]:
    """Every living process of this home: site, workers, database."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            mine = process.environ().get("TAKHAI_HOME") == str(place) or str(place) in " ".join(
                process.cmdline()
            )
            if mine and process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def listeners(port: int) -> set[int]:
    return {
        link.pid
        for link in psutil.net_connections("inet4")
        if link.pid and link.status == psutil.CONN_LISTEN and link.laddr.port == port
    }


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_everything_cleanly(
    place: Path, serve: Callable[[int], subprocess.Popen[str]], number: signal.Signals
) -> None:
    port = free_port()
    site = serve(port)
    assert f"http://127.0.0.1:{port}/" in first_line(site)
    assert answers(port)
    assert len(of_home(place)) > 3
    site.send_signal(number)
    _, error = site.communicate(timeout=SECONDS)
    assert site.returncode == 0, error
    assert error == ""
    assert of_home(place) == []
    assert not answers(port)
    assert not (place / "run" / "serve.json").exists()


def test_a_second_serve_is_refused_and_told_where_the_first_is(
    serve: Callable[[int], subprocess.Popen[str]],
) -> None:
    port = free_port()
    first = serve(port)
    first_line(first)
    wait_until(lambda: len(listeners(port)) >= 1)
    before = {os.getsid(pid) for pid in listeners(port)}
    for wanted in (port, free_port()):
        second = serve(wanted)
        _, error = second.communicate(timeout=SECONDS)
        assert second.returncode == 2
        assert f"http://127.0.0.1:{port}/" in error
        assert "8031" in error
    assert {os.getsid(pid) for pid in listeners(port)} == before
    assert len(before) == 1
    assert answers(port)


def test_a_site_left_behind_by_kill_9_is_found_ended_and_never_doubled(
    place: Path, serve: Callable[[int], subprocess.Popen[str]]
) -> None:
    port = free_port()
    first = serve(port)
    first_line(first)
    orphans = listeners(port)
    first.kill()
    first.communicate()
    assert answers(port)
    second = serve(port)
    assert str(port) in first_line(second)
    assert orphans
    assert not orphans & listeners(port)
    assert answers(port)
    second.terminate()
    second.communicate(timeout=SECONDS)
    assert of_home(place) == []


def test_after_kill_9_of_everything_the_next_serve_comes_up(
    place: Path, serve: Callable[[int], subprocess.Popen[str]]
) -> None:
    port = free_port()
    first = serve(port)
    first_line(first)
    for process in of_home(place):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    first.communicate()
    wait_until(lambda: not of_home(place))
    second = serve(port)
    assert str(port) in first_line(second)
    assert answers(port)


def test_a_port_that_another_program_uses_is_refused(serve: Callable[[int], subprocess.Popen[str]]) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        site = serve(other.getsockname()[1])
        _, error = site.communicate(timeout=SECONDS)
    assert site.returncode == 2
    assert "8030" in error


def test_web_workers_that_die_end_the_site_with_a_sentence(
    place: Path, serve: Callable[[int], subprocess.Popen[str]]
) -> None:
    site = serve(free_port())
    first_line(site)
    _, recorded = leftovers.read(place / "run" / "serve.json")
    for process in recorded:
        os.kill(process.pid, signal.SIGKILL)
    _, error = site.communicate(timeout=SECONDS)
    assert site.returncode == 1
    assert "8033" in error
    assert of_home(place) == []


def test_a_free_port_passes_the_test_of_the_port() -> None:
    serving._test_port(free_port())
