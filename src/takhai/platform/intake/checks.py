"""Field checks: the text of one cell in, our value out. Pure; layouts call them by name.

Each takes the cleaned text (never empty), the cell as it came, the column and the context. It
returns the value, or a :class:`Flawed` value with warnings, or raises :class:`Refuse`.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from takhai.platform.intake import limits
from takhai.platform.intake.cells import has_markup
from takhai.platform.intake.layout import Column
from takhai.platform.intake.masking import mask
from takhai.platform.intake.types import Cell, Flawed, Note, Value
from takhai.thai import grades, money
from takhai.thai.calendar import (
    BE,
    BadDateForm,
    BadTerm,
    ImpossibleDate,
    NotBuddhistYear,
    Term,
    parse_be_date,
)
from takhai.thai.identifiers import NumberForm, read_number
from takhai.thai.names import PREFIXES, normal
from takhai.thai.text import ascii_digits

_TAIL: Final = re.compile(r"(?<=[0-9])\.0+$")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DECIMAL: Final = re.compile(r"([0-9]{1,6})(?:\.([0-9]{0,6}))?")
_WHOLE: Final = re.compile(r"[0-9]{1,18}")
_BELOW_ZERO: Final = re.compile(r"[-\u2212][0-9]+")
_MINUS: Final = ("-", "\u2212")
_RIGHT: Final = (NumberForm.CITIZEN, NumberForm.ZERO)
# Names that are in their one written form already, nearly all: seen ten times faster than made.
WRITTEN: Final = re.compile(
    r"(?:[ก-ฮ][\u0e31\u0e34-\u0e39]?[\u0e47-\u0e4c]?ำ?|[แโใไะาฯๆ]|เ(?!เ)|[A-Za-z]|(?<=[^ ]) (?=[^ ]))+"
)
# Ages of pupils reach back so many years from the academic year of the round.
OLDEST: Final = 25
# No office dates anything a century ahead: such a year is a Buddhist one where a Gregorian one belongs.
FARTHEST: Final = 100


class Refuse(Exception):
    """The value is not what the column holds; ``problem`` when it is not the column's own."""

    def __init__(self, problem: str = "") -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may know beside the cell: the round, and how the layout writes dates."""

    term: Term
    dates: str


Check = Callable[[str, Cell, Column, Context], Value | Flawed]


def text(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """Free text, of ``most`` characters. A real date is what a spreadsheet made of a house number: kept, and said."""
    if len(value) > int(column.settings.get("most", limits.CELL)):
        raise Refuse("text_unclean")
    if isinstance(cell, date):
        return Flawed(value, (Note("text_became_date", refuses=False, masked=mask(text=value)),))
    return value


def name(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """A person's name in its one written form; markup and dates are no names."""
    return _name(value, cell)


def title(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """A title written out ("เด็กชาย" for ด.ช.); one we do not know is kept and said."""
    full = _TITLES.get(_title_key(value))
    if full is not None:
        return full
    return Flawed(_name(value, cell), (_warn(column.problem, value),))


def number(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """A citizen number or G-code; a wrong check digit and a lost zero are said, the row stays good.

    With ``only_right`` (a problem) nothing but 13 digits with a right check digit is good.
    """
    read = read_number(value)
    if "only_right" in column.settings and read.form not in _RIGHT:
        raise Refuse(str(column.settings["only_right"]))
    if read.form is NumberForm.MALFORMED:
        raise Refuse
    if read.form is NumberForm.WRONG_CHECK:
        return Flawed(read.value, (_warn(str(column.settings["wrong_check"]), read.value),))
    if read.mended:
        return Flawed(read.value, (_warn(str(column.settings["zero"]), read.value),))
    return read.value


def code(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """Digits of a fixed width (``width``); from ``from`` digits on, lost zeros are put back and said."""
    digits, width = _digits(value), int(column.settings["width"])
    if not digits.isdecimal() or not digits.isascii():
        raise Refuse
    if len(digits) == width:
        return digits
    if int(column.settings.get("from", width)) <= len(digits) < width:
        return Flawed(digits.zfill(width), (_warn(str(column.settings["said"]), digits),))
    raise Refuse


def label(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """A number that nobody counts with (room, pupil's number): text without a spreadsheet's ``.0``."""
    return text(_digits(value), cell, column, context)


def grade(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """A class such as ป.1."""
    try:
        return grades.parse(value).value
    except grades.BadGrade as error:
        raise Refuse from error


def choice(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """One of ``values`` (text in the file = our value). Another is refused, or said when ``other = "warn"``."""
    known: Mapping[str, str | bool] = column.settings["values"]
    written = normal(value)
    if written in known:
        return known[written]
    if column.settings.get("other") == "warn":
        return Flawed(None, (_warn(column.problem, value),))
    raise Refuse


def mark(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """Whatever is written means yes."""
    return True


def birth_date(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """A day that exists, in a year from 25 before the academic year to that year itself."""
    try:
        day = _day(value, cell, context)
    except NotBuddhistYear as error:
        raise Refuse(str(column.settings["range"])) from error
    year = context.term.year - BE
    if not year - OLDEST <= day.year <= year:
        raise Refuse(str(column.settings["range"]))
    return day


def day(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """A day that exists; text is read in the layout's era, a real date cell is Gregorian.

    With ``about_round`` it lies between the first day of the semester before and the last of the round's own.
    """
    try:
        found = _day(value, cell, context)
    except NotBuddhistYear as error:
        raise Refuse from error
    about = context.term.previous().first_day, context.term.next().first_day
    if column.settings.get("about_round") and not about[0] <= found < about[1]:
        raise Refuse
    return found


def measure(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """A decimal as whole ``scale``-ths (kg to g: 1000); 0 is "not measured"; nonsense is said and dropped."""
    found = _DECIMAL.fullmatch(ascii_digits(value))
    scale = int(column.settings["scale"])
    if found is None:
        return Flawed(None, (_warn(column.problem, value),))
    fraction = found[2] or ""
    amount = int(found[1]) * scale + int(fraction or 0) * scale // 10 ** len(fraction)
    if amount > int(column.settings["most"]):
        return Flawed(None, (_warn(column.problem, value),))
    return amount or None


def whole(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """A whole number from ``least`` to ``most``; ``range``: the problem of one outside, if it has its own."""
    digits = _digits(value)
    beyond = str(column.settings.get("range", ""))
    if beyond and _BELOW_ZERO.fullmatch(digits):
        raise Refuse(beyond)
    if not _WHOLE.fullmatch(digits):
        raise Refuse(beyond if digits.isdecimal() else "")
    amount = int(digits)
    if (
        not int(column.settings.get("least", 0))
        <= amount
        <= int(column.settings.get("most", money.MOST_SATANG))
    ):
        raise Refuse(beyond)
    return amount


def baht(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """Baht with at most two decimals, as satang.

    ``below_zero``: "accept" takes a loss too; else the problem of a negative amount, if it has its own.
    """
    below = str(column.settings.get("below_zero", ""))
    loss = value[:1] in _MINUS and bool(below)
    try:
        satang = money.parse_baht(value[1:] if loss else value)
    except money.BadAmount as error:
        raise Refuse from error
    if loss and satang and below != "accept":
        raise Refuse(below)
    return -satang if loss else satang


def pattern(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """Text that ``like`` (a regular expression) matches whole; <round> in it is the round as 25632."""
    shown = _digits(value) if column.settings.get("digits") else value
    like = str(column.settings["like"]).replace("<round>", str(context.term).replace("-", ""))
    if isinstance(cell, date) or not re.fullmatch(like, shown):
        raise Refuse
    return shown


def json_object(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """An object of JSON, kept as it was sent: nobody here reads it."""
    try:
        told = json.loads(value)
    except (ValueError, RecursionError) as error:
        raise Refuse from error
    if not isinstance(told, dict):
        raise Refuse
    return str(cell)


def term(value: str, cell: Cell, column: Column, context: Context) -> Value | Flawed:
    """A round such as 2563-2."""
    try:
        return str(Term.parse(value))
    except BadTerm as error:
        raise Refuse from error


CHECKS: Final[Mapping[str, Check]] = {
    check.__name__: check
    for check in (
        text, name, title, number, code, label, grade, choice, mark, birth_date, day, measure, whole, baht,
        pattern, json_object, term,
    )
}  # fmt: skip


def _name(value: str, cell: Cell) -> str:
    if isinstance(cell, date) or len(value) > limits.NAME or has_markup(text=value):
        raise Refuse("text_unclean")
    return value if WRITTEN.fullmatch(value) else normal(value)


def _day(value: str, cell: Cell, context: Context) -> date:
    if isinstance(cell, date):
        return cell
    try:
        if context.dates == "buddhist":
            return parse_be_date(value)
        found = _ISO.fullmatch(ascii_digits(value))
        if found is None:
            raise Refuse
        if int(found[1]) > context.term.year - BE + FARTHEST:
            raise Refuse
        return date(int(found[1]), int(found[2]), int(found[3]))
    except NotBuddhistYear:
        raise
    except (BadDateForm, ImpossibleDate, ValueError) as error:
        raise Refuse from error


def _digits(value: str) -> str:
    digits = ascii_digits(value)
    return _TAIL.sub("", digits) if "." in digits else digits


def _warn(problem: str, value: str) -> Note:
    return Note(problem, refuses=False, masked=mask(text=value))


def _title_key(value: str) -> str:
    return normal(value).replace(" ", "").replace(".", "")


_TITLES: Final[Mapping[str, str]] = {
    _title_key(written): prefix.full for prefix in PREFIXES for written in (prefix.full, *prefix.short)
}
