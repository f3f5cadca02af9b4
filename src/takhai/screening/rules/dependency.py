"""Who in a household depends on the others, by age, study and work. Source: DOMAIN §1.3, section 3.1."""

from typing import Final

ELDERLY_FROM: Final = 60
WORKING_AGES: Final = range(15, 66)


def elderly(*, age: int) -> bool:
    """60 years and above."""
    return age >= ELDERLY_FROM


def unemployed(*, age: int, studies: bool, works: bool) -> bool:
    """15 to 65 years old, neither at work nor studying."""
    return age in WORKING_AGES and not studies and not works
