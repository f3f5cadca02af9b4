"""Names: one written form, the title split off, a key to compare by and a key to sort by."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from takhai.thai.text import visible


class Sex(StrEnum):
    """Sex as registers record it."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Prefix:
    """A title: its full form, its abbreviations, the sex it tells (None: either), its kind.

    `joined` titles may stand before a name without a space.
    """

    full: str
    short: tuple[str, ...]
    sex: Sex | None
    kind: str
    joined: bool


def _read_prefixes() -> tuple[Prefix, ...]:
    text = files("takhai.thai").joinpath("data/prefixes.toml").read_text(encoding="utf-8")
    return tuple(
        Prefix(
            full=row["full"],
            short=tuple(row["short"]),
            sex=Sex(row["sex"]) if "sex" in row else None,
            kind=row["kind"],
            joined=row["joined"],
        )
        for row in tomllib.loads(text)["prefix"]
    )


PREFIXES: tuple[Prefix, ...] = _read_prefixes()

# A name begins with a consonant, a leading vowel or a Latin letter; "นางาม" is no นาง + "าม".
_NAME = r"(?P<rest>[ก-ฮเแโใไA-Za-z].+)"


def _shapes(prefix: Prefix) -> str:
    shapes = [re.escape(prefix.full) + (r"[ .]*" if prefix.joined else r"[ .]+")]
    for short in prefix.short:
        letters = [re.escape(part) for part in re.split(r"[. ]+", short) if part]
        # With its dots an abbreviation needs no space; without them only a space ends it.
        shapes.append(r"\.? *".join(letters) + r"(?:\. *| +)")
    return "|".join(shapes)


_BY_LENGTH = sorted(PREFIXES, key=lambda prefix: -len(prefix.full))
_PATTERNS = tuple((p.full, re.compile(rf"(?:{_shapes(p)}){_NAME}", re.DOTALL)) for p in _BY_LENGTH)
# Most names have no title: one look tells.
_ANY_TITLE = re.compile("|".join(_shapes(prefix) for prefix in _BY_LENGTH))
_FULL = frozenset(prefix.full for prefix in PREFIXES)
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+")
_ABOVE = "[\u0e47-\u0e4c\u0e4e]"
_SARA_AM = re.compile(f"(?:\u0e4d{_ABOVE}*\u0e32{_ABOVE}*)+")
_NO_SARA_AM = str.maketrans("", "", "\u0e4d\u0e32")
# The order in which marks over and under one consonant are stored; NFC leaves it unchanged.
_PLACE = {
    "\u0e3a": 0,
    **dict.fromkeys("\u0e31\u0e34\u0e35\u0e36\u0e37", 1),
    "\u0e38": 2,
    "\u0e39": 2,
    "\u0e4d": 3,
    "\u0e47": 4,
    **dict.fromkeys("\u0e48\u0e49\u0e4a\u0e4b", 5),
    "\u0e4c": 6,
    "\u0e4e": 6,
}


def normal(text: str) -> str:
    """One written form of a name, for storage and display; normal(normal(x)) == normal(x).

    NFC; invisible characters gone; blanks single and trimmed; ำ instead of ํ + า; two เ are แ;
    a mark written twice is written once; marks stand in one order.
    """
    text = unicodedata.normalize("NFC", visible(text)).replace("เเ", "แ")
    # ำ is taken apart so that marks typed after it find their place before it; twice is once.
    text = _MARKS.sub(_ordered, text.replace("\u0e33", "\u0e4d\u0e32"))
    text = _SARA_AM.sub(lambda found: f"\u0e4d{found[0].translate(_NO_SARA_AM)}\u0e32", text)
    text = _MARKS.sub(_ordered, text)
    text = re.sub(f"\u0e4d({_ABOVE}*)\u0e32", "\\1\u0e33", text)
    return " ".join(text.split())


def split_prefix(text: str) -> tuple[str, str]:
    """(full form of the title or "", the name without it); the name is in normal form.

    "ด.ช. สมชาย" gives ("เด็กชาย", "สมชาย"). A title is split off only when a name of at least
    two characters remains; a text that is a title and nothing else stays whole.
    """
    return _split(normal(text))


def name_key(text: str) -> str:
    """The key two registers' names are compared by; name_key(name_key(x)) == name_key(x).

    Without titles, spaces, dots and hyphens; ์ is dropped, its letter stays; letters of other
    scripts in one case.
    """
    key = normal(text)
    while True:
        shorter = normal(re.sub("[ .\\-\u0e4c]", "", _split(key)[1]).casefold())
        if shorter == key:
            return key
        key = shorter


def thai_key(text: str) -> str:
    """Key whose code-point order is Thai dictionary order: กา เก แก ไก ขา.

    Each of เ แ โ ใ ไ changes places with the consonant after it; the marks U+0E47-U+0E4E are
    dropped; U+0001 and the text as given follow, so that different texts have different keys.
    The database owns an SQL function of the same rule (collate "C").
    """
    swapped = re.sub("([เแโใไ])([ก-ฮ])", "\\2\\1", text)
    return re.sub("[\u0e47-\u0e4e]", "", swapped) + "\u0001" + text


def _ordered(found: re.Match[str]) -> str:
    marks: list[str] = []
    for mark in sorted(found[0], key=_PLACE.__getitem__):
        if not marks or marks[-1] != mark:
            marks.append(mark)
    return "".join(marks)


def _split(text: str) -> tuple[str, str]:
    if text in _FULL or not _ANY_TITLE.match(text):
        return "", text
    for full, pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found is not None:
            return full, found["rest"]
    return "", text
