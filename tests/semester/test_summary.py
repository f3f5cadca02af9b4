"""The summary of a round: every step in its order, zeros for every reason, and what the round waits for."""

from typing import Any

import pytest

from takhai.platform import work
from takhai.platform.flow import Flow
from takhai.platform.steps import CLOSED
from takhai.semester import summary as room
from takhai.semester.runner import Wait
from takhai.semester.steps import STEPS
from takhai.semester.summary import begun, expected, step_line, summary
from takhai.thai.calendar import Term
from tests.semester.chain import ROUND, Chain

pytestmark = pytest.mark.django_db


def lines(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [(line["step"], line["group"]) for line in told["steps"]]


def states(told: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {(line["step"], line["group"]): line["state"] for line in told["steps"]}


def half_done(task: str, flow: Flow) -> None:
    """One unit of a step is finished, the step is not."""
    with work.unit(task=task, key="81", by="test") as unit:
        unit.finish(flow.to_json())


def test_a_round_that_has_not_begun_shows_every_step_open_and_all_zeros() -> None:
    told = summary(term=ROUND, waits=[])
    assert {line["state"] for line in told["steps"]} == {"open"}
    assert told["status"] == "waiting"
    figures = [value for key, value in room.flat({"steps": told["steps"]}) if isinstance(value, int)]
    assert len(figures) > 100
    assert set(figures) == {0}


def test_every_reason_of_a_step_is_printed_for_pupils_and_for_satang() -> None:
    told = {line["step"]: line for line in summary(term=ROUND, waits=[])["steps"]}
    for step in STEPS:
        line = told[step.name]
        assert list(line["dropped"]) == list(line["satang_dropped"]) == list(step.drops)
        assert list(line["held"]) == list(line["satang_held"]) == list(step.holds)


def test_steps_stand_in_the_order_of_their_names_and_groups_in_the_order_of_the_policy(chain: Chain) -> None:
    assert lines(summary(term=ROUND, waits=[])) == [
        ("come", ""),
        ("sort", ""),
        ("list", "old"),
        ("list", "new"),
        ("pay", "old"),
        ("pay", "new"),
        ("tell", ""),
    ]


def test_the_order_of_the_lines_is_not_the_order_of_the_days(chain: Chain) -> None:
    days = {("", "come"): 1, ("", "sort"): 2, ("", "tell"): 9, ("new", "list"): 3, ("new", "pay"): 4}
    chain.plan({**days, ("old", "list"): 5, ("old", "pay"): 6}, groups=("new", "old"))
    assert lines(summary(term=ROUND, waits=[]))[2:6] == [
        ("list", "new"),
        ("list", "old"),
        ("pay", "new"),
        ("pay", "old"),
    ]


def test_a_step_is_open_then_running_then_closed(chain: Chain) -> None:
    assert states(summary(term=ROUND, waits=[]))["come", ""] == "open"
    half_done("2563-2//come", Flow(joined=4, out=3, dropped={"gone": 1}))
    told = summary(term=ROUND, waits=[])
    assert states(told)["come", ""] == "running"
    assert told["steps"][0]["joined"] == 4
    assert told["steps"][0]["dropped"] == {"gone": 1}
    half_done("2563-2//sort", Flow())
    assert states(summary(term=ROUND, waits=[]))["sort", ""] == "open", "an empty unit has begun nothing"


def test_a_closed_step_says_what_it_closed_with(chain: Chain) -> None:
    chain.run(only=("come", ""))
    line = step_line(term=ROUND, name="come", group="")
    assert (line["state"], line["joined"], line["out"]) == ("closed", 11, 10)


def test_what_sorts_pupils_says_where_they_went() -> None:
    with_to = [line["step"] for line in summary(term=ROUND, waits=[])["steps"] if "to" in line]
    assert with_to == ["group", "comply"]


def test_a_line_is_of_its_own_round_and_group(chain: Chain) -> None:
    chain.run()
    assert step_line(term=ROUND, name="list", group="old")["in"] == 6
    assert step_line(term=ROUND, name="list", group="new")["in"] == 4
    assert step_line(term=Term(2564, 1), name="list", group="old")["state"] == "open"


def test_a_round_is_complete_when_every_step_is_closed_and_nobody_is_waited_for(chain: Chain) -> None:
    chain.run(only=("come", ""))
    assert summary(term=ROUND, waits=[])["status"] == "waiting"
    chain.run()
    assert summary(term=ROUND, waits=[])["status"] == "complete"
    wait = Wait(step="pay", group="old", on="BANK", detail="since Monday")
    told = summary(term=ROUND, waits=[wait])
    assert told["status"] == "waiting"
    assert told["waits"] == [{"step": "pay", "group": "old", "for": "BANK", "reason": "since Monday"}]


def test_the_summary_names_its_round_its_policy_and_its_report(chain: Chain) -> None:
    told = summary(term=ROUND, waits=[], report="report.html")
    assert (told["round"], told["policy"], told["report"]) == ("2563-2", chain.policy.sha256, "report.html")


def test_each_group_is_expected_to_wait_for_the_answer_of_its_next_step(chain: Chain) -> None:
    assert expected(term=ROUND) == [], "the next step of either group needs nobody"
    for each in [("come", ""), ("sort", ""), ("list", "old")]:
        chain.run(only=each)
    assert expected(term=ROUND) == [Wait(step="pay", group="old", on="BANK", detail="")]
    chain.run(only=("list", "new"))
    assert {wait.group for wait in expected(term=ROUND)} == {"old", "new"}


def test_a_group_that_is_through_is_expected_to_wait_for_nothing(chain: Chain) -> None:
    chain.run()
    assert expected(term=ROUND) == []


def test_rounds_have_begun_once_a_unit_of_theirs_has() -> None:
    assert begun() == []
    for term in ("2564-1", "2563-2", "2563-1"):
        half_done(f"{term}//intake", Flow())
        half_done(f"{term}/old/order", Flow())
    assert begun() == [Term(2563, 1), Term(2563, 2), Term(2564, 1)]


def test_the_checkpoint_that_closes_a_step_is_not_counted_beside_its_units(chain: Chain) -> None:
    chain.run(only=("come", ""))
    assert set(work.results(task="2563-2//come")) == {"81", CLOSED}
    assert step_line(term=ROUND, name="come", group="")["joined"] == 11


def test_flat_names_a_step_by_its_name_and_group_and_keeps_plain_values() -> None:
    tree = {"a": {"b": 1, "c": {}}, "steps": [{"step": "pay", "group": "old", "out": 3}], "d": "x"}
    assert dict(room.flat(tree)) == {
        "a.b": 1,
        "steps[pay/old].step": "pay",
        "steps[pay/old].group": "old",
        "steps[pay/old].out": 3,
        "d": "x",
    }
