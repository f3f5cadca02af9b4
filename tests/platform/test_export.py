"""A cell of ours is never a formula, and a file of ours can be read back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.platform.export import plain_text, safe_cell


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+66 81 234 5678",
        "-2+3",
        "@SUM(A1:A9)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =1+1",
        "＝1+1",
        "＠SUM(A1)",
        "|calc",
        "'=1+1",
        "''@x",
        "--1",
        "\u00a0=1",
    ],
)
def test_text_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize(
    "value", ["-", "", "สมชาย", "12/3", "-5", "+5.25", "ป.1", "'เก่ง'", "a=b", 5, -5, None, 1.5]
)
def test_everything_else_stays_as_it_is(value: object) -> None:
    assert safe_cell(value) == value


@given(st.text())
def test_a_neutralised_cell_reads_back_as_the_text_it_was(text: str) -> None:
    assert plain_text(str(safe_cell(text))) == text


@given(st.text(alphabet="'=+-@|\t\r\n 1a＝", max_size=6))
def test_no_cell_begins_a_formula_after_neutralising(text: str) -> None:
    safe = str(safe_cell(text))
    first = safe.lstrip()[:1]
    assert first not in set("=@|＝")
    assert first not in set("+-") or safe == text


def test_an_apostrophe_that_a_person_wrote_stays() -> None:
    assert plain_text("'เก่ง'") == "'เก่ง'"


def test_neutralising_survives_a_round_through_csv() -> None:
    stream = io.StringIO()
    csv.writer(stream).writerow([safe_cell("=1+1"), safe_cell("-")])
    assert [plain_text(cell) for cell in next(csv.reader(io.StringIO(stream.getvalue())))] == ["=1+1", "-"]
