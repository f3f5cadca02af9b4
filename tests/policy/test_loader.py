"""The reader of policy files refuses what it does not know."""

from datetime import date

import pytest

from takhai.policy.loader import load_sources
from takhai.policy.types import PolicyFileError, Row, Status, Unit, Window
from takhai.thai.calendar import Term
from tests.policy.files import HEAD, ROUND, SOURCES, VALUE, WINDOWS, topic


def test_a_value_is_read_with_its_keys_dates_status_and_source() -> None:
    read = topic(HEAD + VALUE)
    assert (read.label_th, read.label_en, read.unit) == ("อัตรา", "Rate", Unit.SATANG)
    assert read.rows == (
        Row(
            topic="equity_grant.rate",
            keys=(("component", "living"), ("level", "primary")),
            value=100,
            status=Status.OFFICIAL,
            from_day=date(2020, 5, 16),
            to_day=None,
            known_on=date(2020, 5, 1),
            source="a",
        ),
    )


def test_a_value_may_have_a_status_and_an_end_of_its_own() -> None:
    (row,) = topic(HEAD + VALUE + 'status = "inferred"\nto = 2021-05-16\naffiliation = "bpp"\n').rows
    assert (row.status, row.to_day) == (Status.INFERRED, date(2021, 5, 16))
    assert ("affiliation", "bpp") in row.keys


def test_a_round_holds_for_its_semester_and_the_holidays_after_it() -> None:
    (override,) = topic(HEAD + VALUE + ROUND).rounds
    (row,) = override.rows
    assert override.term == Term(2563, 2)
    assert (row.from_day, row.to_day) == (date(2020, 11, 1), date(2021, 5, 16))
    assert (row.value, row.status, row.source) == (7, Status.OFFICIAL, "b")


def test_a_round_says_status_and_source_for_its_values_unless_they_say_their_own() -> None:
    text = HEAD + ROUND.replace('source = "b"', 'source = "b"\nstatus = "illustrative"')
    (override,) = topic(text).rounds
    assert override.rows[0].status is Status.ILLUSTRATIVE
    (override,) = topic(text + 'status = "inferred"\nsource = "a"\n').rounds
    assert (override.rows[0].status, override.rows[0].source) == (Status.INFERRED, "a")


def test_a_window_is_read_and_moved_to_another_semester() -> None:
    first, moved = topic(WINDOWS, "equity_grant.calendar").rounds
    window = Window(date(2020, 11, 13), date(2020, 12, 10))
    assert first.rows[0].value == window
    assert moved.rows[0].value == window.moved(date(2021, 5, 16) - date(2020, 11, 1))
    assert (moved.rows[0].status, moved.rows[0].source) == (Status.ILLUSTRATIVE, "b")


def test_sources_have_titles_in_both_languages() -> None:
    sources = load_sources(SOURCES)
    assert (sources["a"].th, sources["a"].en, sources["a"].kind) == ("ก", "A", "rule")


@pytest.mark.parametrize(
    "text",
    [
        SOURCES + 'url = "x"\n',
        SOURCES.replace('en = "A"\n', ""),
        SOURCES.replace('"ก"', '""'),
        SOURCES.replace('"ก"', "1"),
        'a = "not a table"\n',
    ],
)
def test_a_source_that_says_more_or_less_is_refused(text: str) -> None:
    with pytest.raises(PolicyFileError) as refusal:
        load_sources(text)
    assert refusal.value.file == "sources"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("amount = 100", "amount = 0", "amount"),
        ("amount = 100", "amount = -5", "amount"),
        ("amount = 100", "amount = 1.5", "amount"),
        ("amount = 100", 'amount = "100"', "amount"),
        ("amount = 100", "amount = true", "amount"),
        ("amount = 100", "amounts = 100", "unknown field amounts"),
        ("amount = 100", "amount = 100\nnote = 1", "unknown field note"),
        ("amount = 100", "amount = 100\ngroup = 'old'", "unknown field group"),
        ("amount = 100\n", "", "missing field amount"),
        ('level = "primary"', 'level = "university"', "level cannot be university"),
        ('level = "primary"', "level = 1", "level is no text"),
        ('level = "primary"\n', "", "missing field level"),
        ('level = "primary"', 'level = "primary"\naffiliation = "navy"', "affiliation cannot be navy"),
        ('source = "a"', 'source = "c"', "source cannot be c"),
        ('source = "a"\n', "", "missing field source"),
        ('source = "a"', 'source = "a"\nstatus = "sure"', "status cannot be sure"),
        ("from = 2020-05-16", 'from = "2020-05-16"', "from is no date"),
        ("from = 2020-05-16", "from = 2020-05-16T00:00:00", "from is no date"),
        ("from = 2020-05-16\n", "", "missing field from"),
        ("known_on = 2020-05-01\n", "", "missing field known_on"),
        ("from = 2020-05-16", "from = 2020-05-16\nto = 2020-05-16", "ends after"),
        ('unit = "satang"', 'unit = "baht"', "unit cannot be baht"),
        ('status = "official"\n', "", "missing field status"),
        ('keys = ["level", "component"]', 'keys = "level"', "keys is no list"),
        ('keys = ["level", "component"]', "keys = [1]", "keys is no list"),
        ('en = "Rate"', 'fr = "Taux"', "unknown field fr"),
        ('th = "อัตรา", en', "en", "missing field th"),
        ('label = { th = "อัตรา", en = "Rate" }', 'label = "Rate"', "label is no table"),
        ('label = { th = "อัตรา", en = "Rate" }', "", "missing field label"),
        ('unit = "satang"', 'unit = "satang"\nowner = "x"', "unknown field owner"),
    ],
)
def test_a_file_that_says_something_else_is_refused(old: str, new: str, what: str) -> None:
    text = HEAD + VALUE
    assert old in text
    with pytest.raises(PolicyFileError, match=what) as refusal:
        topic(text.replace(old, new, 1))
    assert refusal.value.file == "equity_grant.rate"


def test_two_values_from_one_day_known_on_one_day_are_refused() -> None:
    with pytest.raises(PolicyFileError, match="two values"):
        topic(HEAD + VALUE + VALUE.replace("100", "200"))
    assert len(topic(HEAD + VALUE + VALUE.replace("2020-05-01", "2020-05-02")).rows) == 2
    assert len(topic(HEAD + VALUE + VALUE + 'affiliation = "bpp"\n').rows) == 2


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('term = "2563-2"', 'term = "2563-3"', "no such term"),
        ('term = "2563-2"', "term = 2563", "term is no text"),
        ('term = "2563-2"\n', "", "missing field term"),
        ('source = "b"\n', "", "missing field source"),
        ("known_on = 2020-10-01\n", "", "missing field known_on"),
        ("known_on = 2020-10-01", "known_on = 2020-10-01\nyear = 1", "unknown field year"),
        ("amount = 7", "amount = 7\nfrom = 2020-01-01", "unknown field from"),
        ('term = "2563-2"', 'term = "2563-2"\nmoved_from = "2563-1"', "only windows"),
    ],
)
def test_a_round_that_says_something_else_is_refused(old: str, new: str, what: str) -> None:
    text = HEAD + VALUE + ROUND
    assert old in text
    with pytest.raises(PolicyFileError, match=what):
        topic(text.replace(old, new, 1))


def test_a_round_stands_once_for_each_day_it_became_known() -> None:
    with pytest.raises(PolicyFileError, match="stands twice"):
        topic(HEAD + ROUND + ROUND)
    assert len(topic(HEAD + ROUND + ROUND.replace("2020-10-01", "2020-12-01")).rounds) == 2


def test_a_round_without_values_is_refused() -> None:
    with pytest.raises(PolicyFileError, match="some of its own"):
        topic(HEAD + ROUND.split("[[round.value]]")[0])


def test_a_round_with_two_values_for_one_key_is_refused() -> None:
    with pytest.raises(PolicyFileError, match="two values"):
        topic(HEAD + ROUND + '[[round.value]]\nlevel = "primary"\ncomponent = "basic"\namount = 8\n')


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("until = 2020-12-10", "until = 2020-11-13", "at least one day"),
        ("until = 2020-12-10\n", "", "missing field until"),
        ("until = 2020-12-10", "closes = 2020-12-09", "unknown field closes"),
        ('moved_from = "2563-2"', 'moved_from = "2563-1"', "moved from one round"),
        ('moved_from = "2563-2"', 'moved_from = "2564-1"', "moved from one round"),
    ],
)
def test_a_calendar_that_says_something_else_is_refused(old: str, new: str, what: str) -> None:
    assert old in WINDOWS
    with pytest.raises(PolicyFileError, match=what):
        topic(WINDOWS.replace(old, new, 1), "equity_grant.calendar")


@pytest.mark.parametrize(
    ("unit", "field", "value"),
    [
        ("text", 'text = "x"', "x"),
        ("words", 'words = ["x", "y"]', ("x", "y")),
        ("words", "words = []", ()),
        ("percent", "amount = 100", 100),
        ("millionths", "amount = 1_000_000", 1_000_000),
        ("count", "amount = 3", 3),
    ],
)
def test_units_have_fields_of_their_own(unit: str, field: str, value: object) -> None:
    text = (HEAD + VALUE).replace('unit = "satang"', f'unit = "{unit}"').replace("amount = 100", field)
    assert topic(text).rows[0].value == value


@pytest.mark.parametrize(
    ("unit", "field"),
    [
        ("percent", "amount = 101"),
        ("millionths", "amount = 1_000_001"),
        ("millionths", "amount = 0"),
        ("millionths", "amount = 0.5"),
        ("count", "amount = 0"),
        ("count", 'text = "3"'),
        ("text", "text = 5"),
        ("text", 'text = ""'),
        ("words", 'words = "x"'),
        ("words", 'words = [""]'),
        ("text", "amount = 5"),
        ("days", 'text = "5"'),
    ],
)
def test_a_value_that_does_not_fit_its_unit_is_refused(unit: str, field: str) -> None:
    text = (HEAD + VALUE).replace('unit = "satang"', f'unit = "{unit}"').replace("amount = 100", field)
    with pytest.raises(PolicyFileError):
        topic(text)


@pytest.mark.parametrize(
    ("name", "unit", "good", "bad"),
    [
        ("attendance_comparison", "text", 'text = "above"', 'text = "over"'),
        ("attendance_denominator", "text", 'text = "term"', 'text = "year"'),
        ("attendance_leave", "text", 'text = "excused"', 'text = "present"'),
        ("growth_condition", "text", 'text = "required"', 'text = "yes"'),
        ("not_compliant", "text", 'text = "hold"', 'text = "drop"'),
        ("skipped_steps", "words", 'words = ["certify"]', 'words = ["certify", "order"]'),
    ],
)
def test_a_value_that_a_rule_does_not_know_is_refused(name: str, unit: str, good: str, bad: str) -> None:
    text = (HEAD + VALUE).replace('unit = "satang"', f'unit = "{unit}"')
    assert topic(text.replace("amount = 100", good), f"equity_grant.{name}").rows
    with pytest.raises(PolicyFileError, match="the value cannot be"):
        topic(text.replace("amount = 100", bad), f"equity_grant.{name}")


@pytest.mark.parametrize(
    "answer", ["floor.gold", "earth", "floor.", ".earth", "goods.computer", "dwelling.earth"]
)
def test_a_weight_for_an_answer_that_is_not_on_the_form_is_refused(answer: str) -> None:
    text = (HEAD + VALUE).replace('"level", "component"', '"answer"').replace('component = "living"\n', "")
    weight = text.replace('level = "primary"', 'answer = "floor.earth"')
    assert topic(weight, "equity_grant.pmt_weight").rows[0].keys == (("answer", "floor.earth"),)
    with pytest.raises(PolicyFileError, match="answer cannot be"):
        topic(weight.replace("floor.earth", answer), "equity_grant.pmt_weight")
