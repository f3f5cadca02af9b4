"""Thai and English words as data: one table of words, spoken in one language at a time."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from takhai.thai.calendar import BE, Term, short_date, window_text
from takhai.thai.money import baht

OWN: Final = Path(__file__).with_name("words.toml")
PAPER: Final = Path(__file__).parent / "paper" / "words.toml"
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Language(StrEnum):
    """The two languages of every screen and paper; Thai is the first."""

    TH = "th"
    EN = "en"

    @property
    def other(self) -> "Language":
        """The language one switches to."""
        return Language.EN if self is Language.TH else Language.TH


class BadWords(ValueError):
    """A table of words that lacks a language, or says a key twice."""


@dataclass(frozen=True, slots=True)
class Word:
    """One meaning in both languages."""

    th: str
    en: str

    def said(self, language: Language) -> str:
        """The text in that language."""
        return self.th if language is Language.TH else self.en


Words = Mapping[str, Mapping[str, Word]]


@cache
def load(*paths: Path) -> Words:
    """The words of all files, section by section; BadWords for a gap or a key met twice."""
    known: dict[str, dict[str, Word]] = {}
    for path in paths:
        for section, entries in tomllib.loads(path.read_text("utf-8")).items():
            place = known.setdefault(section, {})
            for key, entry in entries.items():
                if key in place:
                    raise BadWords(f"{section}.{key} is said twice")
                place[key] = _word(where=f"{section}.{key}", entry=entry)
    return known


@dataclass(frozen=True, slots=True)
class Speech:
    """The words in one language, and numbers, money and dates as that language writes them."""

    language: Language
    words: Words

    def say(self, section: str, key: str, /, **details: str | int) -> str:
        """A word, its ``{fields}`` filled; KeyError for a word nobody wrote."""
        text = self.words[section][key].said(self.language)
        return text.format_map(details) if details else text

    def section(self, name: str, /) -> dict[str, str]:
        """A whole section, for templates that ask by name."""
        return {key: word.said(self.language) for key, word in self.words[name].items()}

    def count(self, number: int, /) -> str:
        """12,345"""
        return f"{number:,}"

    def baht(self, satang: int, /) -> str:
        """Satang as "1,740.00 บาท"."""
        return self.say("unit", "baht", amount=baht(satang))

    def people(self, number: int, /) -> str:
        """A count of pupils with its noun."""
        return self.say("unit", "people" if number != 1 else "person", n=self.count(number))

    def rows(self, number: int, /) -> str:
        """A count of file rows with its noun."""
        return self.say("unit", "rows" if number != 1 else "row", n=self.count(number))

    def day(self, day: date, /) -> str:
        """9 ธ.ค. 2563; in English 9 Dec 2563 BE, so that both match the round's number."""
        if self.language is Language.TH:
            return short_date(day)
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year + BE} BE"

    def window(self, opens: date, closes: date, /) -> str:
        """Both days inclusive: 6–11 ม.ค. 2564."""
        if self.language is Language.TH or opens == closes:
            return window_text(opens, closes) if self.language is Language.TH else self.day(closes)
        if opens.year != closes.year:
            return f"{self.day(opens)} – {self.day(closes)}"
        month = "" if opens.month == closes.month else f" {_MONTHS[opens.month - 1]} "
        return f"{opens.day}{month}–{' ' if month else ''}{self.day(closes)}".replace("  ", " ")

    def term(self, term: Term, /) -> str:
        """ภาคเรียนที่ 2 ปีการศึกษา 2563"""
        first = term.year - BE
        return self.say(
            "unit", "term", semester=term.semester, year=term.year, ce=f"{first}–{(first + 1) % 100:02d}"
        )


def _word(*, where: str, entry: object) -> Word:
    if not isinstance(entry, dict) or entry.keys() != {"th", "en"}:
        raise BadWords(f"{where} needs th and en, nothing else")
    if not all(isinstance(text, str) and text.strip() for text in entry.values()):
        raise BadWords(f"{where} has an empty text")
    return Word(th=entry["th"], en=entry["en"])
