"""The key files of persons' secrets: one file for each generation, holding two Tink keysets.

``index`` is a pseudo-random function (blind index), ``seal`` an authenticated encryption. Files lie
in the folder ``keys`` of the home, outside the database and its backups, and are never rewritten.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import tink
from tink import aead, prf, secret_key_access

from takhai.platform import home
from takhai.platform.problems import Refusal

INDEX_BYTES: Final = 16
_PROBE: Final = b"takhai key check"


@dataclass(frozen=True, slots=True)
class Keys:
    """The two primitives of one generation."""

    generation: int
    file: str
    _prf: prf.Prf
    _aead: aead.Aead

    def index(self, *, value: str, column: str) -> bytes:
        """16 bytes that tell equal values of a column, and nothing else, without the key."""
        return bytes(self._prf.compute(column.encode() + b"\0" + value.encode(), INDEX_BYTES))

    def seal(self, *, value: str, bound_to: bytes) -> bytes:
        """The value encrypted; it opens only with the same ``bound_to``."""
        return bytes(self._aead.encrypt(value.encode(), bound_to))

    def open(self, *, cipher: bytes, bound_to: bytes) -> str:
        """Raises ``tink.TinkError`` for another key, another place or a changed cipher."""
        return bytes(self._aead.decrypt(cipher, bound_to)).decode()

    def check(self) -> bytes:
        """A value that tells these keys from any others and gives nothing away."""
        return bytes(self._prf.compute(_PROBE, INDEX_BYTES) + self._aead.encrypt(_PROBE, _PROBE))

    def fits(self, check: bytes) -> bool:
        """Whether ``check`` was made by these keys, both of them."""
        if self._prf.compute(_PROBE, INDEX_BYTES) != check[:INDEX_BYTES]:
            return False
        try:
            return bool(self._aead.decrypt(check[INDEX_BYTES:], _PROBE) == _PROBE)
        except tink.TinkError:
            return False


def path(generation: int) -> Path:
    return home.folder("keys") / f"persons-{generation}.json"


def make(generation: int) -> None:
    """Write the file of a generation unless it is there: a run that died may have made it."""
    _register()
    keysets = {
        "index": tink.new_keyset_handle(prf.prf_key_templates.HMAC_SHA256),
        "seal": tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM),
    }
    content = {
        name: json.loads(tink.json_proto_keyset_format.serialize(handle, secret_key_access.TOKEN))
        for name, handle in keysets.items()
    }
    home.create_private(path(generation), json.dumps(content).encode())


def load(generation: int) -> Keys:
    """The keys of a generation; missing or damaged is refused in a sentence."""
    _register()
    file = path(generation)
    name = f"keys/{file.name}"
    try:
        content = json.loads(file.read_text("ascii"))
        handles = {
            part: tink.json_proto_keyset_format.parse(json.dumps(content[part]), secret_key_access.TOKEN)
            for part in ("index", "seal")
        }
        return Keys(
            generation=generation,
            file=name,
            _prf=handles["index"].primitive(prf.PrfSet).primary(),
            _aead=handles["seal"].primitive(aead.Aead),
        )
    except FileNotFoundError:
        raise Refusal("key_missing", file=name) from None
    except (OSError, ValueError, KeyError, TypeError, tink.TinkError):
        raise Refusal("key_unreadable", file=name) from None


def _register() -> None:
    aead.register()
    prf.register()
