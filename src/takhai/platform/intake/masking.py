"""What may be shown of a value that was wrong: its shape, never a number or a name. Pure."""

import re
from typing import Final

from takhai.thai.identifiers import mask as mask_number
from takhai.thai.text import ascii_digits, visible

_LONGEST: Final = 20
_NUMBER: Final = re.compile(r"G?[0-9]{13}|G[0-9]{12}")
_DATE: Final = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1([0-9]{2,4})")
_ISO: Final = re.compile(r"([0-9]{4})-[0-9]{2}-[0-9]{2}")
# A class such as ป.9 or ม.ปลาย tells no more than the column does.
_CLASS: Final = re.compile(r"(?:ปวช|ปวส|เตรียม|อ|ป|ม)\.?[0-9]{1,2}(?:/[0-9]{1,2})?")


def mask(*, text: str) -> str:
    """The shape of a value: "1-1017-xxxxx-70-8", "xx/xx/2554", "ป.9", "สxxxx"; "" for no value.

    Years of dates and classes are shown because the sentence needs them; of anything else only the
    first character, and of a number that is no citizen number not even that.
    """
    value = ascii_digits(visible(text)).strip()
    if _NUMBER.fullmatch(value):
        return mask_number(value)
    if _CLASS.fullmatch(value):
        return value
    dated = _DATE.fullmatch(value)
    if dated is not None:
        return f"xx{dated[1]}xx{dated[1]}{dated[2]}"
    dated = _ISO.fullmatch(value)
    return f"{dated[1]}-xx-xx" if dated is not None else _shape(value)


def _shape(value: str) -> str:
    short = value[:_LONGEST]
    dots = "…" if len(value) > _LONGEST else ""
    if any(char.isdigit() for char in short):
        return "".join("x" if char.isalnum() else char for char in short) + dots
    return short[:1] + "x" * (len(short) - 1) + dots
