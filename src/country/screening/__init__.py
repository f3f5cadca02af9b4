"""Households of the new group, the forms that schools send about them, and what committees say."""

from country.screening.files import answer, answer_late, write
from country.screening.screening import Screening, screen

__all__ = ["Screening", "answer", "answer_late", "screen", "write"]
