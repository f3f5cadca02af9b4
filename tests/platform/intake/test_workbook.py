"""The child that parses workbooks: what it is asked, how it dies, and that nobody else does."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from tests.platform.intake import making

from takhai.platform.intake import limits, workbook
from takhai.platform.intake.workbook import Child, ChildDied, Children, Look, WorkbookTable, judge
from takhai.platform.problems import Refusal

PLAIN = Look(
    parts=9,
    repeated=0,
    names=("[content_types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"),
    packed=10_000,
    unpacked=100_000,
    column=36,
    row=1_000,
)


def look(**changes: object) -> Look:
    return Look(**{**{name: getattr(PLAIN, name) for name in PLAIN.__slots__}, **changes})  # type: ignore[arg-type]


@pytest.fixture
def children() -> Iterator[Children]:
    kept = Children()
    yield kept
    kept.close()


@pytest.fixture
def deadly(tmp_path: Path) -> Path:
    """Two cells, five kilobytes, a legal workbook: the parser asks for 550 GB and aborts."""
    path = tmp_path / "deadly.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "a")
        sheet.write_string(1_048_575, 16_383, "z")
    return path


def test_an_ordinary_workbook_goes_to_the_parser() -> None:
    assert judge(look=PLAIN) is None


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"parts": limits.WORKBOOK_PARTS + 1}, "workbook_damaged"),
        ({"repeated": 1}, "workbook_damaged"),
        ({"names": (*PLAIN.names, "encryptedpackage")}, "workbook_locked"),
        ({"names": ("xl/workbook.xml",)}, "workbook_is_archive"),
        ({"names": ("[content_types].xml", "ppt/presentation.xml")}, "workbook_is_archive"),
        ({"names": (*PLAIN.names, "xl/vbaproject.bin")}, "workbook_has_macros"),
        ({"names": (*PLAIN.names, "xl/macrosheets/sheet1.xml")}, "workbook_has_macros"),
        (
            {"unpacked": limits.WORKBOOK_UNPACKED + 1, "packed": limits.WORKBOOK_UNPACKED},
            "workbook_too_heavy",
        ),
        ({"unpacked": limits.BOMB_UNPACKED + 1, "packed": 1}, "workbook_too_heavy"),
        ({"column": limits.COLUMNS + 1}, "workbook_far_cell"),
        ({"column": 60, "row": 1_048_576}, "workbook_far_cell"),
    ],
)
def test_what_keeps_a_workbook_from_the_parser(changes: dict[str, object], problem: str) -> None:
    assert judge(look=look(**changes)) == problem


@pytest.mark.parametrize(
    "changes",
    [
        {"column": 36, "row": limits.WORKBOOK_CELLS // 36},
        {"unpacked": limits.BOMB_UNPACKED, "packed": 1},
        {"unpacked": limits.WORKBOOK_UNPACKED, "packed": limits.WORKBOOK_UNPACKED // 40},
    ],
)
def test_a_large_province_in_one_workbook_goes_to_the_parser(changes: dict[str, object]) -> None:
    assert judge(look=look(**changes)) is None


def test_the_child_says_where_the_farthest_cell_is_without_parsing(deadly: Path, children: Children) -> None:
    child = children.take()
    seen = child.look(path=deadly)
    assert (seen.column, seen.row) == (16_384, 1_048_576)
    assert child.alive
    children.give_back(child)


def test_the_workbook_that_kills_the_parser_kills_only_the_child(deadly: Path, children: Children) -> None:
    child = children.take()
    with pytest.raises(ChildDied):
        list(child.rows(path=deadly))
    children.give_back(child)
    assert not child.alive


def test_after_a_death_the_next_file_is_read_by_another_child(
    deadly: Path, children: Children, tmp_path: Path
) -> None:
    dead = children.take()
    with pytest.raises(ChildDied):
        list(dead.rows(path=deadly))
    children.give_back(dead)
    with WorkbookTable(path=making.write_xlsx(tmp_path, making.rows(2)), children=children) as table:
        assert [number for number, _ in table] == [1, 2, 3, 4]
    again = children.take()
    assert again.pid != dead.pid
    children.give_back(again)


def test_a_child_killed_in_the_middle_of_a_file_is_one_sentence(children: Children, tmp_path: Path) -> None:
    path = making.write_xlsx(tmp_path, making.rows(5_000))
    child = children.take()
    children.give_back(child)
    with WorkbookTable(path=path, children=children) as table:
        lines = iter(table)
        assert next(lines)[0] == 1
        os.kill(child.pid, signal.SIGKILL)
        with pytest.raises(Refusal) as refused:
            list(lines)
    assert refused.value.name == "workbook_too_heavy"


def test_a_child_that_is_dead_before_it_is_asked_is_replaced(children: Children, tmp_path: Path) -> None:
    child = children.take()
    children.give_back(child)
    os.kill(child.pid, signal.SIGKILL)
    child._process.wait()
    with WorkbookTable(path=making.write_xlsx(tmp_path, making.rows(1)), children=children) as table:
        assert len(list(table)) == 3


def test_one_child_reads_many_files(children: Children, tmp_path: Path) -> None:
    path = making.write_xlsx(tmp_path, making.rows(1))
    pids = set()
    for _ in range(4):
        with WorkbookTable(path=path, children=children) as table:
            list(table)
        child = children.take()
        pids.add(child.pid)
        children.give_back(child)
    assert len(pids) == 1


def test_a_child_is_replaced_after_its_share_of_files(
    children: Children, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CHILD_FILES", 2)
    path = making.write_xlsx(tmp_path, making.rows(1))
    pids = []
    for _ in range(5):
        child = children.take()
        pids.append(child.pid)
        list(child.rows(path=path))
        children.give_back(child)
    assert len(set(pids)) == 3


def test_a_reading_left_early_leaves_no_rows_for_the_next_file(children: Children, tmp_path: Path) -> None:
    with WorkbookTable(path=making.write_xlsx(tmp_path, making.rows(5_000)), children=children) as table:
        assert next(iter(table))[0] == 1
    other = making.write_xlsx(tmp_path, making.rows(1), name="other.xlsx")
    with WorkbookTable(path=other, children=children) as table:
        assert len(list(table)) == 3


def test_two_files_open_at_once_have_a_child_each(children: Children, tmp_path: Path) -> None:
    path = making.write_xlsx(tmp_path, making.rows(700))
    with (
        WorkbookTable(path=path, children=children) as one,
        WorkbookTable(path=path, children=children) as two,
    ):
        assert all(left == right for left, right in zip(one, two, strict=True))


def test_a_silent_child_is_given_up(
    children: Children, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CHILD_SILENCE", 0.2)
    child = children.take()
    os.kill(child.pid, signal.SIGSTOP)
    with pytest.raises(ChildDied):
        child.look(path=making.write_xlsx(tmp_path, making.rows(1)))
    children.give_back(child)
    assert not child.alive


def test_a_child_that_thinks_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def many_rows(parts: dict[str, bytes]) -> None:
        row = b"<row>" + b"<c><v>1</v></c>" * 60 + b"</row>"
        parts[making.SHEET] = parts[making.SHEET].replace(b"</sheetData>", row * 40_000 + b"</sheetData>")

    path = making.rebuilt(making.write_xlsx(tmp_path, making.rows(1)), many_rows)
    monkeypatch.setattr(limits, "CHILD_CPU", 0)
    child = Child()
    with pytest.raises(ChildDied):
        list(child.rows(path=path))
    child.end()


def test_the_child_ends_with_its_parent(tmp_path: Path) -> None:
    program = (
        "from takhai.platform.intake.workbook import CHILDREN\n"
        "child = CHILDREN.take()\nCHILDREN.give_back(child)\nprint(child.pid, flush=True)\n"
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, timeout=30)
    stat = Path(f"/proc/{int(said.stdout)}/stat")
    for _ in range(100):
        if not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return
        signal.sigtimedwait([], 0.05)
    raise AssertionError("the child lives on")


def test_the_parent_never_loads_the_parser() -> None:
    program = "import sys, takhai.platform.intake.check\nprint('python_calamine' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, timeout=30, text=True
    )
    assert said.stdout.strip() == "False"


def test_cells_come_as_text_and_real_dates(children: Children, tmp_path: Path) -> None:
    path = tmp_path / "cells.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_string(2, 1, "text")
        sheet.write_number(2, 2, 3_100_600_445_635)
        sheet.write_number(2, 3, 20.5)
        sheet.write_boolean(2, 4, True)
        sheet.write_datetime(2, 5, date(2013, 12, 9), day)
        sheet.write_formula(2, 6, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 7, "=1+1", None, 2)
    with WorkbookTable(path=path, children=children) as table:
        seen = dict(table)
    assert list(seen[3]) == ["", "text", "3100600445635", "20.5", "TRUE", date(2013, 12, 9), "", "2"]
    assert list(seen) == [1, 2, 3]


def test_a_cell_without_end_is_cut_long_after_it_is_unclean(children: Children, tmp_path: Path) -> None:
    path = making.write_xlsx(tmp_path, [making.row(street="ก" * 30_000)])
    with WorkbookTable(path=path, children=children) as table:
        cells = dict(table)[3]
    assert isinstance(cells, list)
    assert len(cells[making.FIELDS.index("street")]) == limits.CHILD_CELL
    assert making.bad_names(making.checked(path)) == ["text_unclean"]


def test_hidden_sheets_and_empty_ones_are_passed_over(children: Children, tmp_path: Path) -> None:
    path = tmp_path / "sheets.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("empty").activate()
        hidden = book.add_worksheet("hidden")
        hidden.write_string(0, 0, "hidden")
        hidden.hide()
        book.add_worksheet("shown").write_string(0, 0, "shown")
    with WorkbookTable(path=path, children=children) as table:
        assert [list(cells) for _, cells in table] == [["shown"]]  # type: ignore[arg-type]


def test_the_programme_of_the_child_is_where_it_is_started_from() -> None:
    assert workbook._PROGRAM.is_file()
