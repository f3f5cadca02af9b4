"""A summary against the truth: every figure counts, a missing key differs, an idle plant is told."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.platform.problems import Refusal
from takhai.semester.summary import COMPARED, compare, flat, read_truth

STEP = {
    "step": "recover",
    "group": "old",
    "in": 10,
    "joined": 0,
    "out": 7,
    "dropped": {"cash_not_fetched": 2, "moved": 1, "left": 0, "died": 0},
    "held": {},
    "satang_in": 1_000_000,
    "satang_joined": 0,
    "satang_out": 700_000,
    "satang_dropped": {"cash_not_fetched": 200_000, "moved": 100_000, "left": 0, "died": 0},
    "satang_held": {},
}
TRUTH: dict[str, Any] = {
    "round": "2563-2",
    "steps": [STEP, {**copy.deepcopy(STEP), "step": "group", "group": "", "to": {"old": 6, "new": 1}}],
    "screening": {"taken": 9, "refused": {"form_repeated": 1}},
    "classroom": {"growth": {"rows": 4, "refused": {"pupil_unknown": 0}}},
    "exceptions": {"return_differs": 1, "result_late": 0},
    "after_close": {"returned": 200_000, "late_receipt": 0},
    "ledger": {"budget": -1_000_000, "paid": 700_000, "due_back": 300_000},
    "planted": {"moved": 1, "cash_not_fetched": 2},
}
LEAVES = sorted(
    key for key, value in flat({k: TRUTH[k] for k in COMPARED if k != "round"}) if isinstance(value, int)
)


def ours() -> dict[str, Any]:
    told = copy.deepcopy(TRUTH)
    told.pop("planted")
    for step in told["steps"]:
        step["state"] = "closed"
    return told | {"policy": "aa", "status": "complete", "waits": [], "report": "x.html"}


def change(tree: dict[str, Any], wanted: str) -> None:
    """Adds 1 to the leaf of that path."""
    for step in tree["steps"]:
        prefix = f"steps[{step['step']}/{step['group']}]."
        if wanted.startswith(prefix):
            _add(step, wanted.removeprefix(prefix).split("."))
            return
    _add(tree, wanted.split("."))


def _add(tree: dict[str, Any], path: list[str]) -> None:
    for key in path[:-1]:
        tree = tree[key]
    tree[path[-1]] += 1


def test_a_summary_that_tells_the_truth_is_equal_in_every_figure() -> None:
    equal, compared, wrong = compare(ours=ours(), truth=TRUTH)
    assert wrong == []
    assert equal == compared == len(LEAVES) + 5


@given(st.sampled_from(LEAVES))
def test_one_figure_changed_by_one_is_found_and_named(leaf: str) -> None:
    truth = copy.deepcopy(TRUTH)
    change(truth, leaf)
    equal, compared, wrong = compare(ours=ours(), truth=truth)
    assert compared - equal == 1
    assert len(wrong) == 1
    assert wrong[0].startswith(f"{leaf}:")


@pytest.mark.parametrize("side", ["ours", "truth"])
def test_a_key_that_one_side_lacks_differs(side: str) -> None:
    left, right = ours(), copy.deepcopy(TRUTH)
    del (left if side == "ours" else right)["ledger"]["paid"]
    _, _, wrong = compare(ours=left, truth=right)
    assert [line.split(":")[0] for line in wrong] == ["ledger.paid"]


def test_a_step_that_the_truth_does_not_know_differs() -> None:
    left = ours()
    left["steps"].append({**STEP, "group": "extra"})
    _, _, wrong = compare(ours=left, truth=TRUTH)
    assert any(line.startswith("steps[recover/extra]") for line in wrong)


def test_a_kind_that_was_planted_nowhere_is_told() -> None:
    truth = copy.deepcopy(TRUTH) | {"planted": {"moved": 0}}
    assert compare(ours=ours(), truth=truth)[2] == ["planted.moved: 0"]


def test_a_truth_without_any_plant_is_not_believed() -> None:
    truth = {key: value for key, value in TRUTH.items() if key != "planted"}
    assert compare(ours=ours(), truth=truth)[2] == ["planted: -"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"steps": 3}', "\x00", "{"])
def test_a_file_that_is_no_truth_is_refused_in_words(tmp_path: Path, content: str) -> None:
    path = tmp_path / "truth.json"
    path.write_text(content)
    with pytest.raises(Refusal, match=r"truth\.json"):
        read_truth(path)


def test_a_truth_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "truth.json"
    path.write_text(json.dumps(TRUTH))
    assert read_truth(path) == TRUTH
