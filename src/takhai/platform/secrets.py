"""Persons' secrets: encrypted, found through a keyed index, readable nowhere else.

Law for a table with the columns ``idx``, ``idx_next`` (null but during a change of keys), ``cipher``:

* call :func:`hold` first in each transaction that looks up or writes; keys then stay as they are
  until it ends;
* write ``idx = index(v)``, ``idx_next = index_next(v)``, ``cipher = seal(v, index=idx_next or idx)``
  (:func:`protect` gives the three);
* look up with ``idx = index(v) OR idx_next = index(v)``: so no look-up misses while keys change;
* read with ``open(cipher, index=idx, index_next=idx_next)``.

Values are checked, indexed and sealed here, before COPY; no raw number reaches the database server.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import tink
from django.db import connection, transaction
from django.utils import timezone

from takhai.platform import keyfiles
from takhai.platform.keyfiles import Keys
from takhai.platform.models.keys import KeyCheck
from takhai.platform.problems import Refusal

# Holders share this advisory lock of the transaction; whoever changes the keys takes it alone.
LOCK: Final = 0x7461_6B68_6169
FIRST: Final = 1


class Protected(NamedTuple):
    """What a table keeps of a secret value."""

    idx: bytes
    idx_next: bytes | None
    cipher: bytes


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys in force; ``next`` only while a change of keys is under way, ``first`` for ever."""

    current: Keys
    next: Keys | None
    first: Keys

    @property
    def newest(self) -> Keys:
        return self.next or self.current


class _Held:
    """The ring that this process used last; loading key files anew costs a thousand look-ups."""

    ring: Ring | None = None
    signature: tuple[object, ...] = ()
    lock = threading.Lock()


def establish(*, allow_create: bool, by: str) -> None:
    """Make the first keys if the database holds nothing sealed yet (the caller knows), then test them."""
    with transaction.atomic():
        alone()
        if not KeyCheck.objects.exists():
            if not allow_create:
                raise Refusal("key_missing", file=f"keys/{keyfiles.path(FIRST).name}")
            add(generation=FIRST, state=KeyCheck.CURRENT, by=by)
    with transaction.atomic():
        hold()


def hold() -> Ring:
    """The keys in force, kept still until the transaction ends; one short query."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("keys are held inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
        cursor.execute(
            "SELECT generation, state, probe FROM key_check"
            " WHERE state IN ('current', 'next') OR generation = 1 ORDER BY generation"
        )
        rows = [(int(number), str(state), bytes(check)) for number, state, check in cursor.fetchall()]
    signature = (keyfiles.path(0).parent, *rows)
    with _Held.lock:
        if _Held.ring is None or _Held.signature != signature:
            _Held.ring = _load(rows)
            _Held.signature = signature
        return _Held.ring


def index(value: str, column: str) -> bytes:
    """The blind index of a value of that column, 16 bytes."""
    return _ring().current.index(value=value, column=column)


def index_next(value: str, column: str) -> bytes | None:
    """The blind index under the key to come, while there is one."""
    ring = _ring()
    return ring.next.index(value=value, column=column) if ring.next else None


def lasting_index(value: str, column: str) -> bytes:
    """The blind index of a value that is kept nowhere, so that its index could never be made anew.

    It stays under the first keys through every change of keys.
    """
    return _ring().first.index(value=value, column=column)


def protect(value: str, *, table: str, column: str) -> Protected:
    """All that a table with a second index column keeps of a value."""
    now, later = index(value, column), index_next(value, column)
    return Protected(now, later, seal(value, table=table, column=column, index=later or now))


def seal(value: str, *, table: str, column: str, index: bytes) -> bytes:
    """The value encrypted for this table, column and index; it opens nowhere else.

    ``index`` is the value's newest index that the row keeps.
    """
    ring = _ring()
    for keys in (ring.current, ring.next):
        if keys and keys.index(value=value, column=column) == index:
            return keys.seal(value=value, bound_to=_bound(table, column, index))
    raise ValueError(f"{table}.{column}: the index given is not one of the value")


def open(cipher: bytes, *, table: str, column: str, index: bytes, index_next: bytes | None = None) -> str:
    """The value of a row; refused when the cipher was moved or changed, or another key made it."""
    ring = _ring()
    keys = ring.newest if index_next else ring.current
    try:
        return keys.open(cipher=bytes(cipher), bound_to=_bound(table, column, bytes(index_next or index)))
    except tink.TinkError:
        raise Refusal("sealed_value_unreadable", table=table) from None


def add(*, generation: int, state: str, by: str) -> None:
    """Make the keys of a generation and note their check value; the lock must be ours alone."""
    keyfiles.make(generation)
    KeyCheck.objects.create(
        generation=generation,
        state=state,
        probe=keyfiles.load(generation).check(),
        made_at=timezone.now(),
        made_by=by,
    )


def forget() -> None:
    """Drop the keys from memory; the next use loads them again."""
    with _Held.lock:
        _Held.ring, _Held.signature = None, ()


def alone() -> None:
    """Wait until no transaction holds the keys, and let none hold them before this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _ring() -> Ring:
    ring = _Held.ring
    if ring is None:
        with transaction.atomic():
            return hold()
    return ring


def _load(rows: Sequence[tuple[int, str, bytes]]) -> Ring:
    loaded: dict[str, Keys] = {}
    for generation, state, check in rows:
        keys = keyfiles.load(generation)
        if not keys.fits(check):
            raise Refusal("key_wrong", file=keys.file)
        loaded[state] = keys
        if generation == FIRST:
            loaded["first"] = keys
    if not {KeyCheck.CURRENT, "first"} <= loaded.keys():
        raise Refusal("key_missing", file=f"keys/{keyfiles.path(FIRST).name}")
    return Ring(current=loaded[KeyCheck.CURRENT], next=loaded.get(KeyCheck.NEXT), first=loaded["first"])


def _bound(table: str, column: str, index: bytes) -> bytes:
    return f"{table}\0{column}\0".encode() + index
