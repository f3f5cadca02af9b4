"""The JSON of the command line becomes typed values, or is refused."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from takhai.reporting import summary
from takhai.reporting.summary import State, Wait
from takhai.thai.calendar import BadTerm, Term
from tests.reporting import samples

PAYING = ("enrol", "entitle", "order", "reconcile", "recover")


def read(**changes: Any) -> summary.Summary:
    return summary.read({**samples.summary(), **changes})


def test_a_round_is_read_with_its_steps_in_order() -> None:
    told = read()
    assert told.term == Term(2563, 2)
    assert [(each.step, each.group) for each in told.steps] == [
        ("intake", ""),
        ("identity", ""),
        ("group", ""),
        ("assess", "new"),
        ("certify", "new"),
        *((step, group) for step in PAYING for group in ("old", "new")),
        ("comply", ""),
        ("report", ""),
    ]
    assert all(each.state is State.CLOSED for each in told.steps)


def test_the_flow_of_a_step_is_found_by_step_and_group() -> None:
    told = read()
    flow = told.of("order", "old")
    assert flow is not None
    assert flow.held == samples.ORDER_HELD
    assert told.of("order", "third") is None


def test_groups_are_those_formed_and_those_that_have_steps_each_once() -> None:
    assert read().groups() == ("old", "new")
    raw = samples.one_group()
    group = samples.at(raw, "group")
    group["to"] = dict(reversed(group["to"].items()))
    assert read(steps=raw["steps"]).groups() == ("old", "new")
    assert read(steps=[samples.at(raw, "order", "old")]).groups() == ("old",)


def test_the_group_that_is_done_first_is_named_first_though_the_other_has_steps_before_it() -> None:
    told = read()
    assert told.steps[3].group == "new"
    assert told.groups() == ("old", "new")


def test_results_of_the_conditions_are_no_groups() -> None:
    assert samples.at(samples.summary(), "comply")["to"].keys() & set(read().groups()) == set()


def test_the_held_of_all_steps_are_summed_in_pupils_and_satang() -> None:
    steps = samples.summary()["steps"]
    pupils = sum(sum(each["held"].values()) for each in steps)
    assert read().held() == (pupils, sum(sum(each["satang_held"].values()) for each in steps))


def test_a_step_has_money_once_satang_has_entered_it() -> None:
    has = [(each.step, each.group) for each in read().steps if each.has_money]
    assert has == [(step, group) for step in PAYING[1:] for group in ("old", "new")]


def test_a_wait_says_where_for_what_and_why() -> None:
    told = read(waits=[{"step": "order", "group": "old", "for": "TWO_SIGNATURES", "reason": "ยอดไม่ตรงกับบัญชี"}])
    assert told.waits == (Wait("order", "old", "two_signatures", "ยอดไม่ตรงกับบัญชี"),)


def test_the_day_of_a_demonstration_is_read_and_absent_otherwise() -> None:
    assert read(today="2021-01-08").today == date(2021, 1, 8)
    assert read(today=None).today is None
    raw = samples.summary()
    del raw["today"]
    assert summary.read(raw).today is None


@pytest.mark.parametrize(
    "key",
    [
        *("round", "policy", "status", "waits", "steps", "screening", "classroom", "exceptions"),
        *("after_close", "ledger"),
    ],
)
def test_a_summary_without_one_of_its_parts_is_refused(key: str) -> None:
    raw = samples.summary()
    del raw[key]
    with pytest.raises(KeyError, match=key):
        summary.read(raw)


@pytest.mark.parametrize("key", ["step", "group", "state", *summary.FLOW])
def test_a_step_without_one_of_its_counts_is_refused(key: str) -> None:
    raw = deepcopy(samples.summary())
    del raw["steps"][4][key]
    with pytest.raises(KeyError, match=key):
        summary.read(raw)


def test_a_state_nobody_knows_and_a_round_that_is_none_are_refused() -> None:
    raw = deepcopy(samples.summary())
    raw["steps"][0]["state"] = "asleep"
    with pytest.raises(ValueError, match="asleep"):
        summary.read(raw)
    with pytest.raises(BadTerm):
        read(round="2563")


def test_reading_changes_nothing_in_what_was_read() -> None:
    raw = samples.summary()
    before = deepcopy(raw)
    summary.read(raw)
    assert raw == before


def test_the_forms_of_a_round_are_read_with_every_reason() -> None:
    told = read().screening
    assert (told.screened, told.poor, told.extremely_poor) == (1941, 1550, 388)
    assert told.forms.rows == told.forms.taken + sum(samples.FORM_REFUSED.values())
    assert told.forms.refused == samples.FORM_REFUSED
    assert told.income_per_head == samples.PER_HEAD
    assert told.findings == {"household_contradicts": 11}


def test_the_files_of_the_classrooms_are_read_in_their_order() -> None:
    told = read().classroom
    assert list(told) == ["school_days", "attendance", "growth"]
    assert told["attendance"].refused == samples.CLASSROOM_REFUSED["attendance"]
    assert told["growth"].rows == samples.CLASSROOM_ROWS["growth"]


@pytest.mark.parametrize("key", list(samples.screening()))
def test_screening_without_one_of_its_figures_is_refused(key: str) -> None:
    raw = samples.screening()
    del raw[key]
    with pytest.raises(KeyError, match=key):
        read(screening=raw)


@pytest.mark.parametrize("key", ["school_days", "attendance", "growth"])
def test_the_classroom_without_one_of_its_files_is_refused(key: str) -> None:
    raw = samples.classroom()
    del raw[key]
    with pytest.raises(KeyError, match=key):
        read(classroom=raw)


@pytest.mark.parametrize("key", ["rows", "taken", "refused"])
def test_a_file_without_one_of_its_counts_is_refused(key: str) -> None:
    raw = samples.classroom()
    del raw["growth"][key]
    with pytest.raises(KeyError, match=key):
        read(classroom=raw)


def test_a_figure_that_nobody_knows_is_refused_rather_than_left_out() -> None:
    more: dict[str, Any] = {**samples.screening(), "nearly_poor": 3}
    with pytest.raises(ValueError, match="nearly_poor"):
        read(screening=more)
    with pytest.raises(ValueError, match="homework"):
        read(classroom={**samples.classroom(), "homework": {"rows": 0, "taken": 0, "refused": {}}})
    with pytest.raises(ValueError, match="rich"):
        read(screening={**samples.screening(), "income_per_head": {**samples.PER_HEAD, "rich": 1}})
