"""Days in every wrong clothing: eras are declared, never guessed."""

from datetime import date, datetime
from pathlib import Path

import pytest
from tests.platform.intake import making

from takhai.thai.calendar import Term

TAKEN: dict[str, tuple[str, date]] = {
    "as it should be": ("09/12/2556", date(2013, 12, 9)),
    "without zeros": ("9/1/2556", date(2013, 1, 9)),
    "Thai digits": ("๐๙/๑๒/๒๕๕๖", date(2013, 12, 9)),
    "blanks around": (" 09/12/2556 ", date(2013, 12, 9)),
    "the leap day of 2012": ("29/02/2555", date(2012, 2, 29)),
    "the first year of the range": ("01/01/2538", date(1995, 1, 1)),
    "the last day of the range": ("31/12/2563", date(2020, 12, 31)),
}


@pytest.mark.parametrize("case", TAKEN)
def test_text_is_read_in_the_buddhist_era(case: str, tmp_path: Path) -> None:
    written, kept = TAKEN[case]
    path = making.write_csv(tmp_path, [making.row(birth_date=written)])
    assert [row.values["birth_date"] for row in making.good_rows(path)] == [kept]
    assert making.warn_names(making.checked(path)) == []


REFUSED: dict[str, tuple[str, str]] = {
    "31 February": ("31/02/2556", "birth_date_impossible"),
    "29 February of no leap year": ("29/02/2556", "birth_date_impossible"),
    "a leap day counted in the Buddhist year": ("29/02/2560", "birth_date_impossible"),
    "month 13": ("01/13/2556", "birth_date_impossible"),
    "month first": ("12/31/2556", "birth_date_impossible"),
    "day 0": ("00/12/2556", "birth_date_impossible"),
    "unknown day": ("00/00/2556", "birth_date_impossible"),
    "year first": ("2556/12/09", "birth_date_impossible"),
    "an ISO day": ("2013-12-09", "birth_date_impossible"),
    "two-digit year": ("09/12/56", "birth_date_impossible"),
    "dots": ("09.12.2556", "birth_date_impossible"),
    "a month by name": ("9 ธ.ค. 2556", "birth_date_impossible"),
    "a time behind it": ("09/12/2556 00:00:00", "birth_date_impossible"),
    "a serial number of a spreadsheet": ("41617", "birth_date_impossible"),
    "seconds since 1970": ("1386547200", "birth_date_impossible"),
    "negative": ("-9/12/2556", "birth_date_impossible"),
    "a word": ("ไม่ทราบ", "birth_date_impossible"),
    "nothing": ("", "birth_date_impossible"),
    "a dash": ("-", "birth_date_impossible"),
    "a Gregorian year": ("09/12/2013", "birth_year_out_of_range"),
    "the year after the round": ("01/01/2564", "birth_year_out_of_range"),
    "the year before the range": ("31/12/2537", "birth_year_out_of_range"),
    "a Buddhist year added twice": ("09/12/3099", "birth_year_out_of_range"),
    "the year 0": ("09/12/0000", "birth_year_out_of_range"),
    "the year 9999": ("09/12/9999", "birth_year_out_of_range"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_birth_date_refuses_its_row(case: str, tmp_path: Path) -> None:
    written, problem = REFUSED[case]
    answer = making.check_rows(
        tmp_path, making.row(birth_date=written), making.row(identifier=making.number(1))
    )
    assert [(entry.row, entry.name) for entry in answer.bad] == [(2, problem)]
    assert answer.good == 1
    assert written in ("", "-") or written not in making.sentences(answer)


def test_a_real_date_cell_is_gregorian(tmp_path: Path) -> None:
    path = making.write_xlsx(tmp_path, [making.row(birth_date=date(2013, 12, 9))])
    assert making.good_rows(path)[0].values["birth_date"] == date(2013, 12, 9)


@pytest.mark.parametrize("day", [date(2556, 12, 9), date(1994, 12, 31), date(2021, 1, 1)])
def test_a_real_date_cell_with_a_buddhist_year_is_out_of_range(day: date, tmp_path: Path) -> None:
    answer = making.checked(making.write_xlsx(tmp_path, [making.row(birth_date=day)]))
    assert making.bad_names(answer) == ["birth_year_out_of_range"]


def test_text_in_a_workbook_is_buddhist_all_the_same(tmp_path: Path) -> None:
    path = making.write_xlsx(tmp_path, [making.row(birth_date="09/12/2556")])
    assert making.good_rows(path)[0].values["birth_date"] == date(2013, 12, 9)


def test_a_number_without_the_form_of_a_date_is_no_date(tmp_path: Path) -> None:
    answer = making.checked(making.write_xlsx(tmp_path, [making.row(birth_date=41617)]))
    assert making.bad_names(answer) == ["birth_date_impossible"]


def test_a_date_with_a_time_is_its_day(tmp_path: Path) -> None:
    path = making.write_xlsx(tmp_path, [making.row(birth_date=datetime(2013, 12, 9, 23, 59))])  # noqa: DTZ001
    assert making.good_rows(path)[0].values["birth_date"] == date(2013, 12, 9)


@pytest.mark.parametrize(
    ("term", "written", "good"),
    [
        ("2563-1", "01/01/2538", 1),
        ("2564-1", "01/01/2538", 0),
        ("2564-1", "01/01/2539", 1),
        ("2564-2", "31/12/2564", 1),
    ],
)
def test_the_range_moves_with_the_academic_year(term: str, written: str, good: int, tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, [making.row(birth_date=written)])
    assert making.checked(path, term=Term.parse(term)).good == good


def test_a_house_number_that_became_a_date_is_kept_and_said(tmp_path: Path) -> None:
    path = making.write_xlsx(tmp_path, [making.row(house_no=date(2020, 3, 12))])
    assert making.good_rows(path)[0].values["house_no"] == "2020-03-12"
    assert making.warn_names(making.checked(path)) == ["text_became_date"]


STAMPS: dict[str, tuple[str, int]] = {
    "the first day": ("2020-11-01 00:00:00", 1),
    "the last day": ("2021-05-15 23:59:59.999", 1),
    "a day too early": ("2020-10-31 23:59:59", 0),
    "a day too late": ("2021-05-16 00:00:00", 0),
    "another year": ("2026-05-02 04:10:12.244315", 0),
    "a Buddhist year": ("2563-12-02 04:10:12", 0),
    "no day": ("", 1),
    "an impossible day": ("2020-02-31 00:00:00", 1),
    "the beginning of time": ("0001-01-01 00:00:00", 0),
    "the end of time": ("9999-12-31 00:00:00", 0),
}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("case", STAMPS)
def test_a_stamp_of_another_round_refuses_the_file(case: str, kind: str, tmp_path: Path) -> None:
    day, good = STAMPS[case]
    stamp = f"วันและเวลาที่สร้างรายงาน {day}"
    write = making.write_csv if kind == "csv" else making.write_xlsx
    answer = making.checked(write(tmp_path, [making.row()], stamp=stamp))
    assert answer.good == good
    assert making.bad_names(answer) == ([] if good else ["other_round"])


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("2563-2-r.csv", 1),
        ("2568-2-r.csv", 0),
        ("2563-1-r.csv", 0),
        ("2020-1-r.csv", 1),
        ("r-2568-2.csv", 1),
        ("2563-21.csv", 1),
    ],
)
def test_a_name_may_say_the_round(name: str, good: int, tmp_path: Path) -> None:
    assert making.checked(making.write_csv(tmp_path, [making.row()], name=name)).good == good


def test_a_stamp_of_another_round_in_the_middle_refuses_the_whole_file(tmp_path: Path) -> None:
    text = (
        making.csv_text(making.rows(2))
        + "วันและเวลาที่สร้างรายงาน 2026-05-02\n"
        + making.csv_text(making.rows(1))
    )
    path = tmp_path / "glued.csv"
    path.write_text(text, encoding="utf-8")
    answer = making.checked(path)
    assert making.bad_names(answer) == ["other_round"]
    assert answer.good == 0
