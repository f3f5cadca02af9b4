"""Phase one as a whole: the real export, the answer, and what it may not say."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from tests.platform.intake import making

from takhai.platform.intake.check import check
from takhai.platform.intake.layout import load
from takhai.platform.problems import catalogue

SAME = "เลขประจำตัวนักเรียน"
KEYS = ["row", "column", "code", "message_th", "message_en", "mend_th", "mend_en"]
LINES = [
    making.row(identifier=making.number(1)),
    making.row(identifier=making.number(2), birth_date=date(2013, 12, 9)),
    making.row(identifier=12345678904, birth_date="31/02/2556"),
    making.row(identifier=making.number(3)[:-1] + "x"),
    making.row(identifier="1101700230700"),
    making.row(identifier=making.GCODE, last_name="-", school_code=1012017),
]


def real_export(folder: Path) -> Path:
    """Stamp, header in row 2 with one name twice, real dates and numbers among the text."""
    header = [SAME if at in (2, 5) else name for at, name in enumerate(making.HEADER)]
    return making.write_xlsx(folder, LINES, header=header)


def test_the_real_export_loads_as_it_is(tmp_path: Path) -> None:
    answer = making.checked(real_export(tmp_path))
    assert (answer.rows, answer.good, answer.stamp) == (6, 4, date(2020, 12, 2))
    assert [(entry.row, entry.column, entry.name) for entry in answer.bad] == [
        (5, SAME, "number_malformed"),
        (5, "วันเกิด", "birth_date_impossible"),
        (6, SAME, "number_malformed"),
    ]
    assert [(entry.row, entry.name) for entry in answer.warn] == [
        (7, "number_check_digit"),
        (8, "school_code_zero_restored"),
    ]


def test_its_copy_as_csv_gives_the_same_answer(tmp_path: Path) -> None:
    lines = [
        [cell.strftime("09/12/2556") if isinstance(cell, date) else cell for cell in line] for line in LINES
    ]
    header = [SAME if at in (2, 5) else name for at, name in enumerate(making.HEADER)]
    answer = making.checked(making.write_csv(tmp_path, lines, header=header, stamp=making.STAMP))
    other = making.checked(real_export(tmp_path))
    assert answer.to_json()["bad"] == other.to_json()["bad"]
    assert answer.to_json()["warn"] == other.to_json()["warn"]


def test_a_copy_without_stamp_counts_its_rows_from_the_header(tmp_path: Path) -> None:
    answer = making.check_rows(tmp_path, making.row(), making.row(grade="?"))
    assert [entry.row for entry in answer.bad] == [3]
    assert answer.stamp is None


def test_the_answer_has_exactly_these_keys(tmp_path: Path) -> None:
    answer = making.checked(real_export(tmp_path)).to_json()
    assert list(answer) == ["rows", "good", "bad", "warn", "bad_rows_file"]
    for entry in (*answer["bad"], *answer["warn"]):
        assert list(entry) == KEYS
        assert all(entry[key] for key in KEYS if key != "column")
    json.dumps(answer)


def test_every_code_is_a_problem_of_the_house(tmp_path: Path) -> None:
    codes = {problem.code for problem in catalogue().values()}
    answer = making.checked(real_export(tmp_path))
    assert {entry.code for entry in [*answer.bad, *answer.warn]} <= codes


def test_a_warned_row_is_good_and_a_bad_row_is_only_bad(tmp_path: Path) -> None:
    answer = making.check_rows(
        tmp_path, making.row(identifier="1101700230700"), making.row(identifier="1101700230700", grade="?")
    )
    assert (answer.rows, answer.good) == (2, 1)
    assert [entry.row for entry in answer.warn] == [2]
    assert [(entry.row, entry.name) for entry in answer.bad] == [(3, "class_unknown")]


def test_a_row_with_several_faults_tells_all_of_them_in_the_order_of_columns(tmp_path: Path) -> None:
    answer = making.check_rows(
        tmp_path, making.row(birth_date="?", school_code="?", sex="?", last_name="-", identifier="?")
    )
    assert making.bad_names(answer) == [
        "school_code_malformed",
        "number_malformed",
        "sex_unknown",
        "name_missing",
        "birth_date_impossible",
    ]


def test_sentences_name_row_and_column_in_both_languages(tmp_path: Path) -> None:
    entry = making.check_rows(tmp_path, making.row(birth_date="31/02/2556")).bad[0]
    for sentence in (entry.message_th, entry.message_en):
        assert "2" in sentence
        assert "วันเกิด" in sentence
        assert "xx/xx/2556" in sentence


def test_the_years_of_the_range_are_said_in_the_buddhist_era(tmp_path: Path) -> None:
    entry = making.check_rows(tmp_path, making.row(birth_date="09/12/2500")).bad[0]
    assert "2538" in entry.message_th
    assert "2563" in entry.message_th


@pytest.mark.parametrize(
    ("lines", "status"),
    [([making.row()], 0), ([making.row(), making.row(grade="?")], 0), ([making.row(grade="?")], 2)],
)
def test_one_good_row_is_enough_for_exit_0(lines: list[list[str]], status: int, tmp_path: Path) -> None:
    assert making.checked(making.write_csv(tmp_path, lines)).exit_code == status


def test_checking_a_good_file_writes_nothing(tmp_path: Path) -> None:
    making.check_rows(tmp_path, making.row())
    assert [path.name for path in tmp_path.iterdir()] == ["register.csv"]


@pytest.mark.parametrize(
    "name", ["register.xls", "register.ods", "register.txt", "register", "register.XLSM", "register.xlsb"]
)
def test_other_kinds_of_file_are_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(making.csv_text(making.rows(1)).encode())
    assert making.bad_names(making.checked(path)) == ["file_kind_unknown"]


def test_endings_in_capitals_are_endings(tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, making.rows(1))
    assert making.checked(path.rename(tmp_path / "REGISTER.CSV")).good == 1


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    assert making.bad_names(making.checked(tmp_path / "gone.csv")) == ["file_unreadable"]


@pytest.mark.parametrize(
    "name", [b"r\xff\xfe.csv", b"r\x1b[31m.csv", b"r.\xffx\x1b", "ย".encode() * 80 + b".csv"]
)
def test_the_sentence_about_a_file_can_be_printed_whatever_its_name(name: bytes, tmp_path: Path) -> None:
    answer = making.checked(tmp_path / os.fsdecode(name))
    said = making.sentences(answer)
    assert said.replace("\n", "").isprintable()
    said.encode("utf-8")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert making.bad_names(making.checked(tmp_path / "pipe.csv")) == ["file_unreadable"]


def test_the_same_file_gives_the_same_answer_twice(tmp_path: Path) -> None:
    path = real_export(tmp_path)
    assert making.checked(path).to_json() == making.checked(path).to_json()


def test_entries_are_a_sequence(tmp_path: Path) -> None:
    bad = making.check_rows(tmp_path, *[making.row(grade="?")] * 4).bad
    assert [entry.row for entry in bad[1:3]] == [3, 4]
    assert bad[-1].row == 5
    assert len(bad) == 4


SMALL = {
    "areas": ("8101,สพป.ทดสอบ,primary,81", "8101,,primary,81", "value_missing"),
    "schools": (
        "81012017,1081520224,โรงเรียนบ้านทดสอบ,obec,8101,810101,กรุงไทย,8010123456,075-000-000",
        "81012017,1081520224,โรงเรียนบ้านทดสอบ,moe,8101,810101,,,",
        "value_not_a_choice",
    ),
    "last_round": (
        f"{making.CITIZEN},เด็กชาย,ทดสอบ,ใจดี,2013-12-09,ช,81012017,ป.1,promptpay,2562,yes",
        f"{making.CITIZEN},เด็กชาย,ทดสอบ,ใจดี,09/12/2556,ช,81012017,ป.1,promptpay,2562,yes",
        "value_not_a_date",
    ),
    "registry_extract": (
        f"{making.CITIZEN},เด็กชาย,ทดสอบ,ใจดี,ช,2013-12-09,yes",
        f"{making.CITIZEN},เด็กชาย,ทดสอบ,ใจดี,ช,2013-12-09,perhaps",
        "value_not_a_choice",
    ),
    "channels": (f"{making.CITIZEN},{making.GCODE},promptpay", "123,,promptpay", "value_not_a_code"),
    "approval": (
        f"2563-2,old,{'a' * 64},10,10000.00,approve,malee.approver,2021-01-05,",
        f"2563-2,old,{'a' * 63},10,10000.00,approve,malee.approver,2021-01-05,",
        "value_not_a_code",
    ),
    "results": (
        f"T-1,{making.CITIZEN},100000,accepted,,2021-01-08",
        f"T-1,{making.CITIZEN},-100000,accepted,,2021-01-08",
        "value_not_money",
    ),
    "receipts": ("L-1,moved,,,,ย้าย", "L-1,received,,2021-01-20,,", "value_missing"),
    "returns": ("R-1,81012017,1000.00,2021-02-20", "R-1,81012017,1000.001,2021-02-20", "value_not_money"),
}


@pytest.mark.parametrize("name", SMALL)
def test_every_file_of_a_round_goes_through_the_same_door(name: str, tmp_path: Path) -> None:
    good, bad, problem = SMALL[name]
    path = tmp_path / f"{name}.csv"
    header = ",".join(column.header[0] for column in load(name).columns)
    path.write_text(f"{header}\n{good}\n{bad}\n", encoding="utf-8")
    answer = check(path=path, layout=load(name), term=making.TERM, bad_rows_folder=tmp_path / "bad")
    assert (answer.rows, answer.good) == (2, 1)
    assert [(entry.row, entry.name) for entry in answer.bad] == [(3, problem)]


def test_money_of_answers_comes_as_whole_satang(tmp_path: Path) -> None:
    path = tmp_path / "returns.csv"
    path.write_text(
        "return_reference,school_code,baht,booked_on\nR-1,81012017,1000.50,2021-02-20\n", encoding="utf-8"
    )
    values = making.good_rows(path, layout="returns")[0].values
    assert dict(values) == {
        "return_reference": "R-1",
        "school_code": "81012017",
        "baht": 100_050,
        "booked_on": date(2021, 2, 20),
    }
