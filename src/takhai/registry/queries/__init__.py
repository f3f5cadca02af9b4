"""What other rooms may ask of the registry."""

from takhai.registry.queries.asking import holder
from takhai.registry.queries.counts import exceptions, provinces
from takhai.registry.queries.enrolments import enrolled
from takhai.registry.queries.entries import entries, present
from takhai.registry.queries.findings import findings
from takhai.registry.queries.numbers import account_numbers, number_forms, numbers
from takhai.registry.queries.pupils import pupils
from takhai.registry.queries.schools import school_accounts, schools

__all__ = [
    "account_numbers",
    "enrolled",
    "entries",
    "exceptions",
    "findings",
    "holder",
    "number_forms",
    "numbers",
    "present",
    "provinces",
    "pupils",
    "school_accounts",
    "schools",
]
