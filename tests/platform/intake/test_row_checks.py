"""Checks that see the whole row, and checks over the rows of a file."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.platform.intake.layout import Check
from takhai.platform.intake.row_checks import ACROSS_CHECKS, ROW_CHECKS, TITLED
from takhai.platform.intake.types import Value
from takhai.thai.names import PREFIXES, normal, split_prefix


def run(
    name: str, values: list[Value], *, refuses: bool = False, **settings: Any
) -> tuple[list[Value], list[int]]:
    """The values after the check and the places of its notes; one foreign value stands before them."""
    check = Check(name=name, fields=(), problem="prefix_sex_differs", refuses=refuses, settings=settings)
    row: list[Value] = ["foreign", *values]
    notes = ROW_CHECKS[name](check=check, at=range(1, len(values) + 1))(row)
    assert all(note.refuses is refuses and note.problem == "prefix_sex_differs" for note in notes)
    assert row[0] == "foreign"
    return row[1:], [note.column for note in notes]


@pytest.mark.parametrize(
    ("title", "sex", "said"),
    [
        ("เด็กชาย", "m", False),
        ("เด็กชาย", "f", True),
        ("นางสาว", "m", True),
        ("สามเณร", "m", False),
        ("", "f", False),
        ("ท่านผู้กล้า", "f", False),
        ("เด็กชาย", None, False),
        (None, "m", False),
    ],
)
def test_title_and_sex(title: str | None, sex: str | None, said: bool) -> None:
    assert run("title_fits_sex", [title, sex]) == ([title, sex], [1] if said else [])


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (["", "เด็กชายทดสอบ"], ["เด็กชาย", "ทดสอบ"], True),
        ([None, "เด็กชายทดสอบ"], ["เด็กชาย", "ทดสอบ"], True),
        (["เด็กชาย", "เด็กชายทดสอบ"], ["เด็กชาย", "ทดสอบ"], True),
        (["เด็กหญิง", "เด็กชายทดสอบ"], ["เด็กหญิง", "เด็กชายทดสอบ"], False),
        (["เด็กหญิง", "นางาม"], ["เด็กหญิง", "นางาม"], False),
        (["", "ทดสอบ"], ["", "ทดสอบ"], False),
        (["", None], ["", None], False),
    ],
)
def test_a_glued_title(before: list[Value], after: list[Value], said: bool) -> None:
    assert run("glued_title", list(before)) == (after, [2] if said else [])


WRITTEN = sorted({written for prefix in PREFIXES for written in (prefix.full, *prefix.short)})


@given(
    st.sampled_from(WRITTEN),
    st.sampled_from(("", " ", ".", ". ")),
    st.text(alphabet="กนมาเ .", max_size=6),
    st.booleans(),
)
def test_no_title_is_overlooked(written: str, between: str, name: str, dots: bool) -> None:
    text = normal((written if dots else written.replace(".", "")) + between + name)
    assert TITLED.match(text) or split_prefix(text) == ("", text)


@pytest.mark.parametrize(
    ("surname", "number", "said"),
    [
        ("ใจดี", "1101700230708", False),
        ("", "1101700230708", True),
        ("", "G642112345678", False),
        ("", "0123456789016", False),
        ("", None, True),
        (None, "1101700230708", False),
    ],
)
def test_who_may_have_no_surname(surname: str | None, number: str | None, said: bool) -> None:
    found = run("surname_unless_unregistered", [surname, number], refuses=True)
    assert found == ([surname, number], [1] if said else [])


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["received", 100, "day"], []),
        (["received", None, "day"], [2]),
        (["received", None, None], [2, 3]),
        (["received", 0, "day"], []),
        (["moved", None, None], []),
        ([None, None, None], []),
    ],
)
def test_what_is_needed_with_an_answer(values: list[Value], said: list[int]) -> None:
    assert run("needed_when", values, refuses=True, **{"is": ["received"]})[1] == said


def test_the_second_row_with_the_same_values_is_said_with_the_number_of_the_first() -> None:
    check = Check(name="unique", fields=(), problem="repeated_in_file", refuses=False, settings={})
    same = ACROSS_CHECKS["unique"](check=check, at=[0, 2])
    assert same(5, ["a", "x", "b"]) == ()
    assert same(6, ["a", "y", "c"]) == ()
    note = same(9, ["a", "z", "b"])[0]
    assert (note.problem, note.refuses, note.masked, note.column) == ("repeated_in_file", False, "5", 0)
    assert same(10, ["a", "z", "b"])[0].masked == "5"
