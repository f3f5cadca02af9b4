"""The truth keeps the law and speaks the summary's language."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from country.truth import DROPS, EXCEPTIONS, HOLDS, truth
from takhai.policy import for_round
from takhai.thai.calendar import Term
from tests.country.conftest import Made, Make, world_of

KEYS = {
    "step", "group", "in", "joined", "out", "dropped", "held", "satang_in", "satang_joined", "satang_out",
    "satang_dropped", "satang_held",
}  # fmt: skip
ORDER = [
    ("intake", ""), ("identity", ""), ("group", ""), ("enrol", "old"), ("entitle", "old"), ("order", "old"),
    ("reconcile", "old"), ("recover", "old"), ("report", ""),
]  # fmt: skip
ACCOUNTS = ["budget", "owed", "sent.promptpay", "sent.school", "at_school", "paid", "due_back", "returned"]


def worlds(make: Make) -> Iterator[Made]:
    """First and second rounds, small, middling and whole."""
    for words in (("--pupils", "200", "--seed", "9"), ("--pupils", "2000"), ("--province", "63"), ()):
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


def test_what_comes_in_is_what_the_step_before_let_out(truths: list[dict[str, Any]]) -> None:
    for one in truths:
        steps = {step["step"]: step for step in one["steps"]}
        chain = ["intake", "identity", "group"], ["enrol", "entitle", "order", "reconcile", "recover"]
        for names in chain:
            for before, after in pairwise(names):
                assert steps[after]["in"] == steps[before]["out"], after
                assert steps[after]["satang_in"] == steps[before]["satang_out"], after
        assert steps["enrol"]["in"] == steps["group"]["to"]["old"]
        assert steps["group"]["out"] == sum(steps["group"]["to"].values())
        assert steps["report"]["joined"] == steps["enrol"]["out"]


def test_steps_stand_in_order_with_all_keys(truths: list[dict[str, Any]]) -> None:
    for one in truths:
        assert set(one) == {"round", "steps", "exceptions", "after_close", "ledger", "planted"}
        assert [(step["step"], step["group"]) for step in one["steps"]] == ORDER
        for step in one["steps"]:
            assert set(step) == KEYS | ({"to"} if step["step"] == "group" else set())


def test_every_reason_is_there_zeros_too(truths: list[dict[str, Any]]) -> None:
    for one in truths:
        for step in one["steps"]:
            assert list(step["dropped"]) == list(step["satang_dropped"]) == list(DROPS.get(step["step"], ()))
            assert list(step["held"]) == list(step["satang_held"]) == list(HOLDS.get(step["step"], ()))
        assert list(one["exceptions"]) == list(EXCEPTIONS)
        assert list(one["ledger"]) == ACCOUNTS


def test_steps_before_the_money_carry_none(truths: list[dict[str, Any]]) -> None:
    for one in truths:
        for step in one["steps"]:
            if step["step"] in ("intake", "identity", "group", "enrol", "report"):
                assert step["satang_in"] == step["satang_joined"] == step["satang_out"] == 0
                assert not any(step["satang_dropped"].values())


def test_the_ledger_explains_every_satang(truths: list[dict[str, Any]]) -> None:
    for one in truths:
        steps = {step["step"]: step for step in one["steps"]}
        ledger, back = one["ledger"], one["after_close"]
        held = steps["reconcile"]["satang_held"]
        unclear = held["result_differs"] + held["no_result"]
        refused = sum(held.values()) - unclear
        dropped = sum(steps["recover"]["satang_dropped"].values())
        assert -ledger["budget"] == steps["entitle"]["satang_out"]
        assert ledger["owed"] == steps["order"]["satang_held"]["no_account"] + refused
        assert ledger["sent.promptpay"] + ledger["sent.school"] == unclear
        assert ledger["at_school"] == 0
        assert ledger["paid"] == steps["recover"]["satang_out"] + back["late_receipt"]
        assert ledger["due_back"] + ledger["returned"] == dropped - back["late_receipt"]
        assert ledger["returned"] == back["returned"]
        # Money of an earlier round comes from that round's account, so it does not cancel here.
        assert sum(ledger.values()) == steps["order"]["satang_joined"]


def test_money_in_the_first_round_is_count_times_rate() -> None:
    world, outcome = world_of()
    counted = 0
    policy = for_round(Term(2563, 2))
    for row in outcome.rows:
        if row.reason != "no_rate":
            parts = policy.rate(row.level.value, row.school.affiliation)
            assert row.satang == sum(part.satang for part in parts)
            counted += row.satang
    step = next(step for step in truth(world, outcome)["steps"] if step["step"] == "entitle")
    assert step["satang_joined"] == counted


def test_a_police_school_alone_has_a_rate_after_m3() -> None:
    world, _ = world_of(province="63")
    later, _ = world_of(province="63", seed=2)
    assert world.amount(*_upper("bpp")) is None
    assert later.amount(*_upper("obec")) is None


def _upper(affiliation: str) -> tuple[Any, str]:
    from takhai.thai.grades import Level

    return Level.UPPER_SECONDARY, affiliation


def test_planted_kinds_are_counted_and_none_is_zero(truths: list[dict[str, Any]]) -> None:
    for one in truths:
        assert one["planted"]
        assert all(n > 0 for n in one["planted"].values())


def test_the_truth_is_not_the_same_for_another_seed(make: Make) -> None:
    one, two = make("--pupils", "2000").truth, make("--pupils", "2000", "--seed", "2").truth
    assert one["steps"] != two["steps"]
