"""Reads of payments, by topic."""

from takhai.payments.queries.approvals import approval_refused, is_approved
from takhai.payments.queries.books import claim, movements
from takhai.payments.queries.breakdown import breakdown
from takhai.payments.queries.outgoing import CASH_ROLL_COLUMNS, PAYMENT_COLUMNS, cash_roll_rows, payment_rows
from takhai.payments.queries.standing import Line, lines
from takhai.payments.queries.units import after_close, exceptions, provinces, provinces_to_rejoin, reported

__all__ = [
    "CASH_ROLL_COLUMNS",
    "PAYMENT_COLUMNS",
    "Line",
    "after_close",
    "approval_refused",
    "breakdown",
    "cash_roll_rows",
    "claim",
    "exceptions",
    "is_approved",
    "lines",
    "movements",
    "payment_rows",
    "provinces",
    "provinces_to_rejoin",
    "reported",
]
