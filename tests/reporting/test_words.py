"""Every name of a round has words in both languages; each writes numbers and dates its own way."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.reporting import words
from takhai.reporting.words import BadWords, Language, Speech, Word
from takhai.thai.calendar import Term
from takhai.thai.grades import Level
from tests.reporting import samples

KNOWN = words.load(words.OWN, words.PAPER)
TH = Speech(Language.TH, KNOWN)
EN = Speech(Language.EN, KNOWN)
THAI_LETTERS = {chr(code) for code in range(0x0E01, 0x0E5C)}


def every_word() -> list[tuple[str, Word]]:
    return [(f"{section}.{key}", word) for section, entries in KNOWN.items() for key, word in entries.items()]


def test_every_step_that_has_a_name_has_a_sentence() -> None:
    assert KNOWN["step"].keys() == KNOWN["about"].keys()
    assert {each["step"] for each in samples.summary()["steps"]} <= KNOWN["step"].keys()


@pytest.mark.parametrize("name", samples.REASONS)
def test_every_reason_of_a_round_has_words(name: str) -> None:
    assert name in KNOWN["reason"]


@pytest.mark.parametrize("name", samples.EXCEPTIONS)
def test_every_exception_has_words(name: str) -> None:
    assert name in KNOWN["exception"]


@pytest.mark.parametrize("name", samples.summary()["ledger"])
def test_every_account_has_words(name: str) -> None:
    assert name in KNOWN["account"]


@pytest.mark.parametrize("name", samples.summary()["after_close"])
def test_every_movement_after_the_close_has_words(name: str) -> None:
    assert name in KNOWN["after_close"]


def test_every_level_has_words_and_the_thai_ones_agree_with_the_room_thai_where_it_is_short() -> None:
    assert KNOWN["level"].keys() == {level.value for level in Level}
    for level in (Level.KINDERGARTEN, Level.PRIMARY, Level.LOWER_SECONDARY, Level.UPPER_SECONDARY):
        assert KNOWN["level"][level.value].th == level.th


def test_every_agency_of_the_contract_has_a_short_and_a_full_name() -> None:
    agencies = {"obec", "opec", "dla", "bma", "bpp", "onab", "nfe"}
    assert KNOWN["agency"].keys() == KNOWN["agency_full"].keys() == agencies


@pytest.mark.parametrize(("name", "word"), every_word())
def test_the_thai_of_a_word_is_thai_and_its_english_is_not(name: str, word: Word) -> None:
    assert THAI_LETTERS & set(word.th), name
    assert not THAI_LETTERS & set(word.en), name


@pytest.mark.parametrize(("name", "word"), every_word())
def test_both_languages_ask_for_the_same_details(name: str, word: Word) -> None:
    def asked(text: str) -> set[str]:
        return {part.split("}")[0] for part in text.split("{")[1:]}

    if name != "unit.term":
        assert asked(word.th) == asked(word.en), name


@pytest.mark.parametrize(("name", "word"), every_word())
def test_no_two_languages_say_a_word_with_doubled_blanks(name: str, word: Word) -> None:
    assert "  " not in word.th + word.en, name
    assert word.th == word.th.strip(), name
    assert word.en == word.en.strip(), name


def test_reasons_of_one_language_are_told_apart() -> None:
    for language in Language:
        said = [word.said(language) for word in KNOWN["reason"].values()]
        assert len(said) == len(set(said))


def test_a_section_comes_whole_in_one_language() -> None:
    assert EN.section("money")["paid"] == "Paid"
    assert TH.section("money").keys() == KNOWN["money"].keys()


def test_a_word_that_nobody_wrote_is_an_error_not_an_empty_text() -> None:
    with pytest.raises(KeyError):
        TH.say("reason", "no_such_reason")
    with pytest.raises(KeyError):
        TH.say("no_such_section", "dead")


@pytest.mark.parametrize(
    "text",
    [
        '[a]\nb = { th = "ก" }',
        '[a]\nb = { th = "ก", en = "" }',
        '[a]\nb = { th = " ", en = "x" }',
        '[a]\nb = { th = "ก", en = "x", fr = "y" }',
        '[a]\nb = "ก"',
        '[a]\nb = { th = 1, en = "x" }',
    ],
)
def test_a_table_of_words_with_a_gap_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "words.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadWords, match=r"a\.b"):
        words.load(path)


def test_two_files_may_add_to_one_section_but_never_say_a_key_twice(tmp_path: Path) -> None:
    one, two, three = (tmp_path / f"{n}.toml" for n in "123")
    one.write_text('[a]\nb = { th = "ก", en = "x" }', "utf-8")
    two.write_text('[a]\nc = { th = "ข", en = "y" }', "utf-8")
    three.write_text('[a]\nb = { th = "ค", en = "z" }', "utf-8")
    assert words.load(one, two)["a"].keys() == {"b", "c"}
    with pytest.raises(BadWords, match="twice"):
        words.load(one, three)


def test_money_is_written_with_two_decimals_and_its_unit() -> None:
    assert TH.baht(174_050) == "1,740.50 บาท"
    assert EN.baht(174_050) == "1,740.50 baht"
    assert TH.baht(-1) == "-0.01 บาท"


def test_counts_carry_their_noun_and_english_knows_one() -> None:
    assert (TH.people(1), TH.people(12_345)) == ("1 คน", "12,345 คน")
    assert (EN.people(1), EN.people(12_345)) == ("1 pupil", "12,345 pupils")
    assert (EN.rows(1), EN.rows(0), TH.rows(2)) == ("1 row", "0 rows", "2 แถว")


def test_dates_are_buddhist_in_both_languages_so_that_they_match_the_round() -> None:
    assert TH.day(date(2020, 12, 9)) == "9 ธ.ค. 2563"
    assert EN.day(date(2020, 12, 9)) == "9 Dec 2563 BE"


@pytest.mark.parametrize(
    ("opens", "closes", "thai", "english"),
    [
        (date(2021, 1, 6), date(2021, 1, 11), "6–11 ม.ค. 2564", "6–11 Jan 2564 BE"),
        (date(2021, 1, 6), date(2021, 1, 6), "6 ม.ค. 2564", "6 Jan 2564 BE"),
        (date(2021, 1, 18), date(2021, 2, 18), "18 ม.ค.–18 ก.พ. 2564", "18 Jan – 18 Feb 2564 BE"),
        (date(2020, 12, 28), date(2021, 1, 4), "28 ธ.ค. 2563–4 ม.ค. 2564", "28 Dec 2563 BE – 4 Jan 2564 BE"),
    ],
)
def test_a_window_names_both_days_and_nothing_twice(
    opens: date, closes: date, thai: str, english: str
) -> None:
    assert TH.window(opens, closes) == thai
    assert EN.window(opens, closes) == english


@given(opens=st.dates(date(2017, 1, 1), date(2040, 1, 1)), days=st.integers(0, 400))
def test_every_window_has_no_doubled_blank_and_ends_on_its_last_day(opens: date, days: int) -> None:
    closes = date.fromordinal(opens.toordinal() + days)
    for speech in (TH, EN):
        said = speech.window(opens, closes)
        assert said.endswith(speech.day(closes))
        assert "  " not in said
        assert said.startswith(str(opens.day))


def test_a_term_is_named_in_full_and_english_adds_the_common_years() -> None:
    assert TH.term(Term(2563, 2)) == "ภาคเรียนที่ 2 ปีการศึกษา 2563"
    assert EN.term(Term(2563, 2)) == "Semester 2 of academic year 2563 BE (2020–21)"
    assert EN.term(Term(2642, 1)).endswith("(2099–00)")


def test_each_language_leads_to_the_other() -> None:
    assert Language.TH.other is Language.EN
    assert Language.EN.other is Language.TH
