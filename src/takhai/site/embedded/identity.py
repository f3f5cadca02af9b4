"""As whom the server runs: PostgreSQL refuses root, so root needs a user namespace or ``nobody``."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from takhai.platform.problems import Refusal
from takhai.site.embedded.places import Places


@dataclass(frozen=True, slots=True)
class Identity:
    """``prefix`` goes before each command; ``uid`` and ``gid`` only when another user runs it."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def popen(
        self, command: Sequence[str], *, output: IO[bytes] | int, environment: Mapping[str, str]
    ) -> subprocess.Popen[bytes]:
        """Start a command of its own session, so that a terminal's Ctrl-C does not reach it."""
        other: dict[str, Any] = (
            {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}
        )
        return subprocess.Popen(
            [*self.prefix, *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd="/",
            start_new_session=True,
            **other,
        )

    def own(self, path: Path) -> None:
        """Hand a file or folder to the user that runs the server."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def choose(*, places: Places, binaries: Path) -> Identity:
    """The identity for this machine; a refusal names the folder that is closed."""
    made_by = places.data.stat().st_uid if places.data.exists() else None
    me = os.geteuid()
    if me != 0:
        if made_by not in (None, me):
            raise Refusal("server_owner_differs")
        return Identity()
    if made_by is None or made_by == 0:
        prefix = _namespace()
        if prefix:
            return Identity(prefix=prefix)
        if made_by == 0:
            raise Refusal("server_root_only", folder=str(places.home))
    account = pwd.getpwuid(made_by) if made_by else pwd.getpwnam("nobody")
    _open_way(places=places, binaries=binaries)
    return Identity(uid=account.pw_uid, gid=account.pw_gid)


def _namespace() -> tuple[str, ...]:
    """Root as an ordinary user inside a namespace of its own: no account, no open folder needed."""
    program = shutil.which("unshare")
    if program is None:
        return ()
    prefix = (program, "--user", "--map-user=1000", "--map-group=1000")
    tried = subprocess.run([*prefix, "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return prefix if tried.returncode == 0 else ()


def _open_way(*, places: Places, binaries: Path) -> None:
    """Our own folders are opened for passage (not for listing); those above are only asked."""
    for ours in (places.home, places.run_pid.parent):
        ours.chmod(ours.stat().st_mode | 0o111)
    for goal in (places.home, binaries, places.socket_folder.parent):
        for folder in (goal, *goal.parents):
            if folder.exists() and not folder.stat().st_mode & 0o001:
                raise Refusal("server_root_only", folder=str(folder))
