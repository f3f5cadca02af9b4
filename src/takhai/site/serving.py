"""``takhai serve``: one site for one home, in the foreground, gone without a trace when it is told to stop.

granian lets a second process bind the same port in silence, so a lock and a test of the port come first.
"""

import contextlib
import fcntl
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from takhai.platform import home
from takhai.platform.problems import Refusal
from takhai.site import leftovers, needs
from takhai.site.mounts import Needs

HOST: Final = "127.0.0.1"
_START: Final = 60.0
_STOP: Final = 10.0
_MOMENT: Final = 0.05
_BREATH: Final = 0.5


def serve(*, port: int, say: Callable[[str], object]) -> None:
    """Serve until a signal ends it. ``say`` is told the address once the site answers."""
    address = f"http://{HOST}:{port}/"
    record = home.folder("run") / "serve.json"
    with _only_one(record):
        leftovers.end(leftovers.read(record)[1])
        _test_port(port)
        with needs.given(Needs.TABLES), _web(port) as web:
            _wait_for_answer(web, port)
            leftovers.write(record, address=address, processes=leftovers.family(web.pid))
            say(address)
            _watch(web, record, address)


@contextlib.contextmanager
def _only_one(record: Path) -> Iterator[None]:
    """Hold the home's lock. The kernel drops it with us, however we end; children do not inherit it."""
    lock = os.open(record.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise Refusal("already_serving", address=leftovers.read(record)[0] or HOST) from None
    try:
        yield
    finally:
        record.unlink(missing_ok=True)
        os.close(lock)


def _test_port(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except OSError:
            raise Refusal("port_taken", port=port) from None


@contextlib.contextmanager
def _web(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The web server in a session of its own, so that Ctrl-C reaches us alone and we end it in order."""
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)),
        *("--workers", "2", "--blocking-threads", "2", "--no-ws", "--log-level", "warning"),
        "takhai.site.wsgi:application",
    ]
    log = os.open(
        home.folder("log") / "web.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600
    )
    try:
        web = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    finally:
        os.close(log)
    try:
        yield web
    finally:
        members = leftovers.family(web.pid)
        web.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            web.wait(timeout=_STOP)
        leftovers.end(members)
        web.wait()


def _wait_for_answer(web: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START
    while web.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(_MOMENT)
    raise Refusal("web_did_not_start")


def _watch(web: subprocess.Popen[bytes], record: Path, address: str) -> None:
    """Stay until the web server ends by itself, which it should not; write down who runs by now."""
    known = leftovers.read(record)[1]
    while web.poll() is None:
        now = leftovers.family(web.pid)
        if now and now != known:
            leftovers.write(record, address=address, processes=now)
            known = now
        time.sleep(_BREATH)
    raise Refusal("web_ended", status=web.returncode)
