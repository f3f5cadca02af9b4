"""Chance that can be repeated: every draw hangs on the seed and on what it is drawn for, on nothing else."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from random import Random
from typing import TypeVar

T = TypeVar("T")


def number(*key: object) -> int:
    """64 even bits drawn on the key; the same key gives the same number for ever."""
    text = "\x1f".join(str(part) for part in key).encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")


def below(limit: int, *key: object) -> int:
    """A number in [0, limit) drawn on the key."""
    return number(*key) % limit


def chance(per_million: int, *key: object) -> bool:
    """True for so many of a million keys."""
    return number(*key) % 1_000_000 < per_million


def rng(*key: object) -> Random:
    """A sequence of draws that begins at the key."""
    return Random(number(*key))


def shuffled(items: Iterable[T], name: Callable[[T], object], *key: object) -> list[T]:
    """The items in an order drawn for each by its own name."""
    return sorted(items, key=lambda item: number(*key, name(item)))


def portion(whole: int, per_million: int, least: int = 0) -> int:
    """So many of a million of the whole, to the nearest, at least `least`."""
    return max(least, (whole * per_million + 500_000) // 1_000_000)


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Whole shares of `total` by weight that add up to it (largest remainder, ties by place)."""
    whole = sum(weights)
    if whole == 0:
        raise ValueError("nothing to share by")
    parts = [total * weight // whole for weight in weights]
    rest = total - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[:rest]:
        parts[i] += 1
    return parts
