"""A cell before any check."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.platform.export import safe_cell
from takhai.platform.intake import limits
from takhai.platform.intake.cells import Unclean, as_text, has_markup, keepable


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("ทดสอบ", "ทดสอบ"),
        ("  a  b ", "a b"),
        ("a\u00a0b", "a b"),
        ("a\nb\tc", "a b c"),
        ("e\u0301", "é"),
        ("ก\u0e48\u0e38", "ก\u0e38\u0e48"),
        ("'=1+1", "=1+1"),
        ("=1+1", "=1+1"),
        ("'เก่ง'", "'เก่ง'"),
        ("-", "-"),
        ("", ""),
        (date(2020, 3, 12), "2020-03-12"),
    ],
)
def test_text_of_a_cell(cell: str | date, text: str) -> None:
    assert as_text(cell=cell) == (text, False)


@pytest.mark.parametrize(
    "mark",
    ["\u200b", "\u200d", "\u200e", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u2060", "\ufe0f", "\u061c"],
)
def test_invisible_characters_are_taken_out_and_told(mark: str) -> None:
    assert as_text(cell=f"ทด{mark}สอบ") == ("ทดสอบ", True)


@pytest.mark.parametrize(
    "mark",
    [
        "\x00",
        "\x01",
        "\x07",
        "\x08",
        "\x1b",
        "\x1f",
        "\x7f",
        "\x80",
        "\x9f",
        chr(0xD800),
        "\ue000",
        "\ufffd",
        "\uffff",
        "\U000e0001",
        "\U0010ffff",
    ],
)
def test_what_is_no_text_is_unclean(mark: str) -> None:
    with pytest.raises(Unclean):
        as_text(cell=f"ทด{mark}สอบ")


@pytest.mark.parametrize("cell", ["ก" * (limits.CELL + 1), "a" * (limits.CELL + 1), "1" * 100_000])
def test_a_cell_without_end_is_unclean(cell: str) -> None:
    with pytest.raises(Unclean):
        as_text(cell=cell)


def test_text_that_grows_beyond_a_cell_when_it_is_normalised_is_unclean() -> None:
    with pytest.raises(Unclean):
        as_text(cell="\ufb2c" * 400)


@given(st.text(max_size=40))
def test_text_is_clean_or_refused_and_reading_it_again_changes_nothing(cell: str) -> None:
    try:
        text, _ = as_text(cell=cell)
    except Unclean:
        return
    assert text == " ".join(text.split())
    assert as_text(cell=str(safe_cell(text))) == (text, False)


@given(st.text(max_size=20))
def test_what_is_kept_of_an_unclean_cell_is_unclean_until_somebody_mends_it(cell: str) -> None:
    kept = keepable(cell=cell)
    assert "\x00" not in kept
    try:
        as_text(cell=cell)
    except Unclean:
        with pytest.raises(Unclean):
            as_text(cell=kept)
    else:
        assert kept == cell


def test_a_date_is_kept_as_its_day() -> None:
    assert keepable(cell=date(2020, 3, 12)) == "2020-03-12"


@pytest.mark.parametrize("text", ["<b>", "a>b", "{{x}}", "a\\b", "&#65;", "JavaScript:x"])
def test_markup_is_seen(text: str) -> None:
    assert has_markup(text=text)


@pytest.mark.parametrize("text", ["ทดสอบ", "แม่ชี", "O'Neill", "Smith-Jones", "ม.ร.ว. ก & ข"])
def test_names_are_no_markup(text: str) -> None:
    assert not has_markup(text=text)
