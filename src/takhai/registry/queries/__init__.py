"""What other rooms may ask of the registry."""

from takhai.registry.queries.entries import entries, provinces
from takhai.registry.queries.files import exceptions, taken
from takhai.registry.queries.findings import findings
from takhai.registry.queries.numbers import number_forms, numbers, person_index
from takhai.registry.queries.people import people
from takhai.registry.queries.schools import accounts, school_accounts

__all__ = [
    "accounts",
    "entries",
    "exceptions",
    "findings",
    "number_forms",
    "numbers",
    "people",
    "person_index",
    "provinces",
    "school_accounts",
    "taken",
]
