"""Where the parts of an embedded server lie; pure names, nothing is made or asked."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

ROOT: Final = "takhai_root"
OWNER: Final = "takhai_owner"
APP: Final = "takhai_app"
DATABASE: Final = "takhai"
PORT: Final = 5432
_LONGEST_SOCKET: Final = 107


@dataclass(frozen=True, slots=True)
class Places:
    """The files of one embedded server."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "pg"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    @property
    def run_pid(self) -> Path:
        return self.home / "run" / "postgres.pid"

    @property
    def start_lock(self) -> Path:
        return self.home / "run" / "postgres.start.lock"

    @property
    def users_lock(self) -> Path:
        return self.home / "run" / "postgres.users.lock"

    @property
    def log(self) -> Path:
        return self.home / "log" / "postgres.log"

    @property
    def pgpass(self) -> Path:
        return self.home / "keys" / "pgpass"

    @property
    def socket_folder(self) -> Path:
        """Beside the data, or in the temporary folder when the kernel's 107 bytes do not reach."""
        near = self.home / "run" / "pg"
        if len(os.fsencode(near / f".s.PGSQL.{PORT}.lock")) <= _LONGEST_SOCKET:
            return near
        mark = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"takhai-{os.getuid()}-{mark}"

    @property
    def socket(self) -> Path:
        return self.socket_folder / f".s.PGSQL.{PORT}"

    @property
    def socket_lock(self) -> Path:
        return self.socket_folder / f".s.PGSQL.{PORT}.lock"

    def url(self, *, role: str, database: str = DATABASE) -> str:
        """The libpq address for a role; the password stays in the pgpass file it names."""
        host, secret = quote(str(self.socket_folder), safe=""), quote(str(self.pgpass), safe="")
        return f"postgresql://{role}@/{database}?host={host}&port={PORT}&passfile={secret}"


def of(home: Path) -> Places:
    return Places(home=home)


@dataclass(frozen=True, slots=True)
class Urls:
    """Addresses of one database for its two roles; ``owner`` may be unknown for a server that was given."""

    owner: str | None
    app: str
