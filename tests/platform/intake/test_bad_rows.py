"""The file of bad rows can be opened, mended and sent again."""

import csv
import errno
import hashlib
import stat
from datetime import date
from pathlib import Path

import pytest
from tests.platform.intake import making

from takhai.platform.intake.bad_rows import BadRows
from takhai.platform.intake.check import Checked


def kept(answer: Checked) -> Path:
    assert answer.bad_rows_file is not None
    return answer.bad_rows_file


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_it_holds_the_bad_rows_and_only_those(tmp_path: Path) -> None:
    answer = making.check_rows(tmp_path, making.row(), making.row(grade="ชั้น"), making.row(sex="?"))
    assert lines(kept(answer)) == [list(making.HEADER), making.row(grade="ชั้น"), making.row(sex="?")]


def test_it_is_for_its_owner_only_and_named_by_its_content(tmp_path: Path) -> None:
    path = kept(making.check_rows(tmp_path, making.row(grade="?")))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.stem == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [other.name for other in path.parent.iterdir()] == [path.name]


def test_the_same_bad_rows_are_the_same_file(tmp_path: Path) -> None:
    first = kept(making.check_rows(tmp_path, making.row(grade="?")))
    assert kept(making.check_rows(tmp_path, making.row(grade="?"), making.row())) == first


def test_mended_it_is_taken(tmp_path: Path) -> None:
    path = kept(
        making.check_rows(tmp_path, making.row(), making.row(grade="ป.99", identifier=making.number(5)))
    )
    mended = tmp_path / "mended.csv"
    mended.write_text(path.read_text("utf-8-sig").replace("ป.99", "ป.2"), encoding="utf-8")
    row = making.good_rows(mended)[0]
    assert (row.values["grade"], row.values["identifier"]) == ("ป.2", making.number(5))


def test_unmended_it_is_refused_for_the_same_reasons(tmp_path: Path) -> None:
    first = making.check_rows(
        tmp_path,
        making.row(grade="?"),
        making.row(birth_date="31/02/2556"),
        making.row(first_name="ทด\x00สอบ"),
    )
    again = making.checked(kept(first))
    assert (
        making.bad_names(again)
        == making.bad_names(first)
        == [
            "class_unknown",
            "birth_date_impossible",
            "text_unclean",
        ]
    )


def test_a_workbooks_stamp_dates_and_numbers_go_with_it(tmp_path: Path) -> None:
    bad = making.row(grade="?", birth_date=date(2013, 12, 9), identifier=int(making.CITIZEN), street="=1+1")
    found = lines(kept(making.checked(making.write_xlsx(tmp_path, [bad]))))
    assert found[0][0] == making.STAMP
    assert found[1] == list(making.HEADER)
    values = dict(zip(making.FIELDS, found[2], strict=True))
    assert (values["birth_date"], values["identifier"]) == ("09/12/2556", making.CITIZEN)


def test_formulas_are_neutralised_and_come_back_as_the_text_they_were(tmp_path: Path) -> None:
    path = kept(
        making.check_rows(
            tmp_path, making.row(grade="ป.99", street="=HYPERLINK(1)", guardian_first_name="@x")
        )
    )
    values = dict(zip(making.FIELDS, lines(path)[1], strict=True))
    assert (values["street"], values["guardian_first_name"], values["blood_group"]) == (
        "'=HYPERLINK(1)",
        "'@x",
        "-",
    )
    mended = tmp_path / "mended.csv"
    mended.write_text(path.read_text("utf-8-sig").replace("ป.99", "ป.2"), encoding="utf-8")
    assert making.good_rows(mended)[0].values["street"] == "=HYPERLINK(1)"


def test_lines_that_are_no_rows_are_not_in_it(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(making.csv_text([making.row()]) + "one,two\n", encoding="utf-8")
    answer = making.checked(path)
    assert (making.bad_names(answer), answer.bad_rows_file) == (["row_malformed"], None)
    assert not (tmp_path / "bad").exists()


def test_a_file_that_fails_later_leaves_no_rows_behind(tmp_path: Path) -> None:
    text = making.csv_text([making.row(grade="?")]) + "วันและเวลาที่สร้างรายงาน 2026-05-02\n"
    path = tmp_path / "register.csv"
    path.write_text(text, encoding="utf-8")
    assert making.bad_names(making.checked(path)) == ["other_round"]
    assert list((tmp_path / "bad").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "bad").write_text("a file is in the way", encoding="utf-8")
    answer = making.check_rows(tmp_path, making.row(grade="?"), making.row())
    assert making.bad_names(answer) == ["bad_rows_not_kept"]
    assert answer.exit_code == 2


def test_a_full_disk_is_one_sentence_and_leaves_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    answer = making.check_rows(tmp_path, making.row(grade="?"), making.row())
    assert making.bad_names(answer) == ["bad_rows_not_kept"]
    assert list((tmp_path / "bad").iterdir()) == []


def test_dates_of_other_layouts_stay_iso(tmp_path: Path) -> None:
    with BadRows(folder=tmp_path / "bad", dates="iso") as rows:
        rows.write(above=[["day"]], cells=[date(2020, 1, 2)])
        path = rows.keep()
    assert path is not None
    assert lines(path) == [["day"], ["2020-01-02"]]


def test_the_columns_of_the_file_are_kept_in_their_order(tmp_path: Path) -> None:
    order = [*range(35, -1, -1)]
    header = ["ลำดับ", *(making.HEADER[at] for at in order)]
    bad = ["1", *(making.row(grade="?")[at] for at in order)]
    answer = making.checked(making.write_csv(tmp_path, [bad], header=header))
    assert lines(kept(answer)) == [header, bad]
