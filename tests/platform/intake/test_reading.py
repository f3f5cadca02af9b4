"""Both phases read a file through one class: what check calls good is what commit takes in."""

import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from tests.platform.intake import making

from takhai.platform.intake import limits
from takhai.platform.intake.reading import Reading, reading
from takhai.platform.problems import Refusal

TYPED = {
    "school_code": "81012017",
    "identifier": making.CITIZEN,
    "grade": "ป.1",
    "room": "1",
    "pupil_no": "1024",
    "sex": "m",
    "prefix": "เด็กชาย",
    "first_name": "ทดสอบ",
    "last_name": "ใจดีงาม",
    "birth_date": date(2013, 12, 9),
    "weight_g": 20_500,
    "height_mm": 1_120,
    "blood_group": None,
    "father_first_name": None,
    "disadvantage": "18",
    "long_absent": False,
}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_good_row_comes_typed_under_our_names(kind: str, tmp_path: Path) -> None:
    write = making.write_csv if kind == "csv" else making.write_xlsx
    row = making.good_rows(write(tmp_path, [making.row()]))[0]
    assert {field: row.values[field] for field in TYPED} == TYPED
    assert set(row.values) == set(making.FIELDS)


def test_rows_carry_the_number_of_the_sheet(tmp_path: Path) -> None:
    lines = [making.row(), [""] * 36, making.row(grade="?"), making.row(identifier=making.number(1))]
    assert [row.number for row in making.good_rows(making.write_xlsx(tmp_path, lines))] == [3, 6]


def test_what_was_dropped_is_counted_by_the_first_bad_column(tmp_path: Path) -> None:
    lines = [
        making.row(),
        making.row(grade="?", birth_date="?", school_code="?"),
        making.row(birth_date="?", grade="?"),
        making.row(last_name="-", birth_date="?"),
        making.row()[:9],
    ]
    with Reading(path=making.write_csv(tmp_path, lines), layout=making.DMC, term=making.TERM) as file:
        assert len(list(file)) == 1
    assert (file.rows, file.good) == (5, 1)
    assert file.dropped == {
        "school_code_malformed": 1,
        "class_unknown": 1,
        "name_missing": 1,
        "row_malformed": 1,
    }


def test_the_extract_of_teachers_is_read_by_its_names(tmp_path: Path) -> None:
    keep = [
        at
        for at, field in enumerate(making.FIELDS)
        if field not in ("school_code", "school_name", "room", "age")
    ]
    lines = [[cells[at] for at in keep] for cells in making.rows(2)]
    path = making.write_xlsx(
        tmp_path,
        [["ชั้น ป.1 ห้อง 1"], [making.HEADER[at] for at in keep], *lines],
        header=["โรงเรียนบ้านทดสอบ"],
        stamp="",
    )
    found = making.good_rows(path)
    assert [row.number for row in found] == [4, 5]
    assert (found[0].values["school_code"], found[0].values["room"]) == (None, None)
    assert found[0].values["first_name"] == "ทดสอบ"


def test_columns_in_any_order_give_the_same_values(tmp_path: Path) -> None:
    order = [*range(35, -1, -1)]
    path = making.write_csv(
        tmp_path, [[making.row()[at] for at in order]], header=[making.HEADER[at] for at in order]
    )
    plain = making.write_csv(tmp_path, [making.row()], name="plain.csv")
    assert making.good_rows(path)[0].values == making.good_rows(plain)[0].values


def test_the_stamp_is_kept(tmp_path: Path) -> None:
    with reading(
        path=making.write_xlsx(tmp_path, making.rows(1)), layout=making.DMC, term=making.TERM
    ) as file:
        assert file.stamp == date(2020, 12, 2)
    with reading(
        path=making.write_csv(tmp_path, making.rows(1)), layout=making.DMC, term=making.TERM
    ) as file:
        assert file.stamp is None


def test_a_stamp_in_a_cell_beside_its_words(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(
        f"วันและเวลาที่สร้างรายงาน,2020-12-02 04:10\n{making.csv_text(making.rows(1))}", encoding="utf-8-sig"
    )
    with reading(path=path, layout=making.DMC, term=making.TERM) as file:
        assert file.stamp == date(2020, 12, 2)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("เด็กยากจน", "18"),
        (" เด็กยากจน ", "18"),
        ("ต้องการสมัครขอรับทุน", "apply"),
        ("เด็กชนกลุ่มน้อย", "16"),
        ("เด็กถูกทอดทิ้ง/กำพร้า", "12"),
        ("เด็กถูกทอดทิ้ง/กําพร้า", "12"),
        ("-", "99"),
        ("", "99"),
        ("อย่างอื่น", None),
    ],
)
def test_categories_of_disadvantage(written: str, kept: str | None, tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, [making.row(disadvantage=written)])
    assert making.good_rows(path)[0].values["disadvantage"] == kept
    assert making.warn_names(making.checked(path)) == ([] if kept else ["disadvantage_unknown"])


@pytest.mark.parametrize(
    ("written", "kept"), [("-", False), ("", False), ("/", True), ("ใช่", True), ("3.1.8", True)]
)
def test_the_mark_of_long_absence(written: str, kept: bool, tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, [making.row(long_absent=written)])
    assert making.good_rows(path)[0].values["long_absent"] is kept


def test_a_file_without_a_column_that_is_only_said_goes_on(tmp_path: Path) -> None:
    at = making.FIELDS.index("disadvantage")
    path = making.write_csv(
        tmp_path,
        [cells[:at] + cells[at + 1 :] for cells in making.rows(1)],
        header=making.HEADER[:at] + making.HEADER[at + 1 :],
    )
    assert making.good_rows(path)[0].values["disadvantage"] == "99"
    assert [(entry.row, entry.name) for entry in making.checked(path).warn] == [(1, "column_absent")]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_reading_left_early_closes_its_file(kind: str, tmp_path: Path) -> None:
    write = making.write_csv if kind == "csv" else making.write_xlsx
    path = write(tmp_path, making.rows(2_000))
    with reading(path=path, layout=making.DMC, term=making.TERM) as file:
        assert next(iter(file)).number in (2, 3)
    assert len(making.good_rows(path)) == 2_000


def test_a_refusal_in_the_middle_reaches_the_caller_who_has_committed_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MANY_BAD_ROWS", 5)
    path = making.write_csv(tmp_path, [making.row(grade="?")] * 20)
    with (
        reading(path=path, layout=making.DMC, term=making.TERM) as file,
        pytest.raises(Refusal, match="layout"),
    ):
        list(file)


def test_good_rows_are_read_in_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("takhai.platform.intake.judging._REMEMBERED", 200)
    monkeypatch.setattr("takhai.platform.intake.text_table._CHUNK", 16_384)

    def peak(count: int) -> int:
        path = making.write_csv(tmp_path, making.rows(count), name=f"r{count}.csv")
        tracemalloc.start()
        with reading(path=path, layout=making.DMC, term=making.TERM) as file:
            for _ in file:
                pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    # What is made once and kept, whoever reads first, is no part of it.
    peak(1_000)
    assert peak(4_000) < 1.1 * peak(1_000)


def test_the_numbers_of_check_and_commit_are_the_same(tmp_path: Path) -> None:
    lines = [
        making.row(identifier=making.number(at), grade="?" if at % 3 == 0 else "ป.1") for at in range(30)
    ]
    path = making.write_csv(tmp_path, lines)
    answer = making.checked(path)
    with reading(path=path, layout=making.DMC, term=making.TERM) as file:
        assert len(list(file)) == answer.good == file.good == 20
    assert (file.rows, file.sha256, sum(file.dropped.values())) == (answer.rows, answer.sha256, 10)


def test_what_a_refused_row_says_all_the_same(tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, [making.row(grade="?", identifier=making.CITIZEN, room="")])
    with Reading(path=path, layout=making.DMC, term=making.TERM) as file:
        (result,) = file.results()
        assert result.values is None
        assert file.told(result=result, field="identifier") == making.CITIZEN
        assert file.told(result=result, field="birth_date") == date(2013, 12, 9)
        assert file.told(result=result, field="grade") is None


def test_a_line_that_is_no_row_says_nothing(tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, [making.row()[:7]])
    with Reading(path=path, layout=making.DMC, term=making.TERM) as file:
        (result,) = file.results()
        assert file.told(result=result, field="identifier") is None
