"""Field checks, one by one: text in, value out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.platform.intake.checks import CHECKS, WRITTEN, Context
from takhai.platform.intake.judging import Memory, judge
from takhai.platform.intake.layout import Column
from takhai.platform.intake.types import Cell, Flawed, Note, Value
from takhai.thai.calendar import Term
from takhai.thai.names import normal

ISO = Context(term=Term.parse("2563-2"), dates="iso")
BUDDHIST = Context(term=Term.parse("2563-2"), dates="buddhist")


def column(check: str, *, required: bool = False, empty: Any = None, **settings: Any) -> Column:
    return Column(
        field="x", position=1, header=("x",), meaning_th="ก", meaning_en="a", check=check, problem="value_missing",
        absent="refuse", required=required, empty=empty, settings=settings,
    )  # fmt: skip


def run(cell: Cell, check: Column, context: Context = ISO) -> Value | Flawed:
    return judge(cell=cell, column=check, at=7, context=context)


def refused(found: Value | Flawed) -> str:
    assert isinstance(found, Flawed)
    assert [note.refuses for note in found.notes] == [True]
    assert found.notes[0].column == 7
    return found.notes[0].problem


def warned(found: Value | Flawed) -> tuple[Value, str]:
    assert isinstance(found, Flawed)
    assert [note.refuses for note in found.notes] == [False]
    assert found.notes[0].column == 7
    return found.value, found.notes[0].problem


@pytest.mark.parametrize("cell", ["", "-", " ", "–", "—", "\u00a0"])
@pytest.mark.parametrize("check", sorted(CHECKS))
def test_no_answer_is_the_empty_value_whatever_the_check(cell: str, check: str) -> None:
    assert run(cell, column(check)) is None
    assert run(cell, column(check, empty="99")) == "99"


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_no_answer_where_one_is_required_refuses(check: str) -> None:
    assert refused(run("-", column(check, required=True))) == "value_missing"


WIDTH: Mapping[str, Any] = {"width": 8, "from": 7, "said": "school_code_zero_restored"}


@pytest.mark.parametrize(
    ("cell", "check", "value"),
    [
        ("81012017", column("code", **WIDTH), "81012017"),
        ("81012017.00", column("code", **WIDTH), "81012017"),
        ("1024.0", column("label"), "1024"),
        ("12/3", column("label"), "12/3"),
        ("1.5", column("label"), "1.5"),
        ("ป. 1", column("grade"), "ป.1"),
        ("ม๓", column("grade"), "ม.3"),
        ("ปวช.2", column("grade"), "ปวช.2"),
        ("yes", column("choice", values={"yes": "y"}), "y"),
        ("คํา", column("choice", values={"คำ": "y"}), "y"),
        ("/", column("mark"), True),
        ("2020-12-09", column("day"), date(2020, 12, 9)),
        ("๒๐๒๐-๑๒-๐๙", column("day"), date(2020, 12, 9)),
        ("20.5", column("measure", scale=1000, most=300_000), 20_500),
        ("20.", column("measure", scale=1000, most=300_000), 20_000),
        ("0.0015", column("measure", scale=1000, most=300_000), 1),
        ("112", column("measure", scale=10, most=2_500), 1_120),
        ("0", column("measure", scale=10, most=2_500), None),
        ("0.0", column("measure", scale=10, most=2_500), None),
        ("100000", column("whole"), 100_000),
        ("100000.0", column("whole"), 100_000),
        ("1000.00", column("baht"), 100_000),
        ("1,000.5", column("baht"), 100_050),
        ("0", column("baht"), 0),
        ("A-1", column("pattern", like="[A-Z]-[0-9]"), "A-1"),
        ("๑๒๓", column("pattern", like="[0-9]{3}", digits=True), "123"),
        ("2563-2", column("term"), "2563-2"),
        ("๒๕๖๓-๒", column("term"), "2563-2"),
    ],
)
def test_values_that_are_read(cell: str, check: Column, value: Value) -> None:
    found = run(cell, check)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("cell", "check"),
    [
        ("8101201", column("code", width=8)),
        ("810120178", column("code", **WIDTH)),
        ("8101201x", column("code", **WIDTH)),
        ("ป.7", column("grade")),
        ("ม.0", column("grade")),
        ("อ.4", column("grade")),
        ("ป.1/2", column("grade")),
        ("ปวส.1", column("grade")),
        ("maybe", column("choice", values={"yes": "y"})),
        ("2020-02-30", column("day")),
        ("20201209", column("day")),
        ("2020-W50-3", column("day")),
        ("09/12/2563", column("day")),
        ("2020-12-09T00:00:00", column("day")),
        ("-1", column("whole")),
        ("1.5", column("whole")),
        ("1e5", column("whole")),
        ("9" * 19, column("whole")),
        ("2701", column("whole", least=2540, most=2700)),
        ("2539", column("whole", least=2540, most=2700)),
        ("1000.001", column("baht")),
        ("-1", column("baht")),
        ("NaN", column("baht")),
        ("1e3", column("baht")),
        ("1.000,00", column("baht")),
        ("9" * 30, column("baht")),
        ("฿100", column("baht")),
        ("A-12", column("pattern", like="[A-Z]-[0-9]")),
        ("100000001", column("whole", most=100_000_000)),
        ("๑๒๓", column("pattern", like="[0-9]{3}")),
        (date(2020, 1, 1), column("pattern", like=".*")),
        ("2/2563", column("term")),
        ("2563-3", column("term")),
    ],
)
def test_values_that_are_refused_under_the_columns_own_problem(cell: Cell, check: Column) -> None:
    assert refused(run(cell, check)) == "value_missing"


@pytest.mark.parametrize(
    ("cell", "check", "value"),
    [
        ("หนัก", column("measure", scale=1000, most=300_000), None),
        ("-20", column("measure", scale=1000, most=300_000), None),
        ("999", column("measure", scale=1000, most=300_000), None),
        ("1e3", column("measure", scale=1000, most=300_000), None),
        ("อื่นๆ", column("choice", values={"a": "b"}, other="warn"), None),
        ("ท่านผู้กล้า", column("title"), "ท่านผู้กล้า"),
    ],
)
def test_values_that_are_said_under_the_columns_own_problem(cell: str, check: Column, value: Value) -> None:
    assert warned(run(cell, check)) == (value, "value_missing")


def test_a_lost_zero_of_a_code_is_put_back_and_said_under_its_own_name() -> None:
    assert warned(run("1012017", column("code", **WIDTH))) == ("01012017", "school_code_zero_restored")


def test_several_things_about_one_cell_are_all_said() -> None:
    found = run("\u200b1012017", column("code", **WIDTH))
    assert isinstance(found, Flawed)
    assert [note.problem for note in found.notes] == ["text_cleaned", "school_code_zero_restored"]


def test_text_longer_than_its_column_is_refused() -> None:
    assert run("ก" * 10, column("text", most=10)) == "ก" * 10
    assert refused(run("ก" * 11, column("text", most=10))) == "text_unclean"


def test_a_real_date_is_a_day_in_any_layout() -> None:
    assert run(date(2020, 12, 9), column("day"), ISO) == date(2020, 12, 9)
    assert run(date(2020, 12, 9), column("day"), BUDDHIST) == date(2020, 12, 9)


@pytest.mark.parametrize(("cell", "context"), [("09/12/2563", BUDDHIST), ("2020-12-09", ISO)])
def test_text_is_a_day_in_the_layouts_own_era_only(cell: str, context: Context) -> None:
    other = ISO if context is BUDDHIST else BUDDHIST
    assert run(cell, column("day"), context) == date(2020, 12, 9)
    assert refused(run(cell, column("day"), other)) == "value_missing"


def test_a_gregorian_year_in_a_buddhist_column_is_refused() -> None:
    assert refused(run("09/12/2020", column("day"), BUDDHIST)) == "value_missing"


@pytest.mark.parametrize("year", [1994, 2021])
def test_a_year_of_birth_out_of_range_has_a_problem_of_its_own(year: int) -> None:
    check = column("birth_date", range="birth_year_out_of_range")
    assert refused(run(f"{year}-01-01", check)) == "birth_year_out_of_range"


@pytest.mark.parametrize("year", [1995, 2020])
def test_both_ends_of_the_range_are_inside(year: int) -> None:
    assert run(f"{year}-06-01", column("birth_date", range="birth_year_out_of_range")) == date(year, 6, 1)


@given(st.text(alphabet="กนมดสงอปยวรเแโใไะาำํๅๆฯิีึืุูั็่้๊๋์ฺ๎ .-aB", max_size=12))
def test_a_name_seen_to_be_in_its_written_form_is_in_it(name: str) -> None:
    if WRITTEN.fullmatch(name):
        assert normal(name) == name


@pytest.mark.parametrize("name", ["ทดสอบ", "น้ำฝน", "กิตติ์", "เก่ง ดี", "ณัฐพงศ์", "แก้ว", "John Smith"])
def test_ordinary_names_are_seen_to_be_written(name: str) -> None:
    assert WRITTEN.fullmatch(name)


@pytest.mark.parametrize("name", ["เเก้ว", "ตํารา", "นำ้", "กิิ", " ก", "ก ", "ก  ข"])
def test_names_that_must_be_rewritten_are_not(name: str) -> None:
    assert not WRITTEN.fullmatch(name)


def test_a_memory_gives_what_judging_gives_and_says_it_each_time() -> None:
    said: list[Note] = []
    memory = Memory(column=column("code", **WIDTH), at=7, context=ISO, said=said)
    assert [memory[cell] for cell in ("81012017", "1012017", "81012017", "1012017", "x")] == [
        "81012017", "01012017", "81012017", "01012017", None,
    ]  # fmt: skip
    assert [note.problem for note in said] == ["school_code_zero_restored"] * 2 + ["value_missing"]


def test_a_memory_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("takhai.platform.intake.judging._REMEMBERED", 10)
    memory = Memory(column=column("whole"), at=0, context=ISO, said=[])
    assert [memory[str(at)] for at in range(100)] == list(range(100))
    assert [memory[f"x{at}"] for at in range(100)] == [None] * 100
    assert len(memory) <= 10
    assert len(memory._flawed) <= 10
