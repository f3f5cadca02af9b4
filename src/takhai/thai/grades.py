"""School grades อ.1-ม.6 and ปวช.1-3, their level, and what comes next."""

import re
from enum import StrEnum
from itertools import pairwise

from takhai.thai.text import ascii_digits, visible


class Level(StrEnum):
    """Levels as rates and statistics use them."""

    KINDERGARTEN = "kindergarten"
    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"
    VOCATIONAL = "vocational"

    @property
    def th(self) -> str:
        """Name in Thai."""
        return _LEVEL_TH[self]


_LEVEL_TH = {
    Level.KINDERGARTEN: "อนุบาล",
    Level.PRIMARY: "ประถมศึกษา",
    Level.LOWER_SECONDARY: "มัธยมศึกษาตอนต้น",
    Level.UPPER_SECONDARY: "มัธยมศึกษาตอนปลาย",
    Level.VOCATIONAL: "ประกาศนียบัตรวิชาชีพ",
}


class BadGrade(ValueError):
    """The text names no grade."""


class Grade(StrEnum):
    """A grade; its value is what registers write."""

    K1 = "อ.1"
    K2 = "อ.2"
    K3 = "อ.3"
    P1 = "ป.1"
    P2 = "ป.2"
    P3 = "ป.3"
    P4 = "ป.4"
    P5 = "ป.5"
    P6 = "ป.6"
    M1 = "ม.1"
    M2 = "ม.2"
    M3 = "ม.3"
    M4 = "ม.4"
    M5 = "ม.5"
    M6 = "ม.6"
    V1 = "ปวช.1"
    V2 = "ปวช.2"
    V3 = "ปวช.3"

    @property
    def level(self) -> Level:
        """The level the grade belongs to."""
        stage, year = self.value.split(".")
        if stage == "ม":
            return Level.LOWER_SECONDARY if int(year) <= 3 else Level.UPPER_SECONDARY
        return _LEVEL[stage]

    def next_grades(self) -> tuple["Grade", ...]:
        """Grades a pupil may enter next: two after ม.3, none after ม.6 and ปวช.3."""
        return _NEXT[self]


_LEVEL = {"อ": Level.KINDERGARTEN, "ป": Level.PRIMARY, "ปวช": Level.VOCATIONAL}
_ORDER = tuple(Grade)
_NEXT: dict[Grade, tuple[Grade, ...]] = {
    **{here: (after,) for here, after in pairwise(_ORDER)},
    Grade.M3: (Grade.M4, Grade.V1),
    Grade.M6: (),
    Grade.V3: (),
}
_GRADE = re.compile(r"(อ|ปวช|ป|ม)\.?([1-6])")


def parse(text: str) -> Grade:
    """Read a grade; spaces, a missing dot and Thai digits do not matter. BadGrade otherwise."""
    found = _GRADE.fullmatch(ascii_digits(visible(text)).replace(" ", ""))
    if found is None:
        raise BadGrade("not a grade")
    try:
        return Grade(f"{found[1]}.{found[2]}")
    except ValueError as error:
        raise BadGrade("not a grade") from error
