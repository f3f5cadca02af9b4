"""The screening of a round that was really run, held against what the synthetic country knows to be true."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from takhai.policy import for_round
from takhai.thai.calendar import Term
from tests.journeys.house import COMPLETE, House
from tests.journeys.seeded import seeded_names, seeded_numbers

PERCENT = for_round(Term(2563, 2)).band.quota_percent


@pytest.fixture(scope="module")
def screening(finished: House) -> dict[str, Any]:
    """What the round's own summary says."""
    return dict(json.loads((finished.files / "summary.json").read_text("utf-8"))["screening"])


@pytest.fixture(scope="module")
def told(finished: House, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command says."""
    out = tmp_path_factory.mktemp("targeting") / "targeting.json"
    truth = str(finished.files / "truth_pupils.csv")
    done = finished.takhai(
        "report", "targeting", "--round", "2563-2", "--truth", truth, "--json", str(out), "--html"
    )
    assert done.returncode == COMPLETE, done.stderr
    assert "synthetic country" in done.stdout
    return dict(json.loads(out.read_text("utf-8")))


def test_a_quota_of_the_screened_is_compared_and_both_errors_are_one(
    told: dict[str, Any], screening: dict[str, Any]
) -> None:
    everybody = told["rows"][0]
    assert everybody["screened"] == screening["screened"]
    assert (
        everybody["quota"]["truly"] == everybody["quota"]["taken"] == screening["screened"] * PERCENT // 100
    )
    for each in told["rows"]:
        assert each["quota"]["exclusion"] == each["quota"]["inclusion"]


def test_at_the_line_the_poor_of_the_round_are_taken_and_in_the_decision_its_extremely_poor(
    told: dict[str, Any], screening: dict[str, Any]
) -> None:
    everybody = told["rows"][0]
    assert everybody["line"]["taken"] == screening["poor"]
    assert everybody["decided"]["taken"] == screening["extremely_poor"]


def test_the_score_finds_more_of_the_truly_poor_than_chance_would_and_not_all(told: dict[str, Any]) -> None:
    assert 0 < told["rows"][0]["quota"]["exclusion"] < 8_000


def test_the_truly_poor_are_those_of_the_file_whoever_was_refused_too(
    told: dict[str, Any], finished: House
) -> None:
    with (finished.files / "truth_pupils.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    everybody = told["rows"][0]
    assert everybody["pupils"] == len(rows)
    assert everybody["decided"]["truly"] == sum(row["truly_extremely_poor"] == "yes" for row in rows)
    assert told["left_out"] == len(rows) - everybody["screened"]
    line = [row for row in rows if int(row["welfare_satang"]) <= told["line_satang"]]
    assert len(line) >= everybody["line"]["truly"]


@pytest.mark.parametrize("by", ["province", "level"])
def test_the_parts_make_everybody_again(told: dict[str, Any], by: str) -> None:
    everybody, *parts = told["rows"]
    mine = [each for each in parts if each["by"] == by]
    assert sum(each["pupils"] for each in mine) == everybody["pupils"]
    for name in ("truly", "taken", "both"):
        assert sum(each["decided"][name] for each in mine) == everybody["decided"][name]
        assert sum(each["line"][name] for each in mine) == everybody["line"][name]


def test_neither_figures_nor_page_name_anybody(told: dict[str, Any], finished: House) -> None:
    page = (finished.home / "reports" / "targeting-2563-2.html").read_text("utf-8")
    for text in (json.dumps(told, ensure_ascii=False), page[page.index("<main") :]):
        assert [number for number in seeded_numbers(finished) if number in text] == []
        assert not any(f">{name}<" in text for name in seeded_names(finished))


def test_a_truth_of_another_round_is_refused_with_one_sentence(finished: House, tmp_path: Path) -> None:
    lines = (finished.files / "truth_pupils.csv").read_text("utf-8").splitlines(keepends=True)
    short = tmp_path / "truth_pupils.csv"
    short.write_text("".join(lines[: len(lines) // 2]), "utf-8")
    done = finished.takhai("report", "targeting", "--round", "2563-2", "--truth", str(short))
    assert done.returncode == 2
    assert "lacks" in done.stderr
    assert "Traceback" not in done.stderr
