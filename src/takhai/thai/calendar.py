"""Buddhist years, semesters, fiscal quarters and dates as Thai readers write them.

Source of the semesters: Ministry of Education rule of 2549 (16 May-11 Oct, 1 Nov-1 Apr).
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from takhai.thai.text import ascii_digits, visible

BE = 543
_FIRST_YEAR, _LAST_YEAR = 2400, 2700
_TERM = re.compile(r"([0-9]{4})-([12])")
_BE_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_LONG = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)


class BadDateForm(ValueError):
    """The text is not dd/mm/BBBB."""


class ImpossibleDate(ValueError):
    """The form is right, but no calendar has that day."""


class NotBuddhistYear(ValueError):
    """The form is right, but the year is not one of the Buddhist era."""


class BadTerm(ValueError):
    """The text is not a semester such as 2563-2."""


@dataclass(frozen=True, order=True, slots=True)
class Term:
    """One semester of an academic year of the Buddhist era; `2563-2` in files, `2/2563` on screen."""

    year: int
    semester: int

    def __post_init__(self) -> None:
        if not _FIRST_YEAR <= self.year <= _LAST_YEAR or self.semester not in (1, 2):
            raise BadTerm("a semester is 1 or 2 of a Buddhist year")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2563-2"; BadTerm for anything else."""
        found = _TERM.fullmatch(ascii_digits(visible(text)).strip())
        if found is None:
            raise BadTerm("a semester is written like 2563-2")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def begun(cls, day: date) -> Self:
        """The last semester that had begun on the day (the holidays after it count to it)."""
        year = be_year(day)
        for term in (cls(year, 2), cls(year, 1)):
            if term.first_day <= day:
                return term
        return cls(year - 1, 2)

    def __str__(self) -> str:
        return f"{self.year}-{self.semester}"

    @property
    def label(self) -> str:
        """As people say it: 2/2563."""
        return f"{self.semester}/{self.year}"

    @property
    def first_day(self) -> date:
        """16 May or 1 November."""
        year = self.year - BE
        return date(year, 5, 16) if self.semester == 1 else date(year, 11, 1)

    @property
    def last_day(self) -> date:
        """11 October, or 1 April of the following year; inclusive."""
        year = self.year - BE
        return date(year, 10, 11) if self.semester == 1 else date(year + 1, 4, 1)

    def next(self) -> Self:
        """The semester after this one."""
        step = (self.year, 2) if self.semester == 1 else (self.year + 1, 1)
        return type(self)(*step)

    def previous(self) -> Self:
        """The semester before this one."""
        step = (self.year, 1) if self.semester == 2 else (self.year - 1, 2)
        return type(self)(*step)


def be_year(day: date) -> int:
    """Buddhist year of a date."""
    return day.year + BE


def parse_be_date(text: str) -> date:
    """Read a Buddhist dd/mm/BBBB date, Thai digits included.

    Raises BadDateForm, NotBuddhistYear or ImpossibleDate, all ValueError. The era is the
    caller's declaration and never guessed: a year outside 2400-2700 is refused.
    """
    found = _BE_DATE.fullmatch(ascii_digits(visible(text)).strip())
    if found is None:
        raise BadDateForm("a date is written dd/mm/yyyy with a Buddhist year")
    day, month, year = (int(part) for part in found.groups())
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise NotBuddhistYear("the year is not of the Buddhist era")
    try:
        return date(year - BE, month, day)
    except ValueError as error:
        raise ImpossibleDate("no calendar has this day") from error


def short_date(day: date) -> str:
    """9 ธ.ค. 2563"""
    return f"{day.day} {_SHORT[day.month - 1]} {be_year(day)}"


def long_date(day: date) -> str:
    """9 ธันวาคม 2563"""
    return f"{day.day} {_LONG[day.month - 1]} {be_year(day)}"


def fiscal_quarter(day: date) -> tuple[int, int]:
    """(fiscal year, quarter): October-December 2566 is (2567, 1)."""
    year, quarter = divmod(day.month + 2, 12)
    return be_year(day) + year, quarter // 3 + 1


def window_text(opens: date, closes: date) -> str:
    """Both days inclusive, nothing said twice: "5–20 มิ.ย. 2564"; ValueError when turned round."""
    if closes < opens:
        raise ValueError("a window closes on or after the day it opens")
    if opens == closes:
        return short_date(closes)
    if opens.year != closes.year:
        return f"{short_date(opens)}–{short_date(closes)}"
    if opens.month != closes.month:
        return f"{opens.day} {_SHORT[opens.month - 1]}–{short_date(closes)}"
    return f"{opens.day}–{short_date(closes)}"
