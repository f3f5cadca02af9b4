"""TAKHAI_HOME: the one folder of the embedded database, the keys and everything Takhai writes."""

import os
import secrets
from pathlib import Path
from typing import Final

FOLDERS: Final = ("keys", "log", "out", "run")


def checkout() -> Path:
    """The folder that holds ``src``."""
    return Path(__file__).resolve().parents[3]


def path() -> Path:
    """``TAKHAI_HOME``, else ``var`` in the checkout. Nothing is created."""
    given = os.environ.get("TAKHAI_HOME", "")
    return Path(given).expanduser().absolute() if given else checkout() / "var"


def folder(name: str) -> Path:
    """A sub-folder of the home, made on first use, open to its owner only."""
    return private(path() / name)


def private(wanted: Path) -> Path:
    """``wanted`` as a folder of mode 0700; parents that are missing are made alike."""
    if not wanted.is_dir():
        if not wanted.parent.is_dir():
            private(wanted.parent)
        wanted.mkdir(mode=0o700, exist_ok=True)
    return wanted


def write_private(target: Path, content: bytes) -> None:
    """Write a file of mode 0600 in one step: it is there whole or not at all, and survives a crash."""
    _draft(target, content).replace(target)
    _sync_folder(target.parent)


def create_private(target: Path, content: bytes) -> bool:
    """As :func:`write_private`, but a file that is there already stays; whether ours was taken."""
    draft = _draft(target, content)
    try:
        target.hardlink_to(draft)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    _sync_folder(target.parent)
    return True


def _draft(target: Path, content: bytes) -> Path:
    draft = target.with_name(f".{target.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    return draft


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
