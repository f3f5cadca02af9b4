"""Thai names as people bear them, from the name lists that come with pythainlp.

Thai Male and Female Names Corpus by Korkeat Wannapat, CC-BY-SA-4.0, read from the installed package.
"""

import re
from functools import cache
from random import Random

from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names

from takhai.thai.names import PREFIXES, name_key, normal

_PLAIN = re.compile("[ก-ฮเแโใไ][\u0e01-\u0e3a\u0e40-\u0e4c]{1,19}")
_TITLES = tuple(prefix.full for prefix in PREFIXES)


@cache
def first_names(sex: str) -> tuple[str, ...]:
    """First names of boys ("m") or girls ("f"), sorted."""
    return _usable(thai_male_names() if sex == "m" else thai_female_names())


@cache
def surnames() -> tuple[str, ...]:
    """Surnames, sorted."""
    return _usable(thai_family_names())


def first_name(chance: Random, sex: str) -> str:
    """One first name."""
    return chance.choice(first_names(sex))


def surname(chance: Random) -> str:
    """One surname."""
    return chance.choice(surnames())


def another(chance: Random, names: tuple[str, ...], than: str) -> str:
    """A name that no reading takes for the same one."""
    while True:
        name = chance.choice(names)
        if name_key(name) != name_key(than):
            return name


def _usable(names: frozenset[str]) -> tuple[str, ...]:
    # A name that begins like a title would be read as a title and half a name.
    return tuple(
        sorted(
            name
            for name in names
            if _PLAIN.fullmatch(name) and name == normal(name) and not name.startswith(_TITLES)
        )
    )
