"""Numbered problems: every refusal has a code, a Thai and an English sentence, and how to mend it.

A room declares its own in ``problems.toml`` beside its code (a room of one file in
``<room>.problems.toml``). Names are unique over the whole house, codes lie in the room's block::

    [birth_date_impossible]
    code = 3104
    th = "วันเกิด {value} ไม่มีอยู่จริง"
    en = "The birth date {value} does not exist"
    mend_th = "แก้วันเกิดในไฟล์แล้วส่งใหม่"
    mend_en = "Correct the date in the file and send it again"
    exit = 2        # may be left out: 2

``{name}`` is filled from the details given to :class:`Refusal`. Details are masked values, counts
and names of columns; never a person's name or number.
"""

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NoReturn

import takhai

BLOCKS: Final[Mapping[str, range]] = {
    "platform": range(1000, 2000),
    "access": range(2000, 3000),
    "registry": range(3000, 4000),
    "programmes": range(4000, 4500),
    "screening": range(4500, 4800),
    "classroom": range(4800, 5000),
    "benefits": range(5000, 5500),
    "ledger": range(5500, 6000),
    "payments": range(6000, 7000),
    "semester": range(7000, 8000),
    "site": range(8000, 9000),
    "reporting": range(9000, 9500),
    "web": range(9500, 10000),
}

Detail = str | int


@dataclass(frozen=True, slots=True)
class Problem:
    """One entry of a room's ``problems.toml``; texts still hold their ``{detail}`` fields."""

    code: int
    name: str
    th: str
    en: str
    mend_th: str
    mend_en: str
    exit: int = 2

    def details(self) -> frozenset[str]:
        """Names of the details that the texts ask for."""
        texts = (self.th, self.en, self.mend_th, self.mend_en)
        return frozenset(
            field for text in texts for _, field, _, _ in string.Formatter().parse(text) if field
        )


class BadCatalogue(ValueError):
    """A ``problems.toml`` that breaks the law: found by the tests, never by a user."""


class Refusal(Exception):
    """A refusal the user can understand and mend.

    ``Refusal("server_too_old", version="15.6")`` looks the problem up at once, so a misspelt name or
    a missing detail fails where it is raised.
    """

    def __init__(self, name: str, /, **details: Detail) -> None:
        self.problem = find(name)
        missing = self.problem.details() - details.keys()
        if missing:
            raise BadCatalogue(f"{name}: details missing: {', '.join(sorted(missing))}")
        self.details = details
        super().__init__(self.en)

    @property
    def name(self) -> str:
        return self.problem.name

    @property
    def code(self) -> int:
        return self.problem.code

    @property
    def exit_code(self) -> int:
        return self.problem.exit

    @property
    def th(self) -> str:
        return self.problem.th.format_map(self.details)

    @property
    def en(self) -> str:
        return self.problem.en.format_map(self.details)

    @property
    def mend_th(self) -> str:
        return self.problem.mend_th.format_map(self.details)

    @property
    def mend_en(self) -> str:
        return self.problem.mend_en.format_map(self.details)


def read(*, path: Path, block: range) -> tuple[Problem, ...]:
    """The problems of one file, in the order of their codes."""
    found = [
        _problem(name=name, entry=entry, block=block)
        for name, entry in tomllib.loads(path.read_text("utf-8")).items()
    ]
    return tuple(sorted(found, key=lambda problem: problem.code))


@cache
def catalogue() -> Mapping[str, Problem]:
    """Every problem of the house by name."""
    house = Path(takhai.__file__).parent
    by_name: dict[str, Problem] = {}
    by_code: dict[int, Problem] = {}
    for room, block in BLOCKS.items():
        for path in (house / room / "problems.toml", house / f"{room}.problems.toml"):
            if not path.exists():
                continue
            for problem in read(path=path, block=block):
                if problem.name in by_name or problem.code in by_code:
                    raise BadCatalogue(f"{problem.name}: name or code {problem.code} is taken")
                by_name[problem.name] = by_code[problem.code] = problem
    return by_name


def find(name: str) -> Problem:
    """The problem of that name."""
    try:
        return catalogue()[name]
    except KeyError:
        raise BadCatalogue(f"{name}: no such problem in any problems.toml") from None


def _problem(*, name: str, entry: object, block: range) -> Problem:
    if not isinstance(entry, dict):
        _bad(name, "not a table")
    unknown = entry.keys() - {"code", "th", "en", "mend_th", "mend_en", "exit"}
    if unknown:
        _bad(name, f"unknown keys {sorted(unknown)}")
    code, leave = entry.get("code"), entry.get("exit", 2)
    if not isinstance(code, int) or code not in block:
        _bad(name, f"code {code} is outside the room's block {block.start}-{block.stop - 1}")
    if not isinstance(leave, int) or leave not in range(1, 126):
        _bad(name, f"exit {leave} is no exit status")
    texts = {key: entry.get(key) for key in ("th", "en", "mend_th", "mend_en")}
    empty = [key for key, text in texts.items() if not isinstance(text, str) or not text.strip()]
    if empty:
        _bad(name, f"no text for {', '.join(empty)}")
    return Problem(code=code, name=name, exit=leave, **{key: str(text) for key, text in texts.items()})


def _bad(name: str, why: str) -> NoReturn:
    raise BadCatalogue(f"{name}: {why}")
