"""Reads of benefits, by topic."""

from takhai.benefits.queries.books import movements
from takhai.benefits.queries.explaining import Explanation, explain
from takhai.benefits.queries.lists import (
    changed,
    digest,
    find_frozen,
    frozen,
    granted,
    provinces,
    provinces_to_rejoin,
)

__all__ = [
    "Explanation",
    "changed",
    "digest",
    "explain",
    "find_frozen",
    "frozen",
    "granted",
    "movements",
    "provinces",
    "provinces_to_rejoin",
]
