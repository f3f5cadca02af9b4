"""CSV as rows of cells: encodings, quotes, cut and endless lines."""

import contextlib
import hashlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.platform.intake import making

from takhai.platform.intake import limits
from takhai.platform.intake.text_table import TextTable
from takhai.platform.intake.types import Broken
from takhai.platform.problems import Refusal

MALFORMED = Broken("row_malformed")


def read(path: Path) -> list[object]:
    with TextTable(path=path) as table:
        lines = iter(table)
        found = [cells for _, cells in lines]
        lines.close()
    return found


def table_of(folder: Path, content: bytes) -> list[object]:
    path = folder / "table.csv"
    path.write_bytes(content)
    return read(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620"])
def test_thai_text_reads_the_same_in_every_encoding_of_thai_offices(encoding: str, tmp_path: Path) -> None:
    assert table_of(tmp_path, "ชื่อ,นามสกุล\nทดสอบ,ใจดี\n".encode(encoding)) == [
        ["ชื่อ", "นามสกุล"],
        ["ทดสอบ", "ใจดี"],
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(end: str, tmp_path: Path) -> None:
    assert table_of(tmp_path, f"a,b{end}1,2{end}".encode()) == [["a", "b"], ["1", "2"]]


def test_a_last_line_without_an_end_is_a_row(tmp_path: Path) -> None:
    assert table_of(tmp_path, b"a,b\n1,2") == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"a,b",c', ["a,b", "c"]),
        ('"a ""b""",c', ['a "b"', "c"]),
        ('"",c', ["", "c"]),
        ("5'4\",c", ["5'4\"", "c"]),
        ('a"b,c', ['a"b', "c"]),
        (",", ["", ""]),
    ],
)
def test_quotes_and_commas_inside_a_cell(line: str, cells: list[str], tmp_path: Path) -> None:
    assert table_of(tmp_path, f"{line}\nnext,row\n".encode()) == [cells, ["next", "row"]]


def test_a_quoted_cell_may_run_over_line_ends(tmp_path: Path) -> None:
    found = table_of(tmp_path, b'a,"first\nsecond",c\nnext,row,x\n')
    assert found == [["a", "first\nsecond", "c"], ["next", "row", "x"]]


def test_rows_are_numbered_as_a_sheet_numbers_them(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b'a,"one\ntwo"\n\n"open,x\nlast,y\n')
    with TextTable(path=path) as table:
        assert [(number, isinstance(cells, Broken)) for number, cells in table] == [
            (1, False),
            (2, False),
            (3, True),
            (4, False),
        ]


def test_an_open_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    lines = [f"{n},x" for n in range(30)]
    lines[3] = '3,"x'
    found = table_of(tmp_path, "\n".join(lines).encode())
    assert found[3] == MALFORMED
    assert [cells for at, cells in enumerate(found) if at != 3] == [
        [str(n), "x"] for n in range(30) if n != 3
    ]


def test_open_quotes_on_lines_after_each_other_cost_those_lines_only(tmp_path: Path) -> None:
    found = table_of(tmp_path, b'a,b\n1,"x\n2,"y\n3,"z\n4,w\n')
    assert found[0] == ["a", "b"]
    assert found[-1] == ["4", "w"]
    assert len([cells for cells in found if cells == MALFORMED]) >= 1


def test_text_after_a_closing_quote_breaks_the_row(tmp_path: Path) -> None:
    assert table_of(tmp_path, b'a,"b"c\n1,2\n') == [MALFORMED, ["1", "2"]]


def test_an_endless_line_is_one_bad_row_and_is_never_held_whole(tmp_path: Path) -> None:
    endless = b"x" * (3 * limits.LINE + 17)
    assert table_of(tmp_path, b"a,b\n" + endless + b"\n1,2\n") == [["a", "b"], MALFORMED, ["1", "2"]]


def test_an_endless_quoted_line_is_one_bad_row(tmp_path: Path) -> None:
    endless = b'"' + b"y" * (2 * limits.LINE)
    found = table_of(tmp_path, b"a,b\n" + endless + b"\n1,2\n")
    assert found == [["a", "b"], MALFORMED, ["1", "2"]]


def test_a_quoted_line_followed_by_an_endless_one_loses_no_good_row(tmp_path: Path) -> None:
    found = table_of(tmp_path, b'"open,b\n' + b"z" * (2 * limits.LINE) + b"\n1,2\n")
    assert found == [MALFORMED, MALFORMED, ["1", "2"]]


def test_a_file_cut_inside_a_letter_still_gives_the_rows_before(tmp_path: Path) -> None:
    content = "ชื่อ,สกุล\nทดสอบ,ใจดี\nทด".encode()[:-1]
    found = table_of(tmp_path, content)
    assert found[:2] == [["ชื่อ", "สกุล"], ["ทดสอบ", "ใจดี"]]
    assert found[2] == ["ท\ufffd"]


def test_bytes_that_are_neither_utf8_nor_tis620_are_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("ชื่อ,สกุล\nทดสอบ,ใจดี\n".encode() + b"\xdb\xdc,\xfd\n")
    with pytest.raises(Refusal) as refused:
        TextTable(path=path)
    assert refused.value.name == "encoding_unknown"
    assert refused.value.details["line"] == 3


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, making.rows(2))
    with TextTable(path=path) as table:
        assert table.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_table_is_read_again_from_its_beginning(tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, making.rows(2))
    with TextTable(path=path) as table:
        assert [cells for _, cells in table] == [cells for _, cells in table]


@given(
    st.lists(
        st.lists(st.text(alphabet="กา่ab1 ,\"'\n", max_size=6), min_size=2, max_size=4),
        min_size=1,
        max_size=6,
    )
)
def test_what_csv_writes_is_read_back(lines: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_text(making.csv_text(lines, header=()), encoding="utf-8")
        assert read(path) == lines


@given(st.binary(max_size=400))
def test_no_bytes_make_it_crash(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(content)
        # Any other exception than this one fails the test.
        with contextlib.suppress(Refusal):
            read(path)
