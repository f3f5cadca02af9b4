"""A cell before any check: characters nobody sees, blanks, what spreadsheets did to text. Pure."""

import re
import unicodedata
from datetime import date
from typing import Final

from takhai.platform.export import plain_text
from takhai.platform.intake import limits
from takhai.platform.intake.types import Cell

# Zero-width characters, direction marks, soft hyphen, variation selectors: dropped, and said so.
_INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
# Controls, C1, lone surrogates, the sign of a lost character, what Unicode leaves to private use or to nobody.
_UNCLEAN: Final = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\uffff"
    "\U000e0000-\U0010ffff"
)
_INVISIBLE_CHARS: Final = re.compile(f"[{_INVISIBLE}]")
_UNCLEAN_CHARS: Final = re.compile(f"[{_UNCLEAN}]")
_ODD: Final = re.compile(f"[{_INVISIBLE}{_UNCLEAN}]")
# Thai and ASCII words with single blanks, not beginning as a formula does: what a register is full of.
_PLAIN: Final = re.compile("[0-9A-Za-z\u0e01-\u0e5b][!-~\u0e01-\u0e5b]*(?: [!-~\u0e01-\u0e5b]+)*")
_MARKUP: Final = re.compile(r"[<>{}\\]|&#|javascript:", re.IGNORECASE)
_LOST: Final = "\ufffd"
# How registers write "no answer".
NO_ANSWER: Final = frozenset({"", "-", "–", "—", "--"})


class Unclean(ValueError):
    """The text has characters that no register writes, or more of them than any value needs."""


def as_text(*, cell: Cell) -> tuple[str, bool]:
    """The text of a cell, and whether something invisible had to be taken out of it.

    NFC, one plain blank between words. A real date is written yyyy-mm-dd. Text that looks like a
    formula stays text. Raises :class:`Unclean` for NUL, controls, lost characters and private use.
    """
    if isinstance(cell, date):
        return cell.isoformat(), False
    if len(cell) > limits.CELL:
        raise Unclean
    if _PLAIN.fullmatch(cell) and unicodedata.is_normalized("NFC", cell):
        return cell, False
    odd = _ODD.search(cell) is not None
    if odd and _UNCLEAN_CHARS.search(cell):
        raise Unclean
    shown = _INVISIBLE_CHARS.sub("", cell) if odd else cell
    text = plain_text(unicodedata.normalize("NFC", " ".join(shown.split())))
    # A few letters of other scripts have no composed form and grow.
    if len(text) > limits.CELL:
        raise Unclean
    return text, odd


def has_markup(*, text: str) -> bool:
    """Whether a name holds what belongs to a page or a script, never to a name."""
    return _MARKUP.search(text) is not None


def keepable(*, cell: Cell) -> str:
    """The cell as it may be written into a file of bad rows: what is unclean shows as lost characters."""
    if isinstance(cell, date):
        return cell.isoformat()
    return _UNCLEAN_CHARS.sub(_LOST, cell)
