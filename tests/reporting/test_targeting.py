"""Targeting against a truth file: read strictly, told with its definitions, nobody named, the same bytes again."""

import csv
import json
from pathlib import Path

import pytest

from takhai.platform.problems import Refusal
from takhai.reporting import commands
from takhai.reporting.rules.targeting import Errors
from takhai.reporting.services import targeting
from takhai.screening.queries.ranked import Ranked
from takhai.thai.calendar import Term

ROUND = Term(2563, 2)
COLUMNS = (
    "identifier", "form_no", "school_code", "province", "level", "welfare_satang", "income_per_head_satang",
    "truly_extremely_poor",
)  # fmt: skip
NUMBERS = [f"25632-81012017-{n:04d}" for n in range(1, 11)]
NUMBER = "1101700230708"


@pytest.fixture(autouse=True)
def screened(monkeypatch: pytest.MonkeyPatch) -> None:
    """A round of ten forms, the last two of which failed the income test; the first two are chosen."""
    told = [Ranked(number, poor=n < 8, extremely_poor=n < 2) for n, number in enumerate(NUMBERS)]
    monkeypatch.setattr(targeting, "ranked", lambda *, round: iter(told if round == ROUND else []))


def rows() -> list[list[str]]:
    """The truth: the second is not among the two truly poorest, the third is."""
    welfare = [90_000, 140_000, 100_000, *(200_000 + 20_000 * n for n in range(7))]
    truly = [True, False, True, *([False] * 7)]
    return [
        [
            *(NUMBER, number, "81012017", "81", "primary" if n % 2 else "kindergarten"),
            *(str(w), str(w + 500), "yes" if is_truly else "no"),
        ]
        for n, (number, w, is_truly) in enumerate(zip(NUMBERS, welfare, truly, strict=True))
    ]


def written(folder: Path, lines: list[list[str]], columns: tuple[str, ...] = COLUMNS) -> Path:
    path = folder / "truth_pupils.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(lines)
    return path


def test_the_errors_are_those_of_the_file_and_the_order(tmp_path: Path) -> None:
    told = targeting.run(term=ROUND, truth=written(tmp_path, rows()))
    everybody = told.measured[0]
    assert (told.percent, told.line, told.left_out) == (20, 300_000, 0)
    assert everybody.quota == Errors(2, 2, 1)
    assert everybody.decided == Errors(2, 2, 1)
    assert everybody.line == Errors(truly=9, taken=8, both=8)
    assert [(each.by, each.value) for each in told.measured] == [
        ("", ""),
        ("province", "81"),
        ("level", "kindergarten"),
        ("level", "primary"),
    ]


def test_a_form_that_was_not_screened_is_told_and_counts_as_missed(tmp_path: Path) -> None:
    more = [NUMBER, "25632-81012017-9999", "81012017", "81", "primary", "1", "1", "yes"]
    told = targeting.run(term=ROUND, truth=written(tmp_path, [*rows(), more]))
    assert told.left_out == 1
    assert told.measured[0].decided == Errors(3, 2, 1)
    assert told.measured[0].quota == Errors(2, 2, 1)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("identifier", "12345"),
        ("form_no", "25632-81012017-1"),
        ("form_no", ""),
        ("school_code", "8101201"),
        ("province", "Krabi"),
        ("level", "university"),
        ("welfare_satang", "-5"),
        ("welfare_satang", "12.50"),
        ("income_per_head_satang", ""),
        ("truly_extremely_poor", "maybe"),
    ],
)
def test_one_row_that_cannot_be_read_refuses_the_whole_truth(tmp_path: Path, column: str, value: str) -> None:
    lines = rows()
    lines[4][COLUMNS.index(column)] = value
    with pytest.raises(Refusal, match="1 rows") as refused:
        targeting.run(term=ROUND, truth=written(tmp_path, lines))
    assert refused.value.code == 9004
    assert NUMBER not in refused.value.en + refused.value.th


def test_a_form_that_stands_twice_refuses_the_truth(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="1 rows"):
        targeting.run(term=ROUND, truth=written(tmp_path, [*rows(), rows()[0]]))


def test_a_screened_pupil_without_a_row_refuses_the_truth(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="lacks 3 screened") as refused:
        targeting.run(term=ROUND, truth=written(tmp_path, rows()[3:]))
    assert refused.value.code == 9005


def test_a_round_that_was_not_screened_has_nothing_to_measure(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="not been screened") as refused:
        targeting.run(term=ROUND.next(), truth=written(tmp_path, rows()))
    assert refused.value.code == 9006


@pytest.mark.parametrize("column", COLUMNS)
def test_a_truth_without_one_of_its_columns_is_refused(tmp_path: Path, column: str) -> None:
    at = COLUMNS.index(column)
    lines = [[*line[:at], *line[at + 1 :]] for line in rows()]
    with pytest.raises(Refusal):
        targeting.run(
            term=ROUND, truth=written(tmp_path, lines, tuple(name for name in COLUMNS if name != column))
        )


def test_the_json_carries_counts_errors_definitions_and_says_the_truth_is_synthetic(tmp_path: Path) -> None:
    told = targeting.as_json(targeting.run(term=ROUND, truth=written(tmp_path, rows())))
    assert told["rows"][0]["quota"] == {
        "truly": 2, "taken": 2, "both": 1, "exclusion": 5_000, "inclusion": 5_000,
    }  # fmt: skip
    assert told["definitions"].keys() == {"exclusion", "inclusion", "quota", "line", "decided"}
    assert "ไม่ใช่ของ กสศ." in told["note"]["th"]
    assert "synthetic" in told["note"]["en"]
    assert (told["pmt_model"], len(told["truth_sha256"])) == ("illustrative-1", 64)
    assert NUMBER not in json.dumps(told)


def test_the_page_stands_alone_names_nobody_and_is_the_same_again(tmp_path: Path) -> None:
    told = targeting.run(term=ROUND, truth=written(tmp_path, rows()))
    path = targeting.publish(told, out_dir=tmp_path / "one")
    text = path.read_text("utf-8")
    assert path.name == "targeting-2563-2.html"
    assert path.read_bytes() == targeting.publish(told, out_dir=tmp_path / "two").read_bytes()
    for piece in ("50.00 %", "กระบี่", "ตกหล่น", "Inclusion error", "ไม่ใช่ของ กสศ.", told.truth_sha256):
        assert piece in text
    assert not any(secret in text for secret in (NUMBER, *NUMBERS, "<script", "http:", "https:"))


def test_the_command_prints_a_table_and_writes_what_it_is_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TAKHAI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "140")
    out = tmp_path / "targeting.json"
    commands.targeting("2563-2", written(tmp_path, rows()), json_=out, html=True)
    said = capsys.readouterr().out
    assert "50.00 %" in said
    assert "synthetic country" in said
    assert json.loads(out.read_text("utf-8"))["round"] == "2563-2"
    assert (tmp_path / "home" / "reports" / "targeting-2563-2.html").is_file()


@pytest.mark.parametrize("text", ["2563", "x", "1900-1", ""])
def test_the_command_refuses_what_is_no_round(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refusal, match="There is no round") as refused:
        commands.targeting(text, tmp_path / "truth_pupils.csv")
    assert refused.value.code == 9007
