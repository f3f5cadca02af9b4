"""The truth keeps the law and speaks the summary's language."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from country.steps import DROPS, HOLDS
from country.truth import EXCEPTIONS, truth
from takhai.policy import for_round
from takhai.thai.calendar import Term
from takhai.thai.grades import Level
from tests.country.conftest import Made, Make, world_of

KEYS = {
    "step", "group", "in", "joined", "out", "dropped", "held", "satang_in", "satang_joined", "satang_out",
    "satang_dropped", "satang_held",
}  # fmt: skip
GROUPS = ("old", "new")
ORDER = [
    ("intake", ""), ("identity", ""), ("group", ""), ("assess", "new"), ("certify", "new"),
    *((name, group) for name in ("enrol", "entitle", "order", "reconcile", "recover") for group in GROUPS),
    ("comply", ""), ("report", ""),
]  # fmt: skip
TO = {"group": ["old", "new"], "comply": ["compliant", "not_compliant", "not_reported"]}
ACCOUNTS = ["budget", "owed", "sent.promptpay", "sent.school", "at_school", "paid", "due_back", "returned"]


def worlds(make: Make) -> Iterator[Made]:
    """First and second rounds, small, middling and whole."""
    small, other = ("--pupils", "200", "--seed", "9"), ("--province", "63", "--pupils", "4000")
    for words in (small, ("--pupils", "2000"), other, ()):
        first = make(*words)
        yield first
        yield make(after=first.folder)


@pytest.fixture(scope="module")
def truths(make: Make) -> list[dict[str, Any]]:
    return [made.truth for made in worlds(make)]


def test_in_and_joined_are_out_dropped_and_held(truths: list[dict[str, Any]]) -> None:
    for one in truths:
        for step in one["steps"]:
            lost = sum(step["dropped"].values()) + sum(step["held"].values())
            assert step["in"] + step["joined"] == step["out"] + lost, step["step"]


def test_the_same_law_holds_for_satang(truths: list[dict[str, Any]]) -> None:
    for one in truths:
        for step in one["steps"]:
            lost = sum(step["satang_dropped"].values()) + sum(step["satang_held"].values())
            assert step["satang_in"] + step["satang_joined"] == step["satang_out"] + lost, step["step"]


def lines(one: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """The steps of a truth by name and group."""
    return {(step["step"], step["group"]): step for step in one["steps"]}


def test_what_comes_in_is_what_the_step_before_let_out(truths: list[dict[str, Any]]) -> None:
    money = ["enrol", "entitle", "order", "reconcile", "recover"]
    ways = [("", ["intake", "identity", "group"]), ("old", money), ("new", ["assess", "certify", *money])]
    for one in truths:
        steps = lines(one)
        for group, names in ways:
            for before, after in pairwise(names):
                assert steps[after, group]["in"] == steps[before, group]["out"], after
                assert steps[after, group]["satang_in"] == steps[before, group]["satang_out"], after
        to = steps["group", ""]["to"]
        assert steps["enrol", "old"]["in"] == to["old"]
        assert steps["assess", "new"]["in"] == to["new"]
        assert steps["group", ""]["out"] == sum(to.values())


def test_conditions_and_report_are_about_everybody_on_both_lists(truths: list[dict[str, Any]]) -> None:
    for one in truths:
        steps = lines(one)
        everybody = steps["enrol", "old"]["out"] + steps["enrol", "new"]["out"]
        assert steps["report", ""]["joined"] == steps["comply", ""]["joined"] == everybody
        assert sum(steps["comply", ""]["to"].values()) == everybody


def test_steps_stand_in_order_with_all_keys(truths: list[dict[str, Any]]) -> None:
    for one in truths:
        assert set(one) == {
            "round", "steps", "screening", "classroom", "exceptions", "after_close", "ledger", "planted",
        }  # fmt: skip
        assert [(step["step"], step["group"]) for step in one["steps"]] == ORDER
        for step in one["steps"]:
            assert set(step) == KEYS | ({"to"} if step["step"] in TO else set())
            assert list(step.get("to", ())) == TO.get(step["step"], [])


def test_every_reason_is_there_zeros_too(truths: list[dict[str, Any]]) -> None:
    for one in truths:
        for step in one["steps"]:
            assert list(step["dropped"]) == list(step["satang_dropped"]) == list(DROPS.get(step["step"], ()))
            assert list(step["held"]) == list(step["satang_held"]) == list(HOLDS.get(step["step"], ()))
        assert list(one["exceptions"]) == list(EXCEPTIONS)
        assert list(one["ledger"]) == ACCOUNTS


def test_steps_before_the_money_carry_none(truths: list[dict[str, Any]]) -> None:
    without = ("intake", "identity", "group", "assess", "certify", "enrol", "comply", "report")
    for one in truths:
        for step in one["steps"]:
            if step["step"] in without:
                assert step["satang_in"] == step["satang_joined"] == step["satang_out"] == 0
                assert not any(step["satang_dropped"].values())


def test_the_new_group_takes_in_again_what_the_old_one_held(truths: list[dict[str, Any]]) -> None:
    lies_with_us = ("proxy_not_registered", "account_closed", "account_name_differs", "bank_other")
    for one in truths:
        steps = lines(one)
        for key in ("", "satang_"):
            refused = [steps["reconcile", "old"][f"{key}held"][reason] for reason in lies_with_us]
            held = steps["order", "old"][f"{key}held"]["no_account"]
            assert steps["order", "new"][f"{key}joined"] == held + sum(refused)
        held = steps["entitle", "old"]["held"]
        mended = steps["entitle", "new"]["joined"]
        assert mended <= sum(held[name] for name in ("name_differs", "birth_differs", "sex_differs"))
        assert steps["entitle", "new"]["satang_joined"] > 0


def test_the_ledger_explains_every_satang(truths: list[dict[str, Any]]) -> None:
    for one in truths:
        steps = lines(one)
        ledger, back = one["ledger"], one["after_close"]
        held = [steps["reconcile", group]["satang_held"] for group in GROUPS]
        unclear = sum(of["result_differs"] + of["no_result"] for of in held)
        refused = sum(sum(of.values()) for of in held) - unclear
        waits = sum(steps["order", group]["satang_held"]["no_account"] for group in GROUPS)
        dropped = sum(sum(steps["recover", group]["satang_dropped"].values()) for group in GROUPS)
        paid = sum(steps["recover", group]["satang_out"] for group in GROUPS)
        assert -ledger["budget"] == sum(steps["entitle", group]["satang_out"] for group in GROUPS)
        assert ledger["owed"] == waits + refused - steps["order", "new"]["satang_joined"]
        assert ledger["sent.promptpay"] + ledger["sent.school"] == unclear
        assert ledger["at_school"] == 0
        assert ledger["paid"] == paid + back["late_receipt"]
        assert ledger["due_back"] + ledger["returned"] == dropped - back["late_receipt"]
        assert ledger["returned"] == back["returned"]
        # Money of an earlier round comes from that round's account, so it does not cancel here.
        assert sum(ledger.values()) == steps["order", "old"]["satang_joined"]


def test_money_in_the_first_round_is_count_times_rate() -> None:
    world, outcome = world_of()
    counted = 0
    policy = for_round(Term(2563, 2))
    for row in outcome.rows:
        if row.reason != "no_rate" and not row.comes_back:
            parts = policy.rate(row.level.value, row.school.affiliation)
            assert row.satang == sum(part.satang for part in parts)
            counted += row.satang
    again = sum(row.satang for row in outcome.rows if row.comes_back and row.joins == "entitle")
    steps = [step for step in truth(world, outcome)["steps"] if step["step"] == "entitle"]
    assert sum(step["satang_joined"] for step in steps) == counted + again


def test_a_police_school_alone_has_a_rate_after_m3() -> None:
    world, _ = world_of(province="63")
    later, _ = world_of(province="63", seed=2)
    assert world.amount(*_upper("bpp")) is None
    assert later.amount(*_upper("obec")) is None


def _upper(affiliation: str) -> tuple[Level, str]:
    return Level.UPPER_SECONDARY, affiliation


def test_planted_kinds_are_counted_and_none_is_zero(truths: list[dict[str, Any]]) -> None:
    for one in truths:
        assert one["planted"]
        assert all(n > 0 for n in one["planted"].values())


def test_the_truth_is_not_the_same_for_another_seed(make: Make) -> None:
    one, two = make("--pupils", "2000").truth, make("--pupils", "2000", "--seed", "2").truth
    assert one["steps"] != two["steps"]
