"""What a sentence may show of a wrong value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.platform.intake.masking import mask


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1101700230708", "1-1017-xxxxx-70-8"),
        ("G642112345678", "G-6421-xxxxxx-78"),
        ("110170023070", "xxxxxxxxxxxx"),
        ("31/02/2554", "xx/xx/2554"),
        ("31-02-2554", "xx-xx-2554"),
        ("2011-02-31", "2011-xx-xx"),
        ("๓๑/๐๒/๒๕๕๔", "xx/xx/2554"),
        ("ป.9", "ป.9"),
        ("ม7", "ม7"),
        ("ปวช.4", "ปวช.4"),
        ("สมปรารถนา", "สxxxxxxxx"),
        ("ก", "ก"),
        ("เอ 12", "xx xx"),
        ("x" * 40, "x" * 20 + "…"),
        ("", ""),
        ("\u200b", ""),
        ("8101A017", "xxxxxxxx"),
    ],
)
def test_the_shape_of_a_value(text: str, shown: str) -> None:
    assert mask(text=text) == shown


@given(st.integers(0, 10**14))
def test_a_number_is_never_shown_whole(number: int) -> None:
    text = str(number)
    if len(text) > 4:
        assert text not in mask(text=text).replace("-", "")


@given(st.text(alphabet="กขคงจabcd ", min_size=2, max_size=30))
def test_of_a_name_at_most_the_first_letter_is_shown(name: str) -> None:
    shown = mask(text=name)
    assert set(shown[1:]) <= {"x", "…"}


@given(st.text(max_size=60))
def test_a_mask_is_short_and_one_line(text: str) -> None:
    assert len(mask(text=text)) <= 21
    assert "\n" not in mask(text=text)
