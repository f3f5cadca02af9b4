import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from takhai.thai.identifiers import (
    FirstDigitKind,
    Number,
    NumberForm,
    check_digit,
    first_digit_kind,
    mask,
    read_number,
)

VALID = [
    "1101700230708",
    "3100600445635",
    "7100600445638",
    "0123456789016",
    "6345678901237",
    "1122334455668",
    "1111111111119",
]
digits12 = st.text("0123456789", min_size=12, max_size=12)
numbers = digits12.map(lambda first: first + str(check_digit(first)))
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def formula(first12: str) -> int:
    """The published formula, written down once more: (11 - sum d_i (14 - i) mod 11) mod 10."""
    return (11 - sum(int(first12[i - 1]) * (14 - i) for i in range(1, 13)) % 11) % 10


@pytest.mark.parametrize("number", VALID)
def test_published_numbers_have_the_check_digit_they_end_with(number: str) -> None:
    assert check_digit(number[:12]) == int(number[12])


@given(digits12)
def test_the_check_digit_follows_the_published_formula(first12: str) -> None:
    assert check_digit(first12) == formula(first12)


@pytest.mark.parametrize("text", ["", "1", "12345678901", "1234567890123", "12345678901a", "๑" * 12])
def test_a_check_digit_needs_twelve_ascii_digits(text: str) -> None:
    with pytest.raises(ValueError, match="twelve digits"):
        check_digit(text)


@given(numbers)
def test_a_right_check_digit_makes_a_citizen_or_a_zero_number(number: str) -> None:
    expected = NumberForm.ZERO if number[0] == "0" else NumberForm.CITIZEN
    assert read_number(number) == Number(expected, number, mended=False)


@given(digits12, st.integers(0, 9))
def test_any_other_check_digit_is_wrong_whatever_the_first_digit(first12: str, last: int) -> None:
    assume(last != check_digit(first12))
    assert read_number(f"{first12}{last}") == Number(NumberForm.WRONG_CHECK, f"{first12}{last}")


def test_thirteen_ones_have_a_wrong_check_digit() -> None:
    assert read_number("1111111111111").form is NumberForm.WRONG_CHECK


@given(st.text("0123456789", min_size=12, max_size=12))
@example("123456789016")
def test_twelve_digits_are_a_lost_zero_only_when_the_check_digit_then_fits(text: str) -> None:
    number = read_number(text)
    if formula("0" + text[:11]) == int(text[11]):
        assert number == Number(NumberForm.ZERO, "0" + text, mended=True)
    else:
        assert number == Number(NumberForm.MALFORMED, text)


def test_a_lost_zero_is_put_back_and_told() -> None:
    assert read_number("123456789016") == Number(NumberForm.ZERO, "0123456789016", mended=True)
    assert read_number("123456789016.0") == Number(NumberForm.ZERO, "0123456789016", mended=True)
    assert read_number("123456789017").form is NumberForm.MALFORMED


@given(
    numbers,
    st.lists(st.tuples(st.integers(0, 13), st.sampled_from([" ", "-", "\u200b", "\ufeff", "\u00a0", "–"]))),
    st.booleans(),
    st.sampled_from(["", ".0", ".00"]),
)
def test_how_a_register_writes_a_number_does_not_matter(
    number: str, noise: list[tuple[int, str]], thai_digits: bool, tail: str
) -> None:
    text = number
    for place, char in noise[:20]:
        text = text[:place] + char + text[place:]
    text = text.translate(THAI) if thai_digits else text
    assert read_number(text + tail) == read_number(number)


@given(st.text("0123456789", min_size=12, max_size=12))
def test_a_gcode_is_g_and_twelve_digits(digits: str) -> None:
    for text in (f"G{digits}", f"g{digits}", f" G{digits} ", f"G-{digits[:4]}-{digits[4:]}"):
        assert read_number(text) == Number(NumberForm.GCODE, f"G{digits}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "G12345678901",
        "G1234567890123",
        "GG12345678901",
        "11017002307",
        "11017002307080",
        "1101700230708.5",
        "1.10170023071E+12",
        "110170023070٨",
        "A1101700230708",
        "=1101700230708",
    ],
)
def test_anything_else_is_malformed(text: str) -> None:
    assert read_number(text).form is NumberForm.MALFORMED


@given(st.text())
@example("ß" * 64)
@example("1" * 10_000)
def test_reading_never_raises_and_keeps_little_of_what_it_cannot_read(text: str) -> None:
    number = read_number(text)
    assert len(number.value) <= 64
    assert read_number(number.value).form is number.form or number.form is NumberForm.MALFORMED


def test_first_digits_have_ten_kinds_with_words_in_both_languages() -> None:
    kinds = [first_digit_kind(f"{digit}{'0' * 12}") for digit in range(10)]
    assert kinds == list(FirstDigitKind)
    assert len({kind.th for kind in kinds}) == 10
    assert len({kind.en for kind in kinds}) == 10
    assert FirstDigitKind.NO_STATUS.en == "person without registration status"
    assert FirstDigitKind(7) is FirstDigitKind.CHILD_OF_TEMPORARY


@pytest.mark.parametrize("text", ["", "G644212345678", "123456789012"])
def test_only_thirteen_digits_have_a_first_digit_kind(text: str) -> None:
    with pytest.raises(ValueError, match="13-digit"):
        first_digit_kind(text)


def test_a_number_is_shown_masked() -> None:
    assert mask("1101700230708") == "1-1017-xxxxx-70-8"
    assert mask("G644212345678") == "G-6442-xxxxxx-78"
    assert mask("12345") == "xxxxx"
    assert mask("x" * 40) == "x" * 13
    assert mask("") == ""


@given(numbers, numbers)
def test_two_numbers_that_differ_in_the_middle_look_the_same(one: str, two: str) -> None:
    other = one[:5] + two[5:10] + one[10:]
    assert mask(other) == mask(one)
    assert mask(one).replace("-", "") == one[:5] + "xxxxx" + one[10:]


@given(st.text(min_size=1))
def test_a_mask_of_what_is_no_number_shows_nothing(text: str) -> None:
    assume(read_number(text).form is NumberForm.MALFORMED)
    assert set(mask(text)) == {"x"}
