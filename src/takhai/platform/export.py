"""Cells of files that leave the house: no spreadsheet may run one of them as a formula."""

import re
from typing import Final

# Full-width forms are folded to the plain ones by some spreadsheets; blanks before them are skipped by others.
_FORMULA: Final = re.compile(r"'*[\s\x00]*[=+\-@|＝＋－＠\t\r\n]")
# A lone dash is "no answer" in Thai registers, a signed number calculates nothing.
_HARMLESS: Final = re.compile(r"-|[+-][0-9]+(?:\.[0-9]+)?")


def safe_cell(value: object) -> object:
    """``value`` as it may stand in a CSV or sheet that people open.

    Text that a spreadsheet could take for a formula gets an apostrophe in front; everything else,
    numbers and dates too, stays as it is. :func:`plain_text` takes the apostrophe off again.
    Source: OWASP, CSV injection.
    """
    if isinstance(value, str) and _FORMULA.match(value) and not _HARMLESS.fullmatch(value):
        return "'" + value
    return value


def plain_text(text: str) -> str:
    """The text that :func:`safe_cell` was given, so that a file of ours can be mended and sent back."""
    if text.startswith("'") and safe_cell(text[1:]) == text:
        return text[1:]
    return text
