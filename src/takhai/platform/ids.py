"""UUIDv7 made in Python before COPY: in order of time, so that indexes grow at one end (RFC 9562 §5.7)."""

import os
import time
from uuid import UUID

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


def uuid7() -> UUID:
    """One identifier."""
    return uuid7s(1)[0]


def uuid7s(count: int) -> list[UUID]:
    """``count`` identifiers of one millisecond, rising, 74 random bits each."""
    stamp = (time.time_ns() // 1_000_000 & 0xFFFF_FFFF_FFFF) << 80 | _VERSION | _VARIANT
    noise = os.urandom(10 * count)
    made = []
    for at in range(0, 10 * count, 10):
        bits = int.from_bytes(noise[at : at + 10], "big")
        made.append(stamp | (bits >> 68) << 64 | bits & (1 << 62) - 1)
    return [UUID(int=number) for number in sorted(made)]


def series() -> str:
    """The first 22 hex digits of identifiers that SQL numbers itself: ten more make a UUIDv7.

    ``(%(series)s || lpad(to_hex(row_number() OVER ()), 10, '0'))::uuid``: a tenth of the server's own function.
    """
    return uuid7().hex[:22]
