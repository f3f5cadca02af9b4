"""Reads of benefits, by topic."""

from takhai.benefits.queries.amounts import amounts, decided
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
from takhai.benefits.queries.rows import LIST_COLUMNS, list_rows

__all__ = [
    "LIST_COLUMNS",
    "Explanation",
    "amounts",
    "changed",
    "decided",
    "digest",
    "explain",
    "find_frozen",
    "frozen",
    "granted",
    "list_rows",
    "movements",
    "provinces",
    "provinces_to_rejoin",
]
