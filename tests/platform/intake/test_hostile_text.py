"""Text files that went wrong on their way: good rows go on, the rest gets a sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.platform.intake import making

from takhai.platform.intake import limits

HEAD = ",".join(making.HEADER)


def line(**changes: str) -> str:
    return making.csv_text([making.row(**changes)], header=()).rstrip("\n")


def two_and(odd: str) -> str:
    """A good row, the odd line, a good row."""
    return f"{HEAD}\n{line(identifier=making.number(1))}\n{odd}\n{line(identifier=making.number(2))}\n"


# What the odd line is called; every one of them leaves the two good rows good.
ODD_LINES: dict[str, tuple[str, list[str]]] = {
    "fewer cells": (",".join(making.row()[:20]), ["row_malformed"]),
    "one cell more": (line() + ",x", ["row_malformed"]),
    "an unquoted comma": (line().replace("โรงเรียนบ้านทดสอบ", "โรงเรียน,บ้านทดสอบ"), ["row_malformed"]),
    "an open quote": (line().replace(",ทดสอบ,", ',"ทดสอบ,'), ["row_malformed"]),
    "text behind a quote": (line().replace("ปากน้ำ", '"ปาก"น้ำ'), ["row_malformed"]),
    "NUL in a name": (line(first_name="ทด\x00สอบ"), ["text_unclean"]),
    "a bell in an address": (line(street="ถนน\x07ใหญ่"), ["text_unclean"]),
    "a lost character": (line(last_name="ใจ\ufffdดี"), ["text_unclean"]),
    "private use": (line(first_name="\uf70aทดสอบ"), ["text_unclean"]),
    "a cell without end": (line(street="ก" * (limits.CELL + 1)), ["text_unclean"]),
    "a line without end": ("ก" * (limits.LINE * 2), ["row_malformed"]),
    "another kind of file": ("{'json': true}", ["row_malformed"]),
    "blank": ("", []),
    "only commas": ("," * (len(making.HEADER) - 1), []),
    "only blanks": (" ,\t, ", []),
    "the header again": (HEAD, []),
    "the stamp again": (making.STAMP, []),
    "blank cells behind the row": (line(identifier=making.number(3)) + ",,,", []),
}


@pytest.mark.parametrize("case", ODD_LINES)
def test_an_odd_line_costs_nothing_but_itself(case: str, tmp_path: Path) -> None:
    odd, problems = ODD_LINES[case]
    path = tmp_path / "register.csv"
    path.write_text(two_and(odd), encoding="utf-8")
    answer = making.checked(path)
    assert making.bad_names(answer) == problems
    assert answer.good >= 2
    assert [entry.row for entry in answer.bad] == [3] * len(problems)


def encoded(text: str, encoding: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / "register.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def raw(content: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / "register.csv"
        path.write_bytes(content)
        return path

    return write


WHOLE = making.csv_text(making.rows(3))
REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "UTF-16 with a mark": (encoded(WHOLE, "utf-16"), "file_not_what_it_claims"),
    "UTF-16 without": (encoded("a,b\n1,2\n" * 40, "utf-16-le"), "file_not_what_it_claims"),
    "an archive": (raw(b"PK\x03\x04" + b"\0" * 200), "file_not_what_it_claims"),
    "a PDF": (raw(b"%PDF-1.7\n"), "file_not_what_it_claims"),
    "a web page": (raw(b"<!DOCTYPE html><html>"), "file_not_what_it_claims"),
    "a picture": (raw(b"\x89PNG\r\n\x1a\n" + b"\0" * 50), "file_not_what_it_claims"),
    "nothing": (raw(b""), "file_not_what_it_claims"),
    "only a byte order mark": (raw(b"\xef\xbb\xbf"), "file_not_what_it_claims"),
    "two encodings in one file": (
        raw(WHOLE.encode() + making.csv_text(making.rows(1)).encode("cp874")),
        "encoding_unknown",
    ),
    "no header": (encoded(making.csv_text(making.rows(3), header=()), "utf-8"), "header_not_found"),
    "a header too late": (encoded("x\n" * 25 + WHOLE, "utf-8"), "header_not_found"),
    "another layout": (encoded("reference,payee,satang\nA1,1,1\n", "utf-8"), "header_not_found"),
    "semicolons": (encoded(WHOLE.replace(",", ";"), "utf-8"), "header_not_found"),
    "no column of birth dates": (encoded(WHOLE.replace("วันเกิด", "อื่นๆ"), "utf-8"), "header_missing"),
    "a column twice": (encoded(WHOLE.replace("ชื่อบิดา", "วันเกิด"), "utf-8"), "header_repeated"),
    "a thousand columns": (encoded("a" + ",a" * 1000 + "\n", "utf-8"), "too_many_columns"),
    "a header and nothing more": (encoded(HEAD + "\n", "utf-8"), "no_rows"),
    "a stamp and nothing more": (encoded(making.STAMP + "\n", "utf-8"), "header_not_found"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read_is_one_sentence(case: str, tmp_path: Path) -> None:
    make, problem = REFUSED[case]
    answer = making.checked(make(tmp_path))
    assert making.bad_names(answer) == [problem]
    assert (answer.rows, answer.good, answer.exit_code) == (0, 0, 2)
    assert not (tmp_path / "bad").exists()


def test_a_cut_last_row_leaves_the_rows_before(tmp_path: Path) -> None:
    content = making.csv_text(making.rows(3)).encode()
    path = tmp_path / "register.csv"
    path.write_bytes(content[:-200])
    answer = making.checked(path)
    assert (answer.rows, answer.good) == (3, 2)
    assert making.bad_names(answer) == ["row_malformed"]


def test_every_cut_of_a_file_ends_in_an_answer(tmp_path: Path) -> None:
    content = making.csv_text(making.rows(2)).encode()
    path = tmp_path / "register.csv"
    for size in range(0, len(content), 61):
        path.write_bytes(content[:size])
        answer = making.checked(path)
        assert answer.good <= answer.rows <= 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_a_register_reads_the_same_in_its_three_encodings(encoding: str, tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, making.rows(3), encoding=encoding)
    assert [row.values["last_name"] for row in making.good_rows(path)] == ["ใจดีงาม"] * 3


def test_markup_in_an_address_stays_text_and_in_a_name_refuses(tmp_path: Path) -> None:
    answer = making.check_rows(
        tmp_path, making.row(street="<b>ซอย</b>"), making.row(first_name="<b>ทดสอบ</b>")
    )
    assert making.bad_names(answer) == ["text_unclean"]
    assert answer.bad[0].row == 3


def test_a_register_of_nothing_but_bad_rows_is_told_to_be_another_layout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MANY_BAD_ROWS", 50)
    answer = making.checked(making.write_csv(tmp_path, [making.row(grade="ชั้น")] * 60))
    assert making.bad_names(answer) == ["too_many_bad_rows"]
    assert list((tmp_path / "bad").iterdir()) == []


def test_many_bad_rows_among_more_good_ones_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MANY_BAD_ROWS", 50)
    lines = [*making.rows(80), *[making.row(grade="ชั้น")] * 60]
    answer = making.checked(making.write_csv(tmp_path, lines))
    assert (answer.good, len(answer.bad)) == (80, 60)
