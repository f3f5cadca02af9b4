"""Whatever does not add up is found and measured; whatever does is left alone."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhai.reporting import law, summary
from takhai.reporting.law import Break
from tests.reporting import samples

PLACES = [(each["step"], each["group"]) for each in samples.summary()["steps"]]
INTAKE, IDENTITY, GROUP, COMPLY, REPORT = (
    PLACES.index((step, "")) for step in ("intake", "identity", "group", "comply", "report")
)
ASSESS, CERTIFY, NEW_ENTITLE, NEW_ORDER = (
    PLACES.index((step, "new")) for step in ("assess", "certify", "entitle", "order")
)
ENTITLE, ORDER, RECONCILE, RECOVER = (
    PLACES.index((step, "old")) for step in ("entitle", "order", "reconcile", "recover")
)


def breaks(raw: dict[str, Any]) -> tuple[Break, ...]:
    return law.breaks(summary.read(raw))


def test_a_round_in_which_everything_is_explained_has_no_break() -> None:
    assert breaks(samples.summary()) == ()
    assert law.unexplained(()) == 0


def test_a_round_that_waits_is_judged_on_the_steps_it_has_closed() -> None:
    assert breaks(samples.waiting()) == ()


def test_pupils_that_vanish_at_a_step_are_counted() -> None:
    raw = deepcopy(samples.summary())
    raw["steps"][ORDER]["held"]["no_account"] -= 3
    (found,) = breaks(raw)
    assert (found.step, found.group, found.side, found.gap) == ("order", "old", "rows", 3)
    assert not found.is_money


def test_one_satang_that_vanishes_is_found_and_is_the_unexplained_amount() -> None:
    raw = deepcopy(samples.summary())
    raw["steps"][RECONCILE]["satang_held"]["no_result"] -= 1
    (found,) = breaks(raw)
    assert (found.side, found.came - found.went, found.is_money) == ("satang", 1, True)
    assert law.unexplained((found,)) == 1


def test_pupils_sorted_into_no_group_are_found() -> None:
    raw = deepcopy(samples.summary())
    raw["steps"][GROUP]["to"]["new"] -= 2
    sorting, first = breaks(raw)
    assert (sorting.step, sorting.side, sorting.gap) == ("group", "to", 2)
    assert (first.step, first.side, first.gap) == ("assess", "chain", 2)


def test_a_step_that_receives_less_than_the_one_before_sent_is_found() -> None:
    raw = deepcopy(samples.summary())
    raw["steps"][IDENTITY]["in"] -= 5
    raw["steps"][IDENTITY]["joined"] += 5
    found = breaks(raw)
    assert [(each.step, each.side, each.gap) for each in found] == [("identity", "chain", 5)]


def test_the_first_step_of_a_group_receives_what_the_sorting_sent_to_that_group() -> None:
    raw = deepcopy(samples.summary())
    raw["steps"][GROUP]["to"] = {"old": samples.OLD - 1, "new": samples.NEW + 1}
    assert [(each.step, each.group, each.side) for each in breaks(raw)] == [
        ("assess", "new", "chain"),
        ("enrol", "old", "chain"),
    ]


def test_each_group_is_bound_to_its_own_steps_however_they_stand_among_those_of_the_other() -> None:
    raw = deepcopy(samples.summary())
    raw["steps"][CERTIFY]["out"] += 5
    raw["steps"][CERTIFY]["in"] += 5
    assert [(each.step, each.group, each.side, each.gap) for each in breaks(raw)] == [
        ("certify", "new", "chain", 5),
        ("enrol", "new", "chain", 5),
    ]


def test_beneficiaries_of_whom_no_result_of_the_conditions_is_told_are_found() -> None:
    raw = deepcopy(samples.summary())
    raw["steps"][COMPLY]["to"]["not_reported"] -= 2
    (found,) = breaks(raw)
    assert (found.step, found.side, found.gap) == ("comply", "to", 2)


def test_intake_comply_and_report_count_from_nothing_so_no_step_before_them_binds_them() -> None:
    raw = deepcopy(samples.summary())
    for at in (INTAKE, COMPLY, REPORT):
        raw["steps"][at]["joined"] += 9
        raw["steps"][at]["out"] += 9
    raw["steps"][COMPLY]["to"]["compliant"] += 9
    raw["steps"][IDENTITY]["in"] += 9
    raw["steps"][IDENTITY]["out"] += 9
    raw["steps"][GROUP]["in"] += 9
    raw["steps"][GROUP]["dropped"]["not_applicant"] += 9
    assert breaks(raw) == ()


def test_a_step_still_running_may_have_received_less_than_was_sent() -> None:
    raw = deepcopy(samples.summary())
    raw["steps"][IDENTITY] |= {"in": 100, "out": 100, "state": "running"}
    for at in range(GROUP, REPORT + 1):
        raw["steps"][at] = samples.empty(raw["steps"][at])
    assert breaks(raw) == ()


def test_a_running_step_whose_own_counts_do_not_add_up_is_found_all_the_same() -> None:
    raw = deepcopy(samples.waiting())
    raw["steps"][RECONCILE] |= {"in": 100, "out": 99, "state": "running"}
    assert [(each.step, each.side, each.gap) for each in breaks(raw)] == [("reconcile", "rows", 1)]


def test_a_ledger_whose_accounts_do_not_cancel_out_is_found() -> None:
    raw = deepcopy(samples.summary())
    raw["ledger"]["paid"] += 250
    (found,) = breaks(raw)
    assert (found.step, found.side, found.came - found.went, found.is_money) == ("", "ledger", 250, True)
    assert law.unexplained((found,)) == 250


def test_a_summary_of_several_faults_names_each_in_the_order_of_the_steps() -> None:
    found = breaks(samples.broken())
    assert [(each.step, each.side, each.gap) for each in found] == [
        ("group", "rows", 7),
        ("order", "satang", 1),
    ]
    assert law.unexplained(found) == 1


@pytest.mark.parametrize("at", range(len(PLACES)))
@pytest.mark.parametrize("key", ["joined", "satang_joined"])
def test_one_more_on_the_side_that_comes_in_breaks_any_step(at: int, key: str) -> None:
    raw = deepcopy(samples.summary())
    raw["steps"][at][key] += 1
    side = "satang" if key == "satang_joined" else "rows"
    assert [(each.side, each.gap) for each in breaks(raw)] == [(side, 1)]


@settings(max_examples=60)
@given(
    at=st.sampled_from(
        [INTAKE, GROUP, ASSESS, CERTIFY, ENTITLE, ORDER, RECONCILE, RECOVER, NEW_ENTITLE, NEW_ORDER]
    ),
    kind=st.sampled_from(["dropped", "held", "satang_dropped", "satang_held"]),
    pick=st.integers(0, 20),
    change=st.integers(-9, 9).filter(bool),
)
def test_any_one_figure_changed_is_seen_with_the_size_of_the_change(
    at: int, kind: str, pick: int, change: int
) -> None:
    raw = deepcopy(samples.summary())
    counts = raw["steps"][at][kind]
    if not counts:
        return
    counts[sorted(counts)[pick % len(counts)]] += change
    assert [each.gap for each in breaks(raw)] == [abs(change)]
