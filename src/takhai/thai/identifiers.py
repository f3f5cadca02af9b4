"""Numbers by which a person is known: the 13-digit citizen number and the G-code.

Source: public descriptions of the check digit, of the first digit and of the G-code
(Ministry of Education). Persons whose number begins with 0 are in scope here.
"""

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from operator import mul

from takhai.thai.text import ascii_digits, visible

_THIRTEEN = re.compile(r"[0-9]{13}")
_TWELVE = re.compile(r"[0-9]{12}")
_GCODE = re.compile(r"G[0-9]{12}")
_EXCEL_TAIL = re.compile(r"(?<=[0-9])\.0+$")
_FILLERS = str.maketrans("", "", " -\u2010\u2011\u2012\u2013\u2014\u2212'")
_WEIGHTS = tuple(range(13, 1, -1))
# What twelve characters "0" would weigh: digits are weighed as bytes, four million times a round.
_ZEROS = ord("0") * sum(_WEIGHTS)
# Longer texts are no number with some spaces; nothing of them is worth keeping.
_LONGEST = 64


class NumberForm(StrEnum):
    """What the text of a number turned out to be."""

    CITIZEN = "citizen"
    ZERO = "zero"
    WRONG_CHECK = "wrong_check"
    GCODE = "gcode"
    MALFORMED = "malformed"


class FirstDigitKind(IntEnum):
    """What the first digit of a 13-digit number says about its holder."""

    NO_STATUS = 0
    BORN_IN_TIME = 1
    BORN_LATE = 2
    FIRST_ROUND = 3
    FIRST_ROUND_MOVED = 4
    OMITTED = 5
    TEMPORARY = 6
    CHILD_OF_TEMPORARY = 7
    ALIEN_OR_NATURALISED = 8
    RESERVED = 9

    @property
    def th(self) -> str:
        """Meaning in Thai."""
        return _MEANING[self][0]

    @property
    def en(self) -> str:
        """Meaning in English."""
        return _MEANING[self][1]


_MEANING: dict[FirstDigitKind, tuple[str, str]] = {
    FirstDigitKind.NO_STATUS: (
        "บุคคลที่ไม่มีสถานะทางทะเบียน",
        "person without registration status",
    ),
    FirstDigitKind.BORN_IN_TIME: ("แจ้งเกิดภายในกำหนด", "birth registered in time"),
    FirstDigitKind.BORN_LATE: ("แจ้งเกิดเกินกำหนด", "birth registered late"),
    FirstDigitKind.FIRST_ROUND: (
        "มีชื่อในทะเบียนบ้านเมื่อให้เลขครั้งแรก",
        "registered in the first round of numbers",
    ),
    FirstDigitKind.FIRST_ROUND_MOVED: (
        "ย้ายเข้าก่อนได้รับเลขในรอบแรก",
        "moved in before the number of the first round was given",
    ),
    FirstDigitKind.OMITTED: ("เพิ่มชื่อกรณีตกสำรวจหรือกรณีอื่น", "omitted or other case, added later"),
    FirstDigitKind.TEMPORARY: ("ผู้เข้าเมืองชั่วคราวหรือไม่ชอบด้วยกฎหมาย", "temporary or irregular entrant"),
    FirstDigitKind.CHILD_OF_TEMPORARY: (
        "บุตรของบุคคลประเภท 6 ที่เกิดในไทย",
        "child of a person of kind 6, born in Thailand",
    ),
    FirstDigitKind.ALIEN_OR_NATURALISED: (
        "คนต่างด้าวโดยชอบด้วยกฎหมายหรือผู้ได้สัญชาติไทย",
        "legal alien or naturalised",
    ),
    FirstDigitKind.RESERVED: ("เลขสำรอง", "reserved"),
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read: its form, its canonical text, and whether a lost zero was put back.

    `value` of a malformed number is what was left of the text, at most 64 characters.
    """

    form: NumberForm
    value: str
    mended: bool = False


def check_digit(first12: str) -> int:
    """The thirteenth digit that belongs to twelve; ValueError for anything but 12 digits."""
    if not (len(first12) == 12 and first12.isascii() and first12.isdecimal()):
        raise ValueError("a check digit needs exactly twelve digits")
    total: int = sum(map(mul, first12.encode(), _WEIGHTS)) - _ZEROS
    return (11 - total % 11) % 10


def read_number(text: str) -> Number:
    """Read a citizen number or a G-code as registers write it.

    Thai digits, spaces, dashes, a spreadsheet's trailing ".0" and invisible characters do not
    matter. Twelve digits are taken as a number whose leading zero was lost, but only when the
    check digit then fits. Never raises: what cannot be read is MALFORMED.
    """
    if len(text) == 13 and text.isascii() and text.isdecimal():
        return Number(_form_of_thirteen(text), text)
    if len(text) > _LONGEST:
        return Number(NumberForm.MALFORMED, "")
    value = ascii_digits(visible(text)).translate(_FILLERS).upper()
    value = _EXCEL_TAIL.sub("", value)
    if _GCODE.fullmatch(value):
        return Number(NumberForm.GCODE, value)
    if _THIRTEEN.fullmatch(value):
        return Number(_form_of_thirteen(value), value)
    if _TWELVE.fullmatch(value):
        padded = "0" + value
        if _form_of_thirteen(padded) is NumberForm.ZERO:
            return Number(NumberForm.ZERO, padded, mended=True)
    return Number(NumberForm.MALFORMED, value[:_LONGEST])


def first_digit_kind(number: str) -> FirstDigitKind:
    """What the first digit of a canonical 13-digit number means; ValueError otherwise."""
    if not _THIRTEEN.fullmatch(number):
        raise ValueError("only a 13-digit number has a first-digit kind")
    return FirstDigitKind(int(number[0]))


def mask(number: str) -> str:
    """A number as it may be shown: "1-1017-xxxxx-70-8", "G-6442-xxxxxx-78".

    Of a text that is neither form nothing but its length (at most 13) is shown.
    """
    if _THIRTEEN.fullmatch(number):
        return f"{number[0]}-{number[1:5]}-xxxxx-{number[10:12]}-{number[12]}"
    if _GCODE.fullmatch(number):
        return f"G-{number[1:5]}-xxxxxx-{number[11:]}"
    return "x" * min(len(number), 13)


def _form_of_thirteen(value: str) -> NumberForm:
    if check_digit(value[:12]) != int(value[12]):
        return NumberForm.WRONG_CHECK
    return NumberForm.ZERO if value[0] == "0" else NumberForm.CITIZEN
