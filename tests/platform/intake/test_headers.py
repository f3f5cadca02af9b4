"""Columns are found by their names, whatever the order; repeated names by position."""

import random

import pytest
from tests.platform.intake.making import DMC, HEADER

from takhai.platform.intake.headers import match, title_key

SAME = "เลขประจำตัวนักเรียน"


def renamed(**names: str) -> list[str]:
    cells = list(HEADER)
    for field, name in names.items():
        cells[DMC.fields.index(field)] = name
    return cells


def test_the_columns_of_the_export_stand_in_their_places() -> None:
    header = match(layout=DMC, cells=HEADER)
    assert header.places == {field: at for at, field in enumerate(DMC.fields)}
    assert (header.missing, header.repeated) == ((), ())


def test_two_columns_of_one_name_are_told_apart_by_position() -> None:
    header = match(layout=DMC, cells=renamed(identifier=SAME, pupil_no=SAME))
    assert (header.places["identifier"], header.places["pupil_no"]) == (2, 5)
    assert header.repeated == ()


def test_two_columns_of_one_name_elsewhere_are_told_apart_by_order() -> None:
    cells = renamed(identifier=SAME, pupil_no=SAME)
    cells = cells[2:] + cells[:2]
    header = match(layout=DMC, cells=cells)
    assert (header.places["identifier"], header.places["pupil_no"]) == (0, 3)


def test_the_name_of_pandas_is_the_pupil_number() -> None:
    header = match(layout=DMC, cells=renamed(identifier=SAME, pupil_no=f"{SAME}2"))
    assert (header.places["identifier"], header.places["pupil_no"]) == (2, 5)


def test_a_citizen_number_under_its_own_name_leaves_the_shared_name_to_the_pupil_number() -> None:
    header = match(layout=DMC, cells=renamed(pupil_no=SAME))
    assert (header.places["identifier"], header.places["pupil_no"]) == (2, 5)


def test_the_shared_name_alone_is_the_citizen_number() -> None:
    cells = [cell for cell in renamed(identifier=SAME) if cell != "รหัสนักเรียน"]
    assert match(layout=DMC, cells=cells).places["identifier"] == 2


def test_a_pupil_number_under_its_own_name_leaves_the_shared_name_to_the_citizen_number() -> None:
    assert match(layout=DMC, cells=renamed(identifier=SAME)).places["identifier"] == 2


def test_any_order_is_read() -> None:
    cells = list(HEADER)
    random.Random(1).shuffle(cells)
    header = match(layout=DMC, cells=cells)
    assert all(
        cells[at] == DMC.columns[DMC.fields.index(field)].header[0] for field, at in header.places.items()
    )
    assert header.missing == ()


@pytest.mark.parametrize(
    "written",
    ["วันเกิด ", " วัน เกิด", '"วันเกิด"', "\ufeffวันเกิด", "วันเกิด\u200b", "วัน\nเกิด"],
)
def test_blanks_quotes_and_invisible_characters_in_a_name_do_not_matter(written: str) -> None:
    assert match(layout=DMC, cells=renamed(birth_date=written)).places["birth_date"] == 10


def test_sara_am_typed_in_two_characters_is_the_same_name() -> None:
    assert title_key("คํานําหน้าชื่อ") == title_key("คำนำหน้าชื่อ")


def test_a_date_is_no_name_of_a_column() -> None:
    from datetime import date

    assert title_key(date(2020, 1, 1)) == ""


def test_unknown_columns_do_not_matter() -> None:
    header = match(layout=DMC, cells=["ลำดับ", *HEADER, "หมายเหตุ", "หมายเหตุ"])
    assert (header.places["school_code"], header.repeated) == (1, ())


def test_a_column_named_twice_is_told() -> None:
    assert match(layout=DMC, cells=[*HEADER, "วันเกิด"]).repeated == ("วันเกิด",)


def test_the_shared_name_three_times_is_told() -> None:
    assert match(layout=DMC, cells=[*renamed(identifier=SAME, pupil_no=SAME), SAME]).repeated != ()


def test_the_extract_of_teachers_lacks_columns_that_may_be_absent() -> None:
    gone = {"รหัสโรงเรียน", "ชื่อโรงเรียน", "ห้อง", "อายุ(ปี)", "กลุ่มเลือด"}
    header = match(layout=DMC, cells=[cell for cell in HEADER if cell not in gone])
    assert header.refused == ()
    assert {column.header[0] for column in header.missing} == gone


def test_columns_that_must_be_there_are_named() -> None:
    header = match(layout=DMC, cells=[cell for cell in HEADER if cell not in ("วันเกิด", "เพศ")])
    assert [column.field for column in header.refused] == ["sex", "birth_date"]


def test_what_people_read_of_a_name_holds_no_control_characters() -> None:
    header = match(layout=DMC, cells=renamed(birth_date="\x07วัน\u202eเกิด\x1b"))
    assert header.titles["birth_date"] == "วันเกิด"


def test_what_the_file_calls_a_column_is_what_people_read() -> None:
    header = match(layout=DMC, cells=renamed(birth_date=" วันเดือนปีเกิด "))
    assert header.titles["birth_date"] == "วันเดือนปีเกิด"
