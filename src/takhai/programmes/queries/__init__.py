"""What other rooms may ask of programmes."""

from takhai.programmes.queries.lists import (
    beneficiaries,
    count_beneficiaries,
    listed,
    members,
    needs_last_list,
    provinces,
    provinces_of_last_list,
)

__all__ = [
    "beneficiaries",
    "count_beneficiaries",
    "listed",
    "members",
    "needs_last_list",
    "provinces",
    "provinces_of_last_list",
]
