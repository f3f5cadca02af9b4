"""The workbook: the numbers of the page as numbers, each sheet sealed and defined, no cell that calculates."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from takhai.reporting import indicators, summary, words
from takhai.reporting.paper import sheets, workbook
from takhai.reporting.paper.workbook import Number, Sheet
from takhai.reporting.services import term
from takhai.reporting.words import Word
from tests.reporting import samples

KNOWN = words.load(words.OWN, words.PAPER)
TOLD = summary.read(samples.summary())
DATA = "d4" * 32
FORMULAS = ["=1+1", "+SUM(A1)", "-2+3", "@x", "\t=1", "＝1", "|cmd"]
HEAD = 9


@pytest.fixture(scope="module")
def book() -> dict[str, list[list[Any]]]:
    return read(workbook.written(sheets.build(TOLD, samples.breakdown(), samples.facts(), data=DATA)))


def read(content: bytes) -> dict[str, list[list[Any]]]:
    opened = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names}


def column(rows: list[list[Any]], name: str) -> list[Any]:
    """The cells below a head whose first line is this."""
    (at,) = [n for n, head in enumerate(rows[HEAD]) if str(head).split("\n")[0] == name]
    return [row[at] for row in rows[HEAD + 1 :]]


def test_there_is_a_sheet_for_each_part_of_the_report(book: dict[str, list[list[Any]]]) -> None:
    assert list(book) == [
        *("figures", "people", "money", "reasons", "screening", "refused", "cells", "ledger", "exceptions")
    ]


def test_every_sheet_says_what_it_is_of_which_round_and_day_and_with_which_fingerprints(
    book: dict[str, list[list[Any]]],
) -> None:
    for name, rows in book.items():
        top = " ".join(str(cell) for row in rows[:HEAD] for cell in row)
        for piece in ("2/2563", "1 เม.ย. 2564", "2 เม.ย. 2564", samples.POLICY, DATA):
            assert piece in top, name
        assert KNOWN["sheet"][f"{name}_about"].th in top
        assert KNOWN["sheet"][f"{name}_about"].en in top


def test_every_key_figure_is_a_number_beside_its_definition(book: dict[str, list[list[Any]]]) -> None:
    rows, of = book["figures"], indicators.values(TOLD)
    known = [each for each in indicators.all_of_them().values() if each.name in of]
    assert column(rows, "ตัวเลข") == [each.label.th for each in known]
    assert column(rows, "คำนิยาม") == [each.definition.th for each in known]
    told = [of[each.name] / 100 if each.unit in workbook.HUNDREDTHS else of[each.name] for each in known]
    assert column(rows, "ค่า") == pytest.approx(told, abs=1e-9)


def test_the_way_is_that_of_the_summary_in_pupils_and_in_baht(book: dict[str, list[list[Any]]]) -> None:
    steps = samples.summary()["steps"]
    assert column(book["people"], "ไปต่อ") == [each["out"] for each in steps]
    with_money = [each for each in steps if each["satang_in"] or each["satang_joined"]]
    assert column(book["money"], "ไปต่อ") == pytest.approx([each["satang_out"] / 100 for each in with_money])


def test_every_reason_of_every_step_has_a_row(book: dict[str, list[list[Any]]]) -> None:
    steps = samples.summary()["steps"]
    told = [(name, n) for each in steps for kind in ("dropped", "held") for name, n in each[kind].items()]
    assert column(book["reasons"], "จำนวน") == [n for _, n in told]
    assert column(book["reasons"], "เหตุผล") == [KNOWN["reason"][name].th for name, _ in told]


def test_every_figure_of_screening_says_whose_it_is_and_what_it_means(
    book: dict[str, list[list[Any]]],
) -> None:
    rows = book["screening"]
    whose = column(rows, "ประชากร")
    assert len(whose) == 3 * (len(indicators.PROFILE) + 5)
    assert set(whose) == {KNOWN["population"][name].th for name in summary.POPULATIONS}
    assert all(column(rows, "คำนิยาม"))
    income = next(row for row in rows if row[:1] == ["รายได้เฉลี่ยต่อคนต่อเดือน"] and row[2] == "ยากจนพิเศษ")
    assert income[3] == pytest.approx(1139.08)
    assert income[5:7] == pytest.approx([1390, 1143])


def test_cells_and_ledger_add_up_to_what_was_paid(book: dict[str, list[list[Any]]]) -> None:
    paid = [
        satang
        for satang, standing in zip(column(book["cells"], "บาท"), column(book["cells"], "สถานะ"), strict=True)
        if standing == KNOWN["money"]["paid"].th
    ]
    ledger = dict(zip(column(book["ledger"], "บัญชี"), column(book["ledger"], "บาท"), strict=True))
    assert sum(paid) == pytest.approx(samples.summary()["ledger"]["paid"] / 100)
    assert ledger[KNOWN["account"]["paid"].th] == pytest.approx(sum(paid))


def test_forms_and_files_of_classrooms_stand_with_every_reason(book: dict[str, list[list[Any]]]) -> None:
    refused = [
        *samples.FORM_REFUSED.values(),
        *(n for each in samples.CLASSROOM_REFUSED.values() for n in each.values()),
    ]
    assert len(column(book["refused"], "จำนวน")) == len(refused) + 2 * (1 + len(samples.CLASSROOM_REFUSED))


def test_every_number_of_the_page_that_carries_money_stands_in_the_workbook(tmp_path: Path) -> None:
    path = term.publish(
        summary=samples.summary(), breakdown=samples.breakdown(), screening=samples.facts(), out_dir=tmp_path
    )
    found = read(path.with_suffix(".xlsx").read_bytes())
    numbers = {
        cell for rows in found.values() for row in rows for cell in row if isinstance(cell, int | float)
    }
    for satang in samples.summary()["ledger"].values():
        assert satang / 100 in numbers


def test_the_same_sheets_make_the_same_bytes_and_carry_no_day_of_making() -> None:
    built = sheets.build(TOLD, samples.breakdown(), samples.facts(), data=DATA)
    one = workbook.written(built)
    assert one == workbook.written(built)
    with zipfile.ZipFile(io.BytesIO(one)) as files:
        assert {each.date_time[:3] for each in files.infolist()} == {(1980, 1, 1)}
        assert b"2000-01-01" in files.read("docProps/core.xml")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    word = Word("ก", "a")
    sheet = Sheet("one", word, word, ((word, text),), (word,), ((text,), ("https://example.org",), ("007",)))
    content = workbook.written((sheet,))
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        page = files.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in page
        assert "hyperlink" not in page
    (rows,) = read(content).values()
    assert [rows[3][1], rows[6][0]] == [f"'{text}"] * 2
    assert [rows[7][0], rows[8][0]] == ["https://example.org", "007"]


def test_a_hostile_area_is_text_with_an_apostrophe() -> None:
    cells = samples.breakdown()
    hostile = replace(cells, rows=(replace(cells.rows[0], area="=HYPERLINK(1)"), *cells.rows[1:]))
    found = read(workbook.written(sheets.build(TOLD, hostile, samples.facts(), data=DATA)))
    assert "'=HYPERLINK(1)" in column(found["cells"], "เขตพื้นที่")


@pytest.mark.parametrize("satang", [0, 1, 5, -5, 99, 100, 123_456_789_012_345])
def test_satang_become_baht_to_the_last_one(satang: int) -> None:
    word = Word("ก", "a")
    rows = ((Number(indicators.Unit.SATANG, satang),),)
    (found,) = read(workbook.written((Sheet("one", word, word, (), (word,), rows),))).values()
    assert round(found[5][0] * 100) == satang
