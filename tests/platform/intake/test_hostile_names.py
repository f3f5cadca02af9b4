"""Names as people type them: one written form, titles in their place, nothing invisible."""

import unicodedata
from pathlib import Path

import pytest
from tests.platform.intake import making

# Written first name, kept first name, warnings.
TAKEN: dict[str, tuple[str, str, list[str]]] = {
    "nikhahit and aa": ("ตํารา", "ตำรา", []),
    "tone mark after sara am": ("นำ้ฝน", "น้ำฝน", []),
    "two sara e": ("เเก้ว", "แก้ว", []),
    "a mark twice": ("กิิตติ", "กิตติ", []),
    "marks in the other order": ("ก\u0e48\u0e38ง", "ก\u0e38\u0e48ง", []),
    "decomposed Latin": (unicodedata.normalize("NFD", "José"), "José", []),
    "a zero width blank": ("ทด\u200bสอบ", "ทดสอบ", ["text_cleaned"]),
    "a direction mark": ("\u202eทดสอบ", "ทดสอบ", ["text_cleaned"]),
    "a soft hyphen": ("ทด\u00adสอบ", "ทดสอบ", ["text_cleaned"]),
    "a variation selector": ("ทดสอบ\ufe0f", "ทดสอบ", ["text_cleaned"]),
    "a hard blank": ("\u00a0ทดสอบ\u00a0", "ทดสอบ", []),
    "many blanks": ("  แม่   ชี ", "แม่ ชี", []),
    "a line end": ("ทด\nสอบ", "ทด สอบ", []),
    "a glued title": ("เด็กชายทดสอบ", "ทดสอบ", ["prefix_glued"]),
    "a short title": ("ด.ช. ทดสอบ", "ทดสอบ", ["prefix_glued"]),
    "a name that begins like a title": ("นางาม", "นางาม", []),
    "a title that is not the column's": ("นายทดสอบ", "นายทดสอบ", []),
    "a formula": ("'=1+1", "=1+1", []),
    "karan": ("ณัฐพงศ์", "ณัฐพงศ์", []),
}


@pytest.mark.parametrize("case", TAKEN)
def test_a_name_is_kept_in_one_written_form(case: str, tmp_path: Path) -> None:
    written, kept, warnings = TAKEN[case]
    path = making.write_csv(tmp_path, [making.row(first_name=written)])
    assert [row.values["first_name"] for row in making.good_rows(path)] == [kept]
    assert making.warn_names(making.checked(path)) == warnings


REFUSED: dict[str, tuple[str, str]] = {
    "nothing": ("", "name_missing"),
    "a dash": ("-", "name_missing"),
    "a long dash": ("—", "name_missing"),
    "blanks": (" \u00a0 ", "name_missing"),
    "only invisible characters": ("\u200b\ufeff", "name_missing"),
    "NUL": ("ทด\x00สอบ", "text_unclean"),
    "an escape": ("\x1b[31mทดสอบ", "text_unclean"),
    "a lost character": ("ทด\ufffdสอบ", "text_unclean"),
    "a private letter": ("ทด\uf70aสอบ", "text_unclean"),
    "a tag": ("<script>alert(1)</script>", "text_unclean"),
    "an image": ('ทดสอบ"><img src=x>', "text_unclean"),
    "a template": ("{{ทดสอบ}}", "text_unclean"),
    "a character reference": ("&#3607;ดสอบ", "text_unclean"),
    "a link that runs": ("javascript:alert(1)", "text_unclean"),
    "a path": ("..\\ทดสอบ", "text_unclean"),
    "a novel": ("ก" * 501, "text_unclean"),
    "more than any name": ("ก" * 101, "text_unclean"),
    "letters that grow": ("\ufb2c" * 90, "text_unclean"),
    "tag characters": ("ทดสอบ\U000e0041", "text_unclean"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_name_refuses_its_row(case: str, tmp_path: Path) -> None:
    written, problem = REFUSED[case]
    answer = making.check_rows(
        tmp_path, making.row(first_name=written), making.row(identifier=making.number(1))
    )
    assert [(entry.row, entry.name) for entry in answer.bad] == [(2, problem)]
    assert answer.good == 1


def test_a_real_date_is_no_name(tmp_path: Path) -> None:
    from datetime import date

    path = making.write_xlsx(tmp_path, [making.row(first_name=date(2020, 1, 2))])
    assert making.bad_names(making.checked(path)) == ["text_unclean"]


@pytest.mark.parametrize("number", [making.GCODE, "0123456789016"])
def test_a_pupil_without_registration_may_have_no_surname(number: str, tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, [making.row(identifier=number, last_name="-")])
    assert making.good_rows(path)[0].values["last_name"] == ""


def test_a_citizen_has_a_surname(tmp_path: Path) -> None:
    answer = making.check_rows(tmp_path, making.row(last_name="-"))
    assert [(entry.column, entry.name) for entry in answer.bad] == [("นามสกุล", "name_missing")]


def test_a_glued_title_fills_an_empty_column_of_titles(tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, [making.row(prefix="-", first_name="เด็กหญิงทดสอบ", sex="ญ")])
    values = making.good_rows(path)[0].values
    assert (values["prefix"], values["first_name"]) == ("เด็กหญิง", "ทดสอบ")


@pytest.mark.parametrize(
    ("prefix", "kept"),
    [
        ("ด.ช.", "เด็กชาย"),
        ("ด.ช", "เด็กชาย"),
        ("ดช", "เด็กชาย"),
        (" เด็กชาย ", "เด็กชาย"),
        ("สามเณร", "สามเณร"),
        ("-", ""),
    ],
)
def test_titles_are_written_out(prefix: str, kept: str, tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, [making.row(prefix=prefix)])
    assert making.good_rows(path)[0].values["prefix"] == kept


def test_a_title_nobody_knows_is_kept_and_said(tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, [making.row(prefix="ท่านผู้กล้า")])
    assert making.good_rows(path)[0].values["prefix"] == "ท่านผู้กล้า"
    assert making.warn_names(making.checked(path)) == ["prefix_unknown"]


@pytest.mark.parametrize(
    ("prefix", "sex"), [("เด็กชาย", "ญ"), ("เด็กหญิง", "ช"), ("นางสาว", "ช"), ("ด.ช.", "ญ")]
)
def test_a_title_of_the_other_sex_is_said(prefix: str, sex: str, tmp_path: Path) -> None:
    answer = making.check_rows(tmp_path, making.row(prefix=prefix, sex=sex))
    assert (answer.good, making.warn_names(answer)) == (1, ["prefix_sex_differs"])


@pytest.mark.parametrize(("sex", "kept"), [("ช", "m"), ("ญ", "f"), (" ช ", "m"), ("หญิง", "f")])
def test_sexes_that_are_known(sex: str, kept: str, tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, [making.row(sex=sex, prefix="-")])
    assert making.good_rows(path)[0].values["sex"] == kept


@pytest.mark.parametrize("sex", ["", "-", "x", "M", "1", "ชญ", "<b>"])
def test_sexes_that_are_not(sex: str, tmp_path: Path) -> None:
    assert making.bad_names(making.check_rows(tmp_path, making.row(sex=sex))) == ["sex_unknown"]


@pytest.mark.parametrize("field", ["first_name", "last_name", "sex", "grade", "birth_date"])
def test_no_sentence_shows_a_name(field: str, tmp_path: Path) -> None:
    answer = making.check_rows(tmp_path, making.row(**{field: "สมปรารถนา<"}))
    assert answer.bad
    assert "สมปรารถนา" not in making.sentences(answer)
    assert "มปรา" not in making.sentences(answer)
