"""The JSON of the command line becomes typed values, or is refused."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from takhai.reporting import summary
from takhai.reporting.summary import State, Wait
from takhai.thai.calendar import BadTerm, Term
from tests.reporting import samples


def read(**changes: Any) -> summary.Summary:
    return summary.read({**samples.summary(), **changes})


def test_a_round_is_read_with_its_steps_in_order() -> None:
    told = read()
    assert told.term == Term(2563, 2)
    assert [(each.step, each.group) for each in told.steps] == [
        ("intake", ""),
        ("identity", ""),
        ("group", ""),
        ("enrol", "old"),
        ("entitle", "old"),
        ("order", "old"),
        ("reconcile", "old"),
        ("recover", "old"),
        ("report", ""),
    ]
    assert all(each.state is State.CLOSED for each in told.steps)


def test_the_flow_of_a_step_is_found_by_step_and_group() -> None:
    told = read()
    flow = told.of("order", "old")
    assert flow is not None
    assert flow.held == samples.ORDER_HELD
    assert told.of("order", "new") is None


def test_groups_are_those_formed_and_those_that_have_steps_each_once() -> None:
    assert read().groups() == ("old", "new")
    turned = samples.summary()["steps"]
    turned[2] = {**turned[2], "to": dict(reversed(turned[2]["to"].items()))}
    assert read(steps=turned).groups() == ("old", "new")
    assert read(steps=samples.summary()["steps"][3:5]).groups() == ("old",)


def test_the_held_of_all_steps_are_summed_in_pupils_and_satang() -> None:
    counts = (samples.ENTITLE_HELD, samples.ORDER_HELD, samples.RECONCILE_HELD)
    pupils = sum(sum(each.values()) for each in counts)
    assert read().held() == (pupils, sum(samples.satang_of(each) for each in counts))


def test_a_step_has_money_once_satang_has_entered_it() -> None:
    has = {each.step: each.has_money for each in read().steps}
    assert [step for step, money in has.items() if money] == ["entitle", "order", "reconcile", "recover"]


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
    "key", ["round", "policy", "status", "waits", "steps", "exceptions", "after_close", "ledger"]
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
