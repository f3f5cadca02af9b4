"""Reads of benefits, by topic."""

from takhai.benefits.queries.amounts import amounts, decided
from takhai.benefits.queries.books import movements
from takhai.benefits.queries.compliance import COMPLIED, Judged, judged
from takhai.benefits.queries.explaining import Explanation, explain, explain_all
from takhai.benefits.queries.lists import (
    changed,
    digest,
    find_frozen,
    frozen,
    granted,
    problems,
    provinces,
    provinces_to_rejoin,
)
from takhai.benefits.queries.rows import LIST_COLUMNS, list_rows

__all__ = [
    "COMPLIED",
    "LIST_COLUMNS",
    "Explanation",
    "Judged",
    "amounts",
    "changed",
    "decided",
    "digest",
    "explain",
    "explain_all",
    "find_frozen",
    "frozen",
    "granted",
    "judged",
    "list_rows",
    "movements",
    "problems",
    "provinces",
    "provinces_to_rejoin",
]
