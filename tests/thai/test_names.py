import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from takhai.thai.names import PREFIXES, Prefix, Sex, name_key, normal, split_prefix

# Everything the rules look at, close together, so that marks meet in every order.
thai = st.text(
    "กขคนรสมวงศ์ะัาำิีึืุูเแโใไ็่้๊๋์ํฺ๎ .-\u200b\u00a0นายงด.ชพระ" + "\u0e33\u0e4d\u0e32",
    max_size=14,
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("นํ้าทิพย์", "น้ำทิพย์"),
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("คํา", "คำ"),
        ("คำำ", "คำ"),
        ("นำ้ำ", "น้ำ"),
        ("เเดง", "แดง"),
        ("กุุล", "กุล"),
        ("ท่่า", "ท่า"),
        ("ที่ดิน", "ที่ดิน"),
        ("ท่ีดิน", "ที่ดิน"),
        ("สิทธ์ิ", "สิทธิ์"),
        ("  สม\u200bชาย \u00a0 ใจดี\ufeff ", "สมชาย ใจดี"),
        ("สุ่ม", "สุ่ม"),
        ("สุ่ม", "สุ่ม"),
        ("e\u0301", "é"),
        ("", ""),
    ],
)
def test_one_written_form(typed: str, stored: str) -> None:
    assert normal(typed) == stored


@given(thai)
@example("นำ้่ํา")
@example("กํฺา")
@example("ำำ็")
@example("ำ็ำ")
@example("กํุาํา")
def test_normal_form_is_its_own_normal_form_and_nfc(text: str) -> None:
    once = normal(text)
    assert normal(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\u0e4d\u0e32" not in once
    assert once == once.strip()


@given(thai)
@example("กุำ")
@example("ก๎ำ")
def test_sara_am_is_never_lost_though_twice_is_once(text: str) -> None:
    assert ("ำ" in normal(text)) >= ("ำ" in text)
    assert "ำำ" not in normal(text)


@given(st.text())
def test_normal_form_of_any_text_is_stable(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(st.text("กขคงจ", min_size=1, max_size=6), st.permutations(list("ี่์")))
def test_the_order_in_which_marks_were_typed_does_not_matter(stem: str, marks: list[str]) -> None:
    assert normal(stem + "".join(marks)) == stem + "ี่์"


@pytest.mark.parametrize(
    ("text", "prefix", "name"),
    [
        ("เด็กชายสมชาย", "เด็กชาย", "สมชาย"),
        ("ด.ช.สมชาย", "เด็กชาย", "สมชาย"),
        ("ด.ช. สมชาย", "เด็กชาย", "สมชาย"),
        ("ด.ช สมชาย", "เด็กชาย", "สมชาย"),
        ("ดช. สมชาย", "เด็กชาย", "สมชาย"),
        ("ดช สมชาย", "เด็กชาย", "สมชาย"),
        ("ด. ช. สมชาย", "เด็กชาย", "สมชาย"),
        ("เด็กหญิง มะลิ", "เด็กหญิง", "มะลิ"),
        ("ด.ญ.มะลิ", "เด็กหญิง", "มะลิ"),
        ("น.ส.ก้อย", "นางสาว", "ก้อย"),
        ("นางสาวก้อย", "นางสาว", "ก้อย"),
        ("นางก้อย", "นาง", "ก้อย"),
        ("นายเอก", "นาย", "เอก"),
        ("สามเณรสมชาย", "สามเณร", "สมชาย"),
        ("พระ พาย", "พระ", "พาย"),
        ("พระมหาสมปอง", "พระมหา", "สมปอง"),
        ("พล.ต.อ.เสรี", "พลตำรวจเอก", "เสรี"),
        ("พล.ต.เสรี", "พลตรี", "เสรี"),
        ("ร.ต.อ. เฉลิม", "ร้อยตำรวจเอก", "เฉลิม"),
        ("ร.ต.เฉลิม", "ร้อยตรี", "เฉลิม"),
        ("ว่าที่ ร.ต. สมชาย", "ว่าที่ร้อยตรี", "สมชาย"),
        ("ม.ร.ว.สมชาย", "หม่อมราชวงศ์", "สมชาย"),
        ("สมชาย", "", "สมชาย"),
        ("", "", ""),
    ],
)
def test_a_title_is_split_off(text: str, prefix: str, name: str) -> None:
    assert split_prefix(text) == (prefix, name)


@pytest.mark.parametrize("name", ["นายก", "นางาม", "นายิกา", "พระพาย", "ดชนก", "นาย", "นางสาว", "เด็กชาย"])
def test_a_name_that_only_begins_like_a_title_stays_whole(name: str) -> None:
    assert split_prefix(name)[1] == name


@given(st.sampled_from(PREFIXES), st.sampled_from(["", " ", "  "]), st.sampled_from(["มะลิ", "เอก", "สมชาย"]))
def test_every_title_in_full_is_known(prefix: Prefix, gap: str, name: str) -> None:
    assume(prefix.joined or gap)
    # พลตำรวจ + เอก is another title, not a name.
    assume(f"{prefix.full}{gap}{name}" not in {other.full for other in PREFIXES})
    assert split_prefix(f"{prefix.full}{gap}{name}") == (prefix.full, name)


@given(st.sampled_from([(p.full, s) for p in PREFIXES for s in p.short]), st.sampled_from(["", " "]))
def test_every_abbreviation_with_its_dots_is_known(case: tuple[str, str], gap: str) -> None:
    full, short = case
    assert split_prefix(f"{short}{gap}มะลิ") == (full, "มะลิ")


def test_titles_are_data_without_doubles_and_tell_the_sex_they_know() -> None:
    fulls = [prefix.full for prefix in PREFIXES]
    shorts = [short for prefix in PREFIXES for short in prefix.short]
    assert len(set(fulls)) == len(fulls)
    assert len(set(shorts)) == len(shorts)
    sexes = {prefix.full: prefix.sex for prefix in PREFIXES}
    assert sexes["เด็กชาย"] is Sex.MALE
    assert sexes["สามเณร"] is Sex.MALE
    assert sexes["นางสาว"] is Sex.FEMALE
    assert sexes["ร้อยตำรวจเอก"] is None
    kinds = {prefix.kind for prefix in PREFIXES}
    assert kinds == {"child", "adult", "religious", "police", "military", "noble"}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("ด.ช. สมชาย", "สมชาย"),
        ("เด็กหญิงนางฟ้า", "นางฟ้า"),
        ("สิทธิ์", "สิทธิ"),
        ("น้ํา ทิพย์", "น้ำทิพย์"),
        ("นํ้าทิพย", "น้ำทิพย์"),
        ("ณ อยุธยา", "ณอยุธยา"),
        ("Mary-Ann", "mary ann"),
        ("ม.ล. มะลิ", "หม่อมหลวงมะลิ"),
    ],
)
def test_two_registers_may_write_one_name_differently(one: str, two: str) -> None:
    assert name_key(one) == name_key(two)


@pytest.mark.parametrize(
    ("one", "two"), [("สมชาย", "สมชัย"), ("จันทร์", "จันท์"), ("มะลิ", "มาลี"), ("พระพาย", "พาย"), ("ก้อย", "ก่อย")]
)
def test_different_names_have_different_keys(one: str, two: str) -> None:
    assert name_key(one) != name_key(two)


@given(thai)
@example("นา ยสมชาย")
@example("ด.ช.ด.ญ.นางสาวนายมะลิ")
def test_a_key_is_its_own_key_and_carries_no_blank_dot_or_karan(text: str) -> None:
    key = name_key(text)
    assert name_key(key) == key
    assert not set(key) & set(" .-\u0e4c")


@given(thai)
def test_storing_a_name_in_normal_form_does_not_change_its_key(text: str) -> None:
    assert name_key(normal(text)) == name_key(text)
