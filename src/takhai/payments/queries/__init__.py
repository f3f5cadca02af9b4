"""Reads of payments, by topic."""

from takhai.payments.queries.approvals import approval_refused, is_approved
from takhai.payments.queries.books import claim, movements
from takhai.payments.queries.units import after_close, exceptions, provinces, provinces_to_rejoin

__all__ = [
    "after_close",
    "approval_refused",
    "claim",
    "exceptions",
    "is_approved",
    "movements",
    "provinces",
    "provinces_to_rejoin",
]
