"""Numbers that registers spoil: what is mended, what is only said, what is refused."""

from pathlib import Path

import pytest
from tests.platform.intake import making

from takhai.thai.identifiers import check_digit

ZERO = "012345678901" + str(check_digit("012345678901"))

# Written in the file, kept as, warnings.
TAKEN: dict[str, tuple[str, str, list[str]]] = {
    "as it should be": (making.CITIZEN, making.CITIZEN, []),
    "with dashes": ("1-1017-00230-70-8", making.CITIZEN, []),
    "with blanks": (" 1 1017 00230 70 8 ", making.CITIZEN, []),
    "Thai digits": ("๑๑๐๑๗๐๐๒๓๐๗๐๘", making.CITIZEN, []),
    "full-width digits": ("１１０１７００２３０７０８", making.CITIZEN, []),
    "a number of a spreadsheet": ("1101700230708.0", making.CITIZEN, []),
    "an apostrophe of a spreadsheet": ("'1101700230708", making.CITIZEN, []),
    "zero width blanks": ("110170\u200b0230708", making.CITIZEN, ["text_cleaned"]),
    "direction marks": ("\u202a1101700230708\u202c", making.CITIZEN, ["text_cleaned"]),
    "a byte order mark": ("\ufeff1101700230708", making.CITIZEN, ["text_cleaned"]),
    "a lost zero": (ZERO[1:], ZERO, ["number_zero_restored"]),
    "a number that begins with zero": (ZERO, ZERO, []),
    "a wrong check digit": ("1101700230700", "1101700230700", ["number_check_digit"]),
    "a G-code": (making.GCODE, making.GCODE, []),
    "a small g": (making.GCODE.lower(), making.GCODE, []),
    "first digit 9": ("912345678901" + str(check_digit("912345678901")),) * 2 + ([],),  # type: ignore[dict-item]
}


@pytest.mark.parametrize("case", TAKEN)
def test_a_number_that_can_be_read_is_taken_in(case: str, tmp_path: Path) -> None:
    written, kept, warnings = TAKEN[case]
    path = making.write_csv(tmp_path, [making.row(identifier=written)])
    answer = making.checked(path)
    assert (answer.good, making.warn_names(answer)) == (1, warnings)
    assert making.good_rows(path)[0].values["identifier"] == kept


REFUSED = {
    "twelve digits that fit no check digit": "234567890123",
    "eleven digits": "10170023070",
    "fourteen digits": "11017002307080",
    "a letter O for a zero": "11O1700230708",
    "a Cyrillic letter": "G64211234567\u0430",
    "scientific notation": "1.10170E+12",
    "a decimal": "1101700230708.5",
    "a negative number": "x-110170023070",
    "a passport": "AA1234567",
    "a G-code one digit short": "G64211234567",
    "a G-code one digit long": "G6421123456789",
    "two numbers": "1101700230708/3100600445635",
    "circled digits": "①①⓪①⑦⓪⓪②③⓪⑦⓪⑧",
    "superscript digits": "¹¹⁰¹⁷⁰⁰²³⁰⁷⁰⁸",
    "Arabic digits": "١١٠١٧٠٠٢٣٠٧٠٨",
    "a formula": "=1101700230708",
    "nothing": "",
    "a dash": "-",
    "only invisible characters": "\u200b\u200b",
    "zeros": "000000000000",
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_number_refuses_its_row(case: str, tmp_path: Path) -> None:
    answer = making.check_rows(tmp_path, making.row(identifier=REFUSED[case]), making.row())
    assert (answer.rows, answer.good) == (2, 1)
    assert [(entry.row, entry.name) for entry in answer.bad] == [(2, "number_malformed")]


@pytest.mark.parametrize(
    "written", ["1101700230700", "110170023070", "11017002307080", "13-1017-00230", "1101700230708x"]
)
def test_no_sentence_shows_a_number(written: str, tmp_path: Path) -> None:
    answer = making.check_rows(tmp_path, making.row(identifier=written))
    said = making.sentences(answer)
    assert said
    digits = "".join(char for char in written if char.isdigit())
    assert digits not in said.replace("-", "")
    assert written not in said


def test_a_number_in_the_wrong_column_is_not_shown_either(tmp_path: Path) -> None:
    answer = making.check_rows(
        tmp_path,
        making.row(
            grade=making.CITIZEN, sex="3100600445635", birth_date="7100600445638", school_code="6345678901237"
        ),
    )
    said = making.sentences(answer)
    for number in (making.CITIZEN, "3100600445635", "7100600445638", "6345678901237"):
        assert number not in said


SCHOOLS: dict[str, tuple[str, str | None, list[str], list[str]]] = {
    "eight digits": ("81012017", "81012017", [], []),
    "a lost zero": ("1012017", "01012017", [], ["school_code_zero_restored"]),
    "a number of a spreadsheet": ("81012017.0", "81012017", [], []),
    "Thai digits": ("๘๑๐๑๒๐๑๗", "81012017", [], []),
    "six digits": ("101201", None, ["school_code_malformed"], []),
    "ten digits": ("1081012017", None, ["school_code_malformed"], []),
    "a letter": ("8101A017", None, ["school_code_malformed"], []),
    "superscripts": ("8101201²", None, ["school_code_malformed"], []),
    "scientific notation": ("8.1E+07", None, ["school_code_malformed"], []),
    "negative": ("-8101201", None, ["school_code_malformed"], []),
    "nothing": ("", None, ["school_code_malformed"], []),
}


@pytest.mark.parametrize("case", SCHOOLS)
def test_school_codes_have_eight_digits(case: str, tmp_path: Path) -> None:
    written, kept, problems, warnings = SCHOOLS[case]
    path = making.write_csv(tmp_path, [making.row(school_code=written)])
    answer = making.checked(path)
    assert (making.bad_names(answer), making.warn_names(answer)) == (problems, warnings)
    assert [row.values["school_code"] for row in making.good_rows(path)] == ([kept] if kept else [])


@pytest.mark.parametrize(
    ("identifier", "school", "kept"),
    [(int(making.CITIZEN), 81012017, (making.CITIZEN, "81012017")), (int(ZERO), 1012017, (ZERO, "01012017"))],
)
def test_numbers_of_a_workbook_that_are_numbers(
    identifier: int, school: int, kept: tuple[str, str], tmp_path: Path
) -> None:
    path = making.write_xlsx(tmp_path, [making.row(identifier=identifier, school_code=school)])
    values = making.good_rows(path)[0].values
    assert (values["identifier"], values["school_code"]) == kept


def test_one_number_twice_at_one_school_is_said_with_the_first_row(tmp_path: Path) -> None:
    answer = making.check_rows(tmp_path, making.row(), making.row(identifier=making.number(1)), making.row())
    assert answer.good == 3
    assert [(entry.row, entry.name) for entry in answer.warn] == [(4, "duplicate_in_file")]
    assert "2" in answer.warn[0].message_th


def test_one_number_written_two_ways_is_one_number(tmp_path: Path) -> None:
    answer = making.check_rows(tmp_path, making.row(), making.row(identifier="1-1017-00230-70-8"))
    assert making.warn_names(answer) == ["duplicate_in_file"]


def test_one_number_at_two_schools_is_no_repetition(tmp_path: Path) -> None:
    assert (
        making.warn_names(making.check_rows(tmp_path, making.row(), making.row(school_code="81012018"))) == []
    )


def test_a_bad_row_is_no_first_row_of_a_repetition(tmp_path: Path) -> None:
    answer = making.check_rows(tmp_path, making.row(grade="?"), making.row())
    assert making.warn_names(answer) == []
