"""The runner: each group goes its own way by the calendar, and what is done stays done."""

import pytest

from takhai.platform.flow import Flow
from takhai.platform.problems import Refusal
from takhai.platform.steps import LawBroken, Per, closed, task_name
from takhai.semester.job import DATE
from takhai.semester.runner import Wait, given_to, line_up
from tests.semester.chain import NEW, OLD, ROUND, Chain, day

BY_DAY = [
    ("come", ""),
    ("sort", ""),
    ("list", "old"),
    ("list", "new"),
    ("pay", "old"),
    ("pay", "new"),
    ("tell", ""),
]


def flow_of(step: str, group: str = "") -> Flow | None:
    return closed(task=task_name(key=str(ROUND), group=group, step=step))


def test_a_round_goes_by_its_days_and_its_groups_take_turns(chain: Chain) -> None:
    assert chain.run() == []
    assert chain.ran == BY_DAY


def test_of_one_day_the_step_that_stands_first_goes_first(chain: Chain) -> None:
    chain.plan(dict.fromkeys([(group, step) for step, group in BY_DAY], 5))
    assert [(step.name, group) for step, group in line_up(chain.policy)] == [
        ("come", ""),
        ("sort", ""),
        ("list", "old"),
        ("list", "new"),
        ("pay", "old"),
        ("pay", "new"),
        ("tell", ""),
    ]


def test_a_finished_round_runs_nothing_again(chain: Chain) -> None:
    chain.run()
    assert chain.run() == []
    assert chain.ran == BY_DAY


def test_a_step_is_told_its_group_its_day_its_round_and_in_whose_name_it_acts(chain: Chain) -> None:
    chain.run()
    told = [(job.by, job.group, job.as_of) for job in chain.jobs]
    assert told[0] == ("semester come", "", day(1))
    assert told[3] == ("semester list", "new", day(4))
    assert {job.round for job in chain.jobs} == {ROUND}
    assert {job.folder.root for job in chain.jobs} == {chain.root}
    assert all(job.scope.everything and str(ROUND) in job.scope.reason for job in chain.jobs)
    assert all(job.policy is chain.policy for job in chain.jobs)


def test_the_runner_tells_of_every_unit_and_of_every_end(chain: Chain) -> None:
    chain.run()
    assert [(told.step, told.group, told.unit) for told in chain.heard[:4]] == [
        ("come", "", "81"),
        ("come", "", "closed"),
        ("sort", "", "81"),
        ("sort", "", "closed"),
    ]
    assert len(chain.heard) == 2 * len(BY_DAY)


def test_a_group_that_waits_holds_up_no_other_group(chain: Chain) -> None:
    chain.silent["list", "old"] = "ask again"
    assert chain.run() == [Wait(step="list", group="old", on="BANK", detail="ask again")]
    assert chain.ran == [("come", ""), ("sort", ""), ("list", "new"), ("pay", "new")]


def test_what_speaks_for_the_whole_round_waits_for_every_group(chain: Chain) -> None:
    chain.silent["pay", "new"] = ""
    assert [(wait.step, wait.group) for wait in chain.run()] == [("pay", "new")]
    assert flow_of("pay", "old") is not None
    assert flow_of("tell") is None


def test_a_round_step_that_waits_stops_all_that_comes_after(chain: Chain) -> None:
    chain.silent["sort", ""] = ""
    assert [(wait.step, wait.group) for wait in chain.run()] == [("sort", "")]
    assert chain.ran == [("come", "")]


def test_two_groups_may_wait_each_for_its_own(chain: Chain) -> None:
    chain.silent |= {("pay", "old"): "one", ("list", "new"): "two"}
    assert {(wait.group, wait.step, wait.detail) for wait in chain.run()} == {
        ("old", "pay", "one"),
        ("new", "list", "two"),
    }


def test_a_group_goes_on_where_it_waited_once_it_is_answered(chain: Chain) -> None:
    chain.silent["pay", "old"] = ""
    chain.run()
    chain.silent.clear()
    assert chain.run() == []
    assert chain.ran[-2:] == [("pay", "old"), ("tell", "")]
    assert len(chain.ran) == len(BY_DAY)


def test_a_window_whose_last_day_has_not_come_waits_for_that_day(chain: Chain) -> None:
    assert chain.run(until=day(4)) == [
        Wait(step="pay", group="old", on=DATE, detail=day(5).isoformat()),
        Wait(step="pay", group="new", on=DATE, detail=day(6).isoformat()),
    ]
    assert chain.ran == BY_DAY[:4]


def test_a_window_is_open_on_its_last_day(chain: Chain) -> None:
    chain.run(until=day(5))
    assert chain.ran[-1] == ("pay", "old")


def test_a_step_that_is_finished_needs_no_day(chain: Chain) -> None:
    chain.run()
    assert chain.run(until=day(0)) == []


def test_one_step_alone_runs_that_step_and_no_other(chain: Chain) -> None:
    for step, group in [("come", ""), ("sort", ""), ("list", "new")]:
        assert chain.run(only=(step, group)) == []
    assert chain.ran == [("come", ""), ("sort", ""), ("list", "new")]


def test_one_step_alone_tells_only_of_its_own_wait(chain: Chain) -> None:
    chain.silent |= {("pay", "old"): "", ("list", "new"): ""}
    chain.run()
    assert chain.run(only=("list", "new")) == [Wait(step="list", group="new", on="BANK", detail="")]


@pytest.mark.parametrize(
    ("only", "before"),
    [(("sort", ""), "come"), (("list", "old"), "come"), (("pay", "new"), "list"), (("tell", ""), "pay")],
)
def test_a_step_out_of_its_turn_is_refused_with_what_must_come_before(
    chain: Chain, only: tuple[str, str], before: str
) -> None:
    done = {"come": [], "list": BY_DAY[:3], "pay": BY_DAY[:5]}[before]
    for each in done:
        chain.run(only=each)
    with pytest.raises(Refusal) as refused:
        chain.run(only=only)
    assert refused.value.name == "step_out_of_turn"
    assert f"step {before} " in refused.value.en
    assert chain.ran == done


def test_another_group_does_not_have_to_come_before(chain: Chain) -> None:
    for each in BY_DAY[:2]:
        chain.run(only=each)
    assert chain.run(only=("list", "new")) == []


def test_the_first_step_is_given_nothing_and_each_other_what_the_one_before_let_out(chain: Chain) -> None:
    chain.run()
    given = {
        (step.name, group): given_to(step=step, group=group, policy=chain.policy)
        for step, group in line_up(chain.policy)
    }
    assert given["come", ""] is None
    assert given["sort", ""] == (OLD + NEW, 0)
    assert (given["list", "old"], given["list", "new"]) == ((OLD, 0), (NEW, 0))
    assert (given["pay", "old"], given["pay", "new"]) == ((OLD - 1, 500), (NEW - 1, 500))


@pytest.mark.parametrize(
    "wrong",
    [
        Flow(in_=OLD, out=OLD, satang_in=500, satang_out=500),
        Flow(in_=OLD - 1, out=OLD - 1, satang_in=501, satang_out=501),
        Flow(in_=OLD + NEW, out=OLD + NEW),
    ],
)
def test_a_step_that_did_not_get_what_was_let_out_stops_the_run(chain: Chain, wrong: Flow) -> None:
    chain.flows["pay", "old"] = wrong
    with pytest.raises(LawBroken):
        chain.run()
    assert flow_of("pay", "old") is None
    assert flow_of("list", "new") is not None, "what was committed before stays"
    assert flow_of("pay", "new") is None, "nothing is run after a broken law"


def test_a_group_gets_its_own_share_and_not_the_other_groups(chain: Chain) -> None:
    chain.flows["list", "new"] = Flow(in_=OLD, out=OLD)
    with pytest.raises(LawBroken, match="in"):
        chain.run()


def test_a_step_of_one_group_only_is_no_step_of_the_others(chain: Chain) -> None:
    first, second, third, fourth, last = chain.steps()
    chain.lay((first, second, chain.step("look", Per.GROUP, only="new"), third, fourth, last))
    days = {("", "come"): 1, ("", "sort"): 2, ("new", "look"): 3, ("old", "list"): 4, ("new", "list"): 4}
    chain.plan({**days, ("old", "pay"): 5, ("new", "pay"): 6, ("", "tell"): 9})
    chain.flows["look", "new"] = Flow(in_=NEW, out=NEW)
    chain.run()
    assert ("look", "new") in chain.ran
    assert ("look", "old") not in chain.ran
