"""The runner: a chain of steps that goes on where it stopped and stops where the law does not hold."""

from dataclasses import dataclass, field, replace

import pytest

from takhai.platform.flow import Flow
from takhai.platform.sets import execute, fetch
from takhai.platform.steps import CLOSED, LawBroken, Per, Progress, Step, Waiting, closed, run_step, so_far

TASK = "2563-2/old/pay"


@dataclass
class Day:
    ran: list[str] = field(default_factory=list)
    closings: int = 0
    die_at: str = ""
    flows: dict[str, Flow] = field(default_factory=dict)


def run(day: Day, unit: str) -> Flow:
    if unit == day.die_at:
        raise ConnectionError(unit)
    day.ran.append(unit)
    return day.flows.get(unit, Flow(in_=2, out=1, dropped={"moved": 1}))


def close(day: Day) -> None:
    day.closings += 1


PAY = Step[Day](
    name="pay",
    per=Per.GROUP,
    units=lambda day: ["81", "82", "83"],
    run=run,
    close=close,
    drops=("moved", "died"),
    holds=("no_account",),
)


def pay(day: Day, *, given: tuple[int, int] | None = (6, 0), step: Step[Day] = PAY) -> Flow:
    return run_step(step=step, job=day, task=TASK, by="test", given=given)


@pytest.mark.django_db
def test_a_step_is_the_sum_of_its_units_with_a_zero_for_every_reason_it_knows() -> None:
    flow = pay(Day())
    assert (flow.in_, flow.out) == (6, 3)
    assert flow.dropped == {"moved": 3, "died": 0}
    assert flow.held == {"no_account": 0}
    assert closed(task=TASK) == flow


@pytest.mark.django_db
def test_a_closed_step_never_reopens() -> None:
    day = Day()
    assert pay(day) == pay(day)
    assert day.ran == ["81", "82", "83"]
    assert day.closings == 1


@pytest.mark.django_db
def test_a_step_that_died_goes_on_with_the_unit_it_died_in() -> None:
    day = Day(die_at="82")
    with pytest.raises(ConnectionError):
        pay(day)
    assert closed(task=TASK) is None
    assert so_far(task=TASK).out == 1
    day.die_at = ""
    assert pay(day).out == 3
    assert day.ran == ["81", "82", "83"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("flow", "side"),
    [
        (Flow(in_=2, out=1), "rows"),
        (Flow(in_=1, out=1, satang_in=5), "satang"),
    ],
)
def test_a_unit_that_breaks_the_law_stops_the_step_and_is_not_kept(flow: Flow, side: str) -> None:
    with pytest.raises(LawBroken) as broken:
        pay(Day(flows={"82": flow}))
    assert broken.value.sides == (side,)
    assert so_far(task=TASK).in_ == 2


@pytest.mark.django_db
@pytest.mark.parametrize("to", [{"old": 2}, {"old": 1, "new": 1}, {}])
def test_who_goes_on_goes_somewhere_each_once(to: dict[str, int]) -> None:
    with pytest.raises(LawBroken) as broken:
        pay(Day(flows={"81": Flow(in_=1, out=1, to=to)}), step=replace(PAY, to=("old", "new")))
    assert broken.value.sides == ("to",)


@pytest.mark.django_db
def test_a_place_to_go_that_the_step_does_not_know_stops_it() -> None:
    with pytest.raises(LawBroken, match="unknown reason nowhere"):
        pay(Day(flows={"81": Flow(in_=1, out=1, to={"nowhere": 1})}))


@pytest.mark.django_db
def test_a_reason_that_the_step_does_not_know_stops_it() -> None:
    with pytest.raises(LawBroken, match="unknown reason lost"):
        pay(Day(flows={"81": Flow(in_=1, dropped={"lost": 1})}))


@pytest.mark.django_db
@pytest.mark.parametrize("given", [(5, 0), (6, 1)])
def test_a_step_must_get_exactly_what_the_step_before_let_out(given: tuple[int, int]) -> None:
    day = Day()
    with pytest.raises(LawBroken):
        pay(day, given=given)
    assert closed(task=TASK) is None
    assert day.closings == 0


@pytest.mark.django_db
def test_a_step_with_a_count_of_its_own_is_not_chained() -> None:
    own = Step[Day](
        name="report",
        per=Per.ROUND,
        units=lambda day: ["all"],
        run=lambda day, unit: Flow(joined=4, out=4),
        chained=False,
    )
    assert pay(Day(), given=(6, 0), step=own).out == 4


@pytest.mark.django_db
def test_a_step_that_waits_has_done_nothing() -> None:
    def ask(day: Day) -> None:
        raise Waiting(on="BANK", detail="no result yet")

    day = Day()
    waiting = Step[Day](name="pay", per=Per.GROUP, units=PAY.units, run=run, before=ask)
    with pytest.raises(Waiting, match="BANK"):
        pay(day, step=waiting)
    assert day.ran == []


@pytest.mark.django_db
def test_the_runner_tells_how_far_it_is() -> None:
    told: list[Progress] = []
    run_step(step=PAY, job=Day(), task=TASK, by="test", given=None, group="old", tell=told.append)
    assert [(each.unit, each.done, each.of) for each in told] == [
        ("81", 0, 3),
        ("82", 1, 3),
        ("83", 2, 3),
        (CLOSED, 3, 3),
    ]
    assert {each.group for each in told} == {"old"}


@pytest.mark.django_db(transaction=True)
def test_after_a_step_the_planner_knows_what_it_wrote() -> None:
    def write(day: Day, unit: str) -> Flow:
        execute(
            "INSERT INTO work_unit"
            " (task, key, state, lease, leased_until, attempts, begun_at, begun_by, done_by, result)"
            " SELECT 'filler', n::text, 'begun', gen_random_uuid(), now(), 1, now(), 'test', '', '{}'"
            " FROM generate_series(1, 5000) AS n"
        )
        return Flow()

    pay(Day(), given=None, step=Step[Day](name="pay", per=Per.GROUP, units=lambda day: ["81"], run=write))
    ((known,),) = fetch("SELECT reltuples::bigint FROM pg_class WHERE oid = 'work_unit'::regclass")
    assert int(str(known)) >= 5000
