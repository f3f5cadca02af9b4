"""Every pupil of a finished province explained: it agrees with what was decided, and what it says turns it round."""

import csv
import json
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.house.plan import ROOT
from tests.journeys.house import House


@pytest.fixture(scope="module")
def explained(finished: House) -> dict[str, Any]:
    """What came of explaining all pupils of the round, inside its own house."""
    paths = f"{ROOT / 'src'}:{ROOT}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.explained", finished.round],
        env=finished.environment | {"PYTHONPATH": paths},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def truth(finished: House) -> dict[str, Any]:
    return dict(json.loads((finished.files / "truth.json").read_text("utf-8")))


def step(truth: dict[str, Any], name: str, group: str = "") -> dict[str, Any]:
    (found,) = [each for each in truth["steps"] if (each["step"], each["group"]) == (name, group)]
    return dict(found)


def test_it_agrees_with_what_was_decided_of_every_pupil_and_turns_everyone_who_was_screened(
    explained: dict[str, Any],
) -> None:
    assert explained["wrong"] == {}


def test_everybody_whom_the_groups_sorted_is_explained(
    explained: dict[str, Any], truth: dict[str, Any]
) -> None:
    sorted_ = step(truth, "group")
    assert explained["pupils"] == sorted_["in"] + sorted_["joined"]


def test_as_many_were_decided_and_screened_as_the_country_knows(
    explained: dict[str, Any], truth: dict[str, Any]
) -> None:
    assert explained["decided"] == step(truth, "assess", "new")["in"] > 100
    assert explained["screened"] == truth["screening"]["screened"] > 100


@pytest.mark.parametrize(("name", "group"), [("group", ""), ("assess", "new"), ("certify", "new")])
def test_each_reason_to_drop_is_told_to_as_many_as_the_country_planted(
    explained: dict[str, Any], truth: dict[str, Any], name: str, group: str
) -> None:
    dropped = step(truth, name, group)["dropped"]
    assert {reason: explained["results"].get(reason, 0) for reason in dropped} == dropped


def test_as_many_hear_that_they_were_paid_as_were(explained: dict[str, Any], truth: dict[str, Any]) -> None:
    lines = [step(truth, "recover", group) for group in ("old", "new")]
    assert explained["results"]["paid"] >= sum(line["out"] for line in lines) > 100


def test_a_few_queries_explain_a_province(explained: dict[str, Any]) -> None:
    assert explained["queries"] <= 12


def test_the_command_tells_a_mother_in_thai_and_english(finished: House) -> None:
    with (finished.files / "forms.csv").open(encoding="utf-8-sig", newline="") as file:
        numbers = [row["identifier"] for row in csv.DictReader(file)]
    for number in [each for each in numbers if re.fullmatch(r"[1-8]\d{12}", each)][:3]:
        told = finished.takhai("explain", number, "--round", finished.round)
        if told.returncode == 0:
            assert told.stdout.startswith("เงินทุนเสมอภาค ภาคเรียนที่ 2 ปีการศึกษา 2563")
            assert "Equity grant, term 2 of school year 2563 BE" in told.stdout
            assert number not in told.stdout
            return
    raise AssertionError(told.stderr)


def test_a_number_that_nobody_has_is_refused_in_a_sentence(finished: House) -> None:
    told = finished.takhai("explain", "G638199999999", "--round", finished.round)
    assert told.returncode == 2
    assert "[7022]" in told.stderr
    assert "G638199999999" not in told.stderr + told.stdout
