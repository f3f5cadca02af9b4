"""Characters that registers get wrong before any rule can look at a value."""

import unicodedata

_DIGITS = str.maketrans({chr(base + n): str(n) for base in (0x0E50, 0xFF10) for n in range(10)})
_DROPPED = frozenset({"Cf", "Cc", "Cs", "Cn"})


def ascii_digits(text: str) -> str:
    """Turn Thai and full-width digits into 0-9; every other character stays."""
    return text if text.isascii() else text.translate(_DIGITS)


def visible(text: str) -> str:
    """Drop characters that nobody sees and turn every kind of blank into one plain space.

    Blanks are separators, tabs and line ends. Dropped are format and control characters,
    lone surrogates and code points without a meaning.
    """
    if text.isprintable():
        # No blank but the plain one, nothing of the dropped kinds: nearly every value of a register.
        return text
    kept: list[str] = []
    for char in text:
        if char.isspace():
            kept.append(" ")
        elif unicodedata.category(char) not in _DROPPED:
            kept.append(char)
    return "".join(kept)
