from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pythainlp.util import bahttext

from takhai.thai.money import MOST_SATANG, BadAmount, baht, baht_text, parse_baht

amounts = st.integers(0, MOST_SATANG)
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.mark.parametrize(
    ("satang", "text"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (50_000, "500.00"),
        (174_000, "1,740.00"),
        (123_456_789, "1,234,567.89"),
        (-174_050, "-1,740.50"),
        (-5, "-0.05"),
    ],
)
def test_satang_are_shown_as_baht_with_two_decimals(satang: int, text: str) -> None:
    assert baht(satang) == text


@given(amounts)
@example(MOST_SATANG)
def test_what_is_shown_can_be_read_back(satang: int) -> None:
    text = baht(satang)
    for written in (text, text.replace(",", ""), f" {text} ", text.translate(THAI)):
        assert parse_baht(written) == satang


@pytest.mark.parametrize(
    ("text", "satang"),
    [("1740", 174_000), ("1740.5", 174_050), ("1,740.05", 174_005), ("007", 700), ("0", 0)],
)
def test_decimals_may_be_missing(text: str, satang: int) -> None:
    assert parse_baht(text) == satang


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "-1",
        "+1",
        "1.",
        ".5",
        "1.234",
        "1.000",
        "1,74",
        "1,7400",
        ",174",
        "1 740",
        "1e3",
        "NaN",
        "nan",
        "inf",
        "0x10",
        "1_000",
        "٣",
        "฿5",
        "1.2.3",
        "=1+1",
        "92233720368547758.08",
        "9" * 40,
    ],
)
def test_anything_else_is_no_amount(text: str) -> None:
    with pytest.raises(BadAmount):
        parse_baht(text)


def test_the_most_that_can_be_booked_is_what_a_bigint_holds() -> None:
    assert parse_baht("92233720368547758.07") == MOST_SATANG == 9_223_372_036_854_775_807


@given(st.text(max_size=40))
def test_an_amount_is_never_negative_and_never_too_large(text: str) -> None:
    with suppress(BadAmount):
        assert 0 <= parse_baht(text) <= MOST_SATANG


@pytest.mark.parametrize(
    ("satang", "words"),
    [
        (0, "ศูนย์บาทถ้วน"),
        (25, "ยี่สิบห้าสตางค์"),
        (100, "หนึ่งบาทถ้วน"),
        (1_100, "สิบเอ็ดบาทถ้วน"),
        (2_100, "ยี่สิบเอ็ดบาทถ้วน"),
        (10_100, "หนึ่งร้อยเอ็ดบาทถ้วน"),
        (174_000, "หนึ่งพันเจ็ดร้อยสี่สิบบาทถ้วน"),
        (174_025, "หนึ่งพันเจ็ดร้อยสี่สิบบาทยี่สิบห้าสตางค์"),
        (121, "หนึ่งบาทยี่สิบเอ็ดสตางค์"),
        (100_000_100, "หนึ่งล้านเอ็ดบาทถ้วน"),
        (1_100_000_000, "สิบเอ็ดล้านบาทถ้วน"),
    ],
)
def test_an_amount_in_words(satang: int, words: str) -> None:
    assert baht_text(satang) == words


@given(st.integers(1, 10**9) | st.integers(1, 2_000))
def test_whole_baht_in_words_agree_with_an_independent_writer(whole: int) -> None:
    assert baht_text(whole * 100) == bahttext(float(whole))


@given(st.integers(1, 10**6), st.integers(1, 99))
def test_satang_in_words_are_said_after_the_baht(whole: int, rest: int) -> None:
    text = baht_text(whole * 100 + rest)
    assert text.startswith(baht_text(whole * 100).removesuffix("ถ้วน"))
    assert text.endswith(baht_text(rest))


def test_no_negative_amount_is_put_in_words() -> None:
    with pytest.raises(ValueError, match="not negative"):
        baht_text(-1)
