import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.thai.names import thai_key

thai = st.text("กขคงนรสมาิีเแโใไ็่้์ํ ", max_size=8)

# Dictionary order: by consonant, then vowel, whatever is written first; tone marks last.
DICTIONARY = [
    "กก",
    "กรรม",
    "กา",
    "ก่า",
    "กาก",
    "กิน",
    "เก",
    "เกม",
    "แก",
    "แก้ว",
    "โกน",
    "ใกล้",
    "ไก่",
    "ขา",
    "เขา",
    "ฮา",
]


@given(st.randoms(use_true_random=False))
def test_names_sort_as_in_a_dictionary(shuffler: random.Random) -> None:
    shuffled = list(DICTIONARY)
    shuffler.shuffle(shuffled)
    assert sorted(shuffled, key=thai_key) == DICTIONARY


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("เกม", "กเม\u0001เกม"),
        ("แก้ว", "กแว\u0001แก้ว"),
        ("สิทธิ์", "สิทธิ\u0001สิทธิ์"),
        ("ไทยเก่ง", "ทไยกเง\u0001ไทยเก่ง"),
        ("เ", "เ\u0001เ"),
        ("เเก", "เกเ\u0001เเก"),
        ("", "\u0001"),
        ("Bob", "Bob\u0001Bob"),
    ],
)
def test_the_rule_that_the_database_repeats(text: str, key: str) -> None:
    assert thai_key(text) == key


@given(thai, thai)
def test_different_texts_have_different_keys(one: str, two: str) -> None:
    assert (thai_key(one) == thai_key(two)) is (one == two)


@given(thai, st.text("กขค", min_size=1, max_size=3))
def test_a_name_comes_before_the_names_it_begins(stem: str, more: str) -> None:
    # A leading vowel at the end would change places with what follows: no word ends so.
    stem = stem.rstrip("เแโใไ")
    assert thai_key(stem) < thai_key(stem + more)


@given(thai)
def test_tone_marks_decide_last(text: str) -> None:
    # No mark stands on a leading vowel.
    text = re.sub("([เแโใไ])[\u0e47-\u0e4e]+", "\\1", text)
    bare = text.replace("่", "").replace("้", "")
    assert thai_key(text).split("\u0001")[0] == thai_key(bare).split("\u0001")[0]
