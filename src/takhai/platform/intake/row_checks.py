"""Checks that see a whole row, and checks over the rows of a file. Layouts call them by name.

A row check is made for the places its fields have among the values of a row; it may change those
values, and returns notes whose ``column`` is such a place.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Final, Protocol

from takhai.platform.intake.layout import Check
from takhai.platform.intake.masking import mask
from takhai.platform.intake.types import Note, Value
from takhai.thai.names import PREFIXES, Sex, split_prefix

Values = list[Value]
RowCheck = Callable[[Values], tuple[Note, ...]]
_SEX: Final = {prefix.full: {Sex.MALE: "m", Sex.FEMALE: "f"}[prefix.sex] for prefix in PREFIXES if prefix.sex}
# Most names begin as no title does, in full or short, and need not be taken apart.
TITLED: Final = re.compile(
    "|".join(
        r"\.? *".join(re.escape(part) for part in re.split(r"[. ]+", written) if part)
        for prefix in PREFIXES
        for written in (prefix.full, *prefix.short)
    )
)
_NONE: Final[tuple[Note, ...]] = ()


def title_fits_sex(*, check: Check, at: Sequence[int]) -> RowCheck:
    """Fields title, sex (m or f): says when เด็กชาย is entered as ญ."""
    title, sex = at
    notes = (Note(check.problem, refuses=check.refuses, column=title),)

    def run(values: Values) -> tuple[Note, ...]:
        told = _SEX.get(values[title])  # type: ignore[arg-type]
        return notes if told is not None and values[sex] is not None and told != values[sex] else _NONE

    return run


def glued_title(*, check: Check, at: Sequence[int]) -> RowCheck:
    """Fields title, first name: a title written before the name is taken off, and said.

    Taken off only when the title's own column is empty or says the same; otherwise it may be part
    of the name.
    """
    title, first_name = at
    split = _Split()

    def run(values: Values) -> tuple[Note, ...]:
        name = values[first_name]
        if not isinstance(name, str):
            return _NONE
        found, rest = split[name]
        if not found or values[title] not in (None, "", found):
            return _NONE
        values[title], values[first_name] = found, rest
        return (Note(check.problem, refuses=check.refuses, masked=mask(text=rest), column=first_name),)

    return run


def surname_unless_unregistered(*, check: Check, at: Sequence[int]) -> RowCheck:
    """Fields surname, number: only holders of a G-code or of a number beginning with 0 may have none.

    None is ``""`` in the layout; a surname that was refused is not missing as well.
    """
    surname, number = at
    notes = (Note(check.problem, refuses=check.refuses, column=surname),)

    def run(values: Values) -> tuple[Note, ...]:
        if values[surname] != "" or str(values[number])[0] in "G0":
            return _NONE
        return notes

    return run


def needed_when(*, check: Check, at: Sequence[int]) -> RowCheck:
    """Fields decider, then what is needed: when the decider ``is`` one of the settings, none may be empty."""
    decider, *needed = at
    deciding = frozenset(check.settings["is"])

    def run(values: Values) -> tuple[Note, ...]:
        if values[decider] not in deciding:
            return _NONE
        return tuple(
            Note(check.problem, refuses=check.refuses, column=place)
            for place in needed
            if values[place] is None
        )

    return run


class MakeRowCheck(Protocol):
    """What a layout's row check is made by."""

    def __call__(self, *, check: Check, at: Sequence[int]) -> RowCheck: ...


ROW_CHECKS: Final[Mapping[str, MakeRowCheck]] = {
    "title_fits_sex": title_fits_sex,
    "glued_title": glued_title,
    "surname_unless_unregistered": surname_unless_unregistered,
    "needed_when": needed_when,
}


def unique(*, check: Check, at: Sequence[int]) -> Callable[[int, Values], tuple[Note, ...]]:
    """The same values twice in one file; the note says the first row. Of each row 64 bits are kept, not the values."""
    key = itemgetter(*at)
    seen: dict[int, int] = {}

    def run(number: int, values: Values) -> tuple[Note, ...]:
        first = seen.setdefault(hash(key(values)), number)
        if first == number:
            return _NONE
        return (Note(check.problem, refuses=False, masked=str(first), column=at[0]),)

    return run


ACROSS_CHECKS: Final = {"unique": unique}


class _Split(dict[str, tuple[str, str]]):
    """Titles of the names seen lately; names repeat and taking them apart is slow."""

    def __missing__(self, text: str) -> tuple[str, str]:
        if len(self) > 65_536:
            self.clear()
        found = self[text] = split_prefix(text) if TITLED.match(text) else ("", text)
        return found
