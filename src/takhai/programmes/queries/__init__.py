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
from takhai.programmes.queries.standing import Standing, standings

__all__ = [
    "Standing",
    "beneficiaries",
    "count_beneficiaries",
    "listed",
    "members",
    "needs_last_list",
    "provinces",
    "provinces_of_last_list",
    "standings",
]
