from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from takhai.thai.grades import BadGrade, Grade, Level, parse

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def test_there_are_eighteen_grades() -> None:
    assert [grade.value for grade in Grade] == [
        *(f"อ.{n}" for n in range(1, 4)),
        *(f"ป.{n}" for n in range(1, 7)),
        *(f"ม.{n}" for n in range(1, 7)),
        *(f"ปวช.{n}" for n in range(1, 4)),
    ]


@pytest.mark.parametrize(
    ("level", "grades"),
    [
        (Level.KINDERGARTEN, "อ.1 อ.2 อ.3"),
        (Level.PRIMARY, "ป.1 ป.2 ป.3 ป.4 ป.5 ป.6"),
        (Level.LOWER_SECONDARY, "ม.1 ม.2 ม.3"),
        (Level.UPPER_SECONDARY, "ม.4 ม.5 ม.6"),
        (Level.VOCATIONAL, "ปวช.1 ปวช.2 ปวช.3"),
    ],
)
def test_each_grade_has_one_level(level: Level, grades: str) -> None:
    assert " ".join(grade for grade in Grade if grade.level is level) == grades


def test_levels_are_named_in_thai_too() -> None:
    assert [level.th for level in Level] == [
        "อนุบาล",
        "ประถมศึกษา",
        "มัธยมศึกษาตอนต้น",
        "มัธยมศึกษาตอนปลาย",
        "ประกาศนียบัตรวิชาชีพ",
    ]


@given(st.sampled_from(Grade), st.booleans(), st.booleans(), st.sampled_from(["", " ", "\u200b", "\u00a0"]))
def test_spaces_a_missing_dot_and_thai_digits_do_not_matter(
    grade: Grade, dot: bool, thai_digits: bool, gap: str
) -> None:
    text = gap.join(grade.value if dot else grade.value.replace(".", ""))
    assert parse(text.translate(THAI) if thai_digits else text) is grade


@pytest.mark.parametrize(
    "text", ["", "-", "อ.4", "อ.0", "ป.7", "ม.0", "ปวช.4", "ปวส.1", "ป", "1", "ป.11", "ป..1", "ม.1/2"]
)
def test_anything_else_is_no_grade(text: str) -> None:
    with pytest.raises(BadGrade):
        parse(text)


@given(st.text(max_size=8) | st.text("อปมวช.123456789๑", max_size=6))
@example("ปวช.5")
def test_a_text_is_a_grade_or_refused(text: str) -> None:
    with suppress(BadGrade):
        assert parse(text) in Grade


@pytest.mark.parametrize(
    ("grade", "after"),
    [
        (Grade.K1, (Grade.K2,)),
        (Grade.K3, (Grade.P1,)),
        (Grade.P6, (Grade.M1,)),
        (Grade.M2, (Grade.M3,)),
        (Grade.M3, (Grade.M4, Grade.V1)),
        (Grade.M5, (Grade.M6,)),
        (Grade.M6, ()),
        (Grade.V1, (Grade.V2,)),
        (Grade.V3, ()),
    ],
)
def test_what_comes_next(grade: Grade, after: tuple[Grade, ...]) -> None:
    assert grade.next_grades() == after


def test_every_grade_but_the_first_is_reached_and_none_comes_round_again() -> None:
    reached = {after for grade in Grade for after in grade.next_grades()}
    assert reached == set(Grade) - {Grade.K1}
    seen: list[Grade] = [Grade.K1]
    while steps := seen[-1].next_grades():
        seen.append(steps[0])
        assert len(seen) <= len(Grade)
    assert seen[-1] is Grade.M6
    assert len(seen) == 15
