from hypothesis import example, given
from hypothesis import strategies as st

from takhai.thai.text import ascii_digits, visible


def test_thai_and_full_width_digits_become_ascii() -> None:
    assert ascii_digits("๐๑๒๓๔๕๖๗๘๙ ０９ ก1") == "0123456789 09 ก1"


def test_digits_of_other_scripts_stay_so_that_no_rule_takes_them_for_numbers() -> None:
    assert ascii_digits("٣५") == "٣५"


def test_invisible_characters_go_and_blanks_become_spaces() -> None:
    assert visible("ก\u200bข\ufeff\u00adค\x00") == "กขค"
    assert visible("ก\u00a0ข\tค\r\nง\u2003") == "ก ข ค  ง "


@given(st.text())
@example("ก\ud800ข")
def test_what_is_left_can_be_written_to_any_file(text: str) -> None:
    left = visible(text)
    left.encode("utf-8")
    assert visible(left) == left
    assert "\x00" not in left
