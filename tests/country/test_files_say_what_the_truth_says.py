"""A reader that knows only the data dictionary finds in the files exactly what truth.json counts."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.country.conftest import Made, Make
from tests.country.naive_money import walk
from tests.country.naive_round import State, Walk

WORLDS = [
    ("81", "1", "2000"),
    ("63", "7", "2000"),
    ("10", "3", "1500"),
    ("58", "11", "200"),
    ("81", "5", "200"),
]


def compare(way: Walk, truth: dict[str, Any]) -> None:
    """Every count and satang of the truth, and nothing counted that it does not have."""
    for step in truth["steps"]:
        lane = f"{step['step']}/{step['group']}"
        rows, money = way.counts.get(lane, Counter()), way.satang.get(lane, Counter())
        for kind in ("dropped", "held"):
            assert step[kind] == {name: rows[name] for name in step[kind]}, lane
            assert step[f"satang_{kind}"] == {name: money[name] for name in step[f"satang_{kind}"]}, lane
        if "to" in step:
            assert step["to"] == {name: rows[name] for name in step["to"]}, lane
        known = {*step["dropped"], *step["held"], *step.get("to", ()), "joined", "out", "money"}
        assert set(rows) <= known, lane
        if step["step"] in ("intake", "group", "entitle", "order", "comply"):
            assert step["joined"] == rows["joined"], lane
        if step["step"] in ("intake", "assess", "certify", "entitle", "order", "reconcile", "recover"):
            assert step["out"] == rows["out"], lane
        if step["step"] in ("entitle", "order"):
            assert step["satang_joined"] == money["money"] + money["joined"], lane
        assert step["satang_out"] == money["out"], lane
    assert truth["screening"] == way.forms
    assert set(truth["classroom"]) == set(way.records)
    for name, told in truth["classroom"].items():
        refused = {reason: n for reason, n in told["refused"].items() if n}
        assert {**told, "refused": refused} == way.records[name], name
    assert truth["exceptions"] == {name: way.exceptions[name] for name in truth["exceptions"]}
    assert set(way.exceptions) <= set(truth["exceptions"])
    assert truth["after_close"] == {"returned": way.returned, "late_receipt": way.late}
    compare_ledger(way, truth)


def compare_ledger(way: Walk, truth: dict[str, Any]) -> None:
    """The balances that the rules of the round give for what was counted, both groups together."""
    step: Counter[str] = Counter()
    for lane, money in way.satang.items():
        for name, satang in money.items():
            step[f"{lane.split('/')[0]} {name}"] += satang
    ledger = truth["ledger"]
    back = sum(step[f"recover {name}"] for name in ("cash_not_fetched", "moved", "left", "died"))
    assert ledger["budget"] == -step["entitle out"]
    assert ledger["owed"] == sum(line.satang for line in way.after.owed)
    assert ledger["sent.promptpay"] + ledger["sent.school"] == (
        step["reconcile result_differs"] + step["reconcile no_result"]
    )
    assert ledger["at_school"] == 0
    assert ledger["paid"] == step["recover out"] + way.late
    assert ledger["due_back"] + ledger["returned"] == back - way.late == way.due_back - way.late
    assert ledger["returned"] == way.returned


@pytest.mark.parametrize(("province", "seed", "pupils"), WORLDS)
def test_a_round_walked_on_paper_gives_the_truth(make: Make, province: str, seed: str, pupils: str) -> None:
    made = make("--province", province, "--seed", seed, "--pupils", pupils, again=1)
    way = walk(made.folder, "2563-2")
    compare(way, made.truth)


@pytest.mark.parametrize(("province", "seed", "pupils"), WORLDS)
def test_the_round_after_gives_its_truth_too(make: Make, province: str, seed: str, pupils: str) -> None:
    first = make("--province", province, "--seed", seed, "--pupils", pupils, again=2)
    before = walk(first.folder, "2563-2").after
    second = make(after=first.folder)
    assert not (second.folder / "last_round.csv").exists()
    way = walk(second.folder, "2564-1", before)
    compare(way, second.truth)
    assert second.step("entitle", "old")["joined"] == sum(line.lifted for line in before.held)
    assert second.step("order", "old")["joined"] == len(before.owed)


def test_a_first_round_can_be_any_with_a_calendar(make: Make) -> None:
    made = make("--pupils", "600", "--round", "2564-1")
    compare(walk(made.folder, "2564-1", State()), made.truth)
    assert made.step("entitle", "old")["held"]["not_compliant"] > 0


def test_the_truth_of_a_round_does_not_need_the_round_to_have_run(make: Make, krabi: Made) -> None:
    second = make(after=krabi.folder, again=3)
    assert second.step("order", "old")["joined"] > 0
    assert not (krabi.folder / "answers").exists()


def test_the_folder_holds_the_files_of_the_dictionary_and_no_more(krabi: Made) -> None:
    files = {path.relative_to(krabi.folder).parts[0] for path in krabi.folder.rglob("*") if path.is_file()}
    assert files == {
        "areas.csv", "schools.csv", "last_round.csv", "registry_extract.csv", "channels.csv", "registers",
        "truth.json", "country.json", "forms.csv", "form_members.csv", "truth_pupils.csv", "school_days.csv",
        "attendance.csv", "growth.csv",
    }  # fmt: skip


def test_the_truth_is_not_touched_by_answers(make: Make) -> None:
    made = make("--pupils", "300", again=4)
    before = (made.folder / "truth.json").read_bytes()
    walk(made.folder, "2563-2")
    assert (Path(made.folder) / "truth.json").read_bytes() == before
