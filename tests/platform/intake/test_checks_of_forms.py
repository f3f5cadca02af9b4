"""Settings of field checks that forms need: losses, ages out of range, days about the round, right numbers, JSON."""

from datetime import date

import pytest
from tests.platform.intake.making import CITIZEN, GCODE
from tests.platform.intake.test_checks import column, refused, run

from takhai.platform.intake.types import Cell, Value

LOSS, NO_LOSS = column("baht", below_zero="accept"), column("baht", below_zero="income_negative")
AGE = column("whole", most=150, range="member_age_impossible")
ABOUT = column("day", about_round=True)
RIGHT = column("number", only_right="official_not_entitled")
NUMBER = column("pattern", like="<round>-[0-9]{8}")
FLAG = column("choice", values={"yes": True, "no": False})
EXTENSION = column("json_object")


@pytest.mark.parametrize(
    ("cell", "check", "value"),
    [
        ("-500.25", LOSS, -50_025),
        ("\u22121,000", LOSS, -100_000),
        ("๕", LOSS, 500),
        ("-0.00", LOSS, 0),
        ("12.5", NO_LOSS, 1_250),
        ("-0", NO_LOSS, 0),
        ("0", AGE, 0),
        ("150", AGE, 150),
        ("2020-05-16", ABOUT, date(2020, 5, 16)),
        ("2021-05-15", ABOUT, date(2021, 5, 15)),
        (date(2021, 1, 5), ABOUT, date(2021, 1, 5)),
        (CITIZEN, RIGHT, CITIZEN),
        ("25632-81012017", NUMBER, "25632-81012017"),
        ("yes", FLAG, True),
        ("no", FLAG, False),
        ('{"a":  1}', EXTENSION, '{"a":  1}'),
        ("{}", EXTENSION, "{}"),
    ],
)
def test_values_that_are_read(cell: Cell, check: object, value: Value) -> None:
    found = run(cell, check)  # type: ignore[arg-type]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("cell", "check", "problem"),
    [
        ("-500", NO_LOSS, "income_negative"),
        ("-0.01", NO_LOSS, "income_negative"),
        ("- 500 baht", NO_LOSS, "value_missing"),
        ("--5", LOSS, "value_missing"),
        ("-", column("baht", required=True, below_zero="accept"), "value_missing"),
        ("-5", column("baht"), "value_missing"),
        ("151", AGE, "member_age_impossible"),
        ("9" * 40, AGE, "member_age_impossible"),
        ("-1", AGE, "member_age_impossible"),
        ("\u22121", AGE, "member_age_impossible"),
        ("forty", AGE, "value_missing"),
        ("4.5", AGE, "value_missing"),
        ("2020-05-15", ABOUT, "value_missing"),
        ("2021-05-16", ABOUT, "value_missing"),
        (GCODE, RIGHT, "official_not_entitled"),
        (CITIZEN[:-1] + "1", RIGHT, "official_not_entitled"),
        ("12", RIGHT, "official_not_entitled"),
        ("25641-81012017", NUMBER, "value_missing"),
        ("25632-8101201", NUMBER, "value_missing"),
        ("YES", FLAG, "value_missing"),
        ("[]", EXTENSION, "value_missing"),
        ("{", EXTENSION, "value_missing"),
        ("[" * 499, EXTENSION, "value_missing"),
        ("1", EXTENSION, "value_missing"),
        (date(2021, 1, 5), EXTENSION, "value_missing"),
        ("{" + " " * 500 + "}", EXTENSION, "text_unclean"),
    ],
)
def test_values_that_are_refused_under_their_problem(cell: Cell, check: object, problem: str) -> None:
    assert refused(run(cell, check)) == problem  # type: ignore[arg-type]


def test_the_check_digit_of_the_sample_is_wrong_when_changed() -> None:
    assert not CITIZEN.endswith("1")
