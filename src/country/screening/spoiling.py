"""What a planted fault does to a form that was good."""

from collections.abc import Callable, Mapping
from typing import Final

from country import numbers
from country.draw import below
from country.inputs import stranger
from country.screening.forms import Form, late_day
from country.world import World
from takhai.thai.calendar import BE

_LOST_CHARACTER: Final = "\ufffd"
# Strangers of this number and above are in no file of the country.
_NOBODY: Final = 500_000
_UNKNOWN_ANSWERS: Final = (
    ("floor", "gold"), ("roof", "sky"), ("water", ""), ("tenure", "borrowed"), ("car", "maybe"),
    ("family_status", "unknown"),
)  # fmt: skip
_NOT_ENTITLED: Final = ("ครู", "ผู้ใหญ่บ้านกิตติมศักดิ์", "เพื่อนบ้าน")


def spoil(world: World, form: Form, fault: str, nth: int) -> None:
    """Plants a fault, the `nth` of its kind, so that its ways take turns."""
    form.fault = fault
    _WAYS.get(fault, _nothing)(world, form, nth)


def _nothing(world: World, form: Form, nth: int) -> None:
    """The fault lies outside the form's own cells."""


def _row_malformed(world: World, form: Form, nth: int) -> None:
    form.cells -= 3 + nth % 8


def _text_unclean(world: World, form: Form, nth: int) -> None:
    column = ("teacher", "official_name")[nth % 2]
    form.row[column] = form.row[column][:-1] + _LOST_CHARACTER


def _number_malformed(world: World, form: Form, nth: int) -> None:
    number = form.number
    _renumber(form, (number.replace("-", "/"), number[:-1], f"X{number[1:]}")[nth % 3])


def _without_pupil(world: World, form: Form, nth: int) -> None:
    if nth % 2:
        form.row["identifier"] = numbers.malformed(form.row["identifier"], nth)
    else:
        form.row["identifier"] = stranger(world, _NOBODY + form.pupil.serial).number


def _school_unknown(world: World, form: Form, nth: int) -> None:
    code = form.row["school_code"]
    _move(form, f"{code[:4]}99{code[6:]}", nth)


def _day_impossible(world: World, form: Form, nth: int) -> None:
    year, month, day = form.row["filled_on"].split("-")
    texts = (f"{year}-02-30", f"{int(year) + BE}-{month}-{day}", f"{day}/{month}/{year}", "")
    form.row["filled_on"] = texts[nth % len(texts)]


def _answer_unknown(world: World, form: Form, nth: int) -> None:
    column, text = _UNKNOWN_ANSWERS[nth % len(_UNKNOWN_ANSWERS)]
    form.row[column] = text


def _official_missing(world: World, form: Form, nth: int) -> None:
    column = ("official_verdict", "official_number", "official_position", "official_name")[nth % 4]
    form.row[column] = ""


def _official_not_entitled(world: World, form: Form, nth: int) -> None:
    if nth % 2:
        form.row["official_number"] = numbers.wrong_check(form.row["official_number"], nth)
    else:
        form.row["official_position"] = _NOT_ENTITLED[nth % len(_NOT_ENTITLED)]


def _refusal_without_reason(world: World, form: Form, nth: int) -> None:
    form.row |= {"official_verdict": "refused", "official_reason": ""}


def _without_members(world: World, form: Form, nth: int) -> None:
    form.members = []


def _member_unreadable(world: World, form: Form, nth: int) -> None:
    column, text = (("age", "สี่สิบ"), ("wages", "1.234.5"), ("works", "maybe"), ("age", ""))[nth % 4]
    form.members[0][column] = text


def _member_age(world: World, form: Form, nth: int) -> None:
    form.members[0]["age"] = ("190", "-3")[nth % 2]


def _income_negative(world: World, form: Form, nth: int) -> None:
    form.members[0][("wages", "welfare", "other")[nth % 3]] = "-500.00"


def _income_absurd(world: World, form: Form, nth: int) -> None:
    form.members[0][("wages", "business")[nth % 2]] = "9000000.00"


def _pupil_not_listed(world: World, form: Form, nth: int) -> None:
    for member in form.members:
        if member["relation"] == "pupil":
            member["relation"] = "sibling"


def _of_another_school(world: World, form: Form, nth: int) -> None:
    pupil = form.pupil
    others = [code for code in sorted(world.schools) if code != pupil.school.code]
    _move(form, others[below(len(others), world.seed, "sent by", pupil.serial)], nth)


def _after_signing(world: World, form: Form, nth: int) -> None:
    form.sent = False
    form.row["filled_on"] = late_day(world, form.pupil).isoformat()


def _move(form: Form, code: str, nth: int) -> None:
    """The form of another school; a running number that no form of that school has."""
    form.row["school_code"] = code
    _renumber(form, f"{form.number[:5]}-{code}-{9_000 + nth}")


def _renumber(form: Form, number: str) -> None:
    form.row["form_no"] = number
    for member in form.members:
        member["form_no"] = number


_WAYS: Final[Mapping[str, Callable[[World, Form, int], None]]] = {
    "form_row_malformed": _row_malformed,
    "form_text_unclean": _text_unclean,
    "form_number_malformed": _number_malformed,
    "form_without_pupil": _without_pupil,
    "form_school_unknown": _school_unknown,
    "form_day_impossible": _day_impossible,
    "answer_unknown": _answer_unknown,
    "official_missing": _official_missing,
    "official_not_entitled": _official_not_entitled,
    "refusal_without_reason": _refusal_without_reason,
    "form_without_members": _without_members,
    "member_unreadable": _member_unreadable,
    "member_age_impossible": _member_age,
    "income_negative": _income_negative,
    "income_absurd": _income_absurd,
    "pupil_not_listed": _pupil_not_listed,
    "form_of_another_school": _of_another_school,
    "form_after_signing": _after_signing,
}
