"""What a household lives on, compared before anything is rounded. Source: DOMAIN §1.2."""


def member_income(*, wages: int, agriculture: int, business: int, welfare: int, other: int) -> int:
    """A member's monthly income in satang, of the five columns of the form.

    Agriculture and own business are net of cost; a loss in one of them counts as nothing.
    """
    return wages + max(0, agriculture) + max(0, business) + welfare + other


def passes(*, income_satang: int, members: int, ceiling_satang: int) -> bool:
    """Whether the household's income per head is not above the ceiling; nothing is divided."""
    return income_satang <= ceiling_satang * members


def per_head(*, income_satang: int, members: int) -> int:
    """Satang per head as it is shown: rounded down. Nothing is decided by it."""
    return income_satang // members
