"""One embedded server: started by whoever needs it first, stopped by whoever needs it last.

Alive means that a connection succeeds, never that a process id exists. Everything that starts,
stops or cleans up happens under one file lock; every process that uses the server holds a second
lock shared, so the kernel forgets a user that was killed.
"""

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psycopg
from psycopg.pq import PGconn, Ping

from takhai.platform import home
from takhai.platform.problems import Refusal
from takhai.site.embedded import binaries, cluster, identity, processes
from takhai.site.embedded.places import APP, PORT, Places
from takhai.site.embedded.processes import Holder

PATIENCE: Final = 60.0
RECOVERY_PATIENCE: Final = 600.0
SETTINGS: Final[Mapping[str, str]] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "512MB",
    "work_mem": "64MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "wal_level": "replica",
    "jit": "off",
    "timezone": "Asia/Bangkok",
    "log_timezone": "Asia/Bangkok",
    # Nothing personal in the server's log: no statement, no parameter, no detail of a row, and no error
    # of a session at all, since "invalid input syntax" quotes the input.
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
}
_MOMENT: Final = 0.02
_BREATH: Final = 0.25
_TRIES: Final = 20
_LONGEST_LOG: Final = 16 * 1024 * 1024


# A server may outlive the command that started it; its handle is kept so that dropping it is no error.
_STARTED: Final[list[subprocess.Popen[bytes]]] = []


@dataclass(frozen=True, slots=True)
class Server:
    """The server of one home. ``extra_settings`` go on its command line, after ours."""

    places: Places
    extra_settings: Mapping[str, str] = field(default_factory=dict)
    patience: float = PATIENCE

    @contextlib.contextmanager
    def using(self) -> Iterator[None]:
        """Hold the server up for as long as the block runs; the last user stops it."""
        users = self._join()
        try:
            yield
        finally:
            self._leave(users)

    def ensure(self) -> None:
        """Start the server if nobody answers. It stays up until its last user leaves."""
        with self._starting():
            self._ensure()

    def stop(self) -> None:
        """Stop the server unless somebody is using it."""
        with self._starting():
            handle = self._open(self.places.users_lock)
            try:
                if not _alone(handle):
                    raise Refusal("server_in_use")
                self._stop()
            finally:
                os.close(handle)

    def alive(self) -> bool:
        """Whether a connection succeeds now."""
        return self._ping() is Ping.OK and self._connects()

    def _join(self) -> int:
        with self._starting():
            users = self._open(self.places.users_lock)
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                self._ensure()
            except BaseException:
                os.close(users)
                raise
            return users

    def _leave(self, users: int) -> None:
        with self._starting():
            last = _alone(users)
            os.close(users)
            if last:
                self._stop()

    def _ensure(self) -> None:
        deadline = time.monotonic() + self.patience
        tries = 0
        while not self._answers(deadline=deadline):
            if tries == _TRIES or time.monotonic() > deadline:
                raise Refusal("server_did_not_start", seconds=int(self.patience))
            if self._clear(deadline=deadline) and not self._start(deadline=deadline):
                # Shared memory of a postmaster just killed refuses a new one for a moment.
                tries += 1
                time.sleep(_BREATH)
        if not self._connects():
            cluster.prepare(places=self.places)

    def _answers(self, *, deadline: float) -> bool:
        """Whether the server takes connections; one that recovers or is closing is waited for."""
        patience = deadline + RECOVERY_PATIENCE - self.patience
        while (state := self._ping()) is Ping.REJECT:
            if time.monotonic() > patience:
                raise Refusal("server_stuck", pid=self._pid() or 0)
            time.sleep(_MOMENT)
        return state is Ping.OK

    def _clear(self, *, deadline: float) -> bool:
        """Wait for a postmaster that is dying and remove what a dead one left; whether a start is free."""
        pid = self._pid()
        while pid is not None and processes.holder(pid=pid, data=self.places.data) is Holder.OURS:
            if self._ping() is not Ping.NO_RESPONSE:
                return False
            if time.monotonic() > deadline:
                raise Refusal("server_stuck", pid=pid)
            time.sleep(_MOMENT)
        if self.places.data.exists():
            processes.end_orphans(data=self.places.data)
        for left in (self.places.pid_file, self.places.socket, self.places.socket_lock):
            left.unlink(missing_ok=True)
        return True

    def _start(self, *, deadline: float) -> bool:
        """Start one postmaster; False when it ended at once."""
        for needed in (self.places.home, self.places.log.parent, self.places.run_pid.parent):
            home.private(needed)
        programs = binaries.folder()
        who = identity.choose(places=self.places, binaries=programs)
        with self._log() as log:
            if not self.places.data.exists():
                cluster.create(places=self.places, identity=who, programs=programs, log=log)
            self._make_socket_folder(who)
            child = who.popen(self._command(programs), output=log, environment=cluster.ENVIRONMENT)
        home.write_private(self.places.run_pid, f"{child.pid}\n".encode())
        while self._ping() is Ping.NO_RESPONSE:
            if child.poll() is not None:
                return False
            if time.monotonic() > deadline:
                raise Refusal("server_did_not_start", seconds=int(self.patience))
            time.sleep(_MOMENT)
        _STARTED.append(child)
        return True

    def _command(self, programs: Path) -> list[str]:
        own = {"unix_socket_directories": str(self.places.socket_folder), "port": str(PORT)}
        settings = {**SETTINGS, **own, **self.extra_settings}
        switches = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [str(programs / "postgres"), "-D", str(self.places.data), *switches]

    def _stop(self) -> None:
        """Ask for a fast shutdown and wait until the process is gone, reaped if it was our child."""
        pid = self._pid()
        if pid is None or processes.holder(pid=pid, data=self.places.data) is not Holder.OURS:
            return
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + RECOVERY_PATIENCE
        while processes.holder(pid=pid, data=self.places.data) is Holder.OURS:
            if time.monotonic() > deadline:
                raise Refusal("server_stuck", pid=pid)
            time.sleep(_MOMENT)
        self.places.run_pid.unlink(missing_ok=True)

    def _pid(self) -> int | None:
        return processes.postmaster(pid_file=self.places.pid_file)

    def _ping(self) -> Ping:
        return Ping(PGconn.ping(f"{self.places.url(role=APP)}&connect_timeout=5".encode()))

    def _connects(self) -> bool:
        try:
            psycopg.connect(self.places.url(role=APP), connect_timeout=10).close()
        except psycopg.OperationalError:
            return False
        return True

    def _make_socket_folder(self, who: identity.Identity) -> None:
        folder = self.places.socket_folder
        home.private(folder)
        facts = folder.lstat()
        if folder.is_symlink() or facts.st_uid not in (os.geteuid(), who.uid) or facts.st_mode & 0o077:
            raise Refusal("socket_folder_unsafe", folder=str(folder))
        who.own(folder)

    @contextlib.contextmanager
    def _starting(self) -> Iterator[None]:
        handle = self._open(self.places.start_lock)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _open(self, lock: Path) -> int:
        home.private(lock.parent)
        return os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @contextlib.contextmanager
    def _log(self) -> Iterator[int]:
        """The server's log, begun anew when it has grown long."""
        longest = self.places.log.exists() and self.places.log.stat().st_size > _LONGEST_LOG
        fresh = os.O_TRUNC if longest else 0
        handle = os.open(
            self.places.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | fresh, 0o600
        )
        try:
            yield handle
        finally:
            os.close(handle)


def _alone(handle: int) -> bool:
    """Whether no other process shares this lock."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
