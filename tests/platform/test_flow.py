"""The one law: in + joined = out + dropped + held, for rows and for satang."""

from hypothesis import given
from hypothesis import strategies as st

from takhai.platform.flow import Flow, total

counts = st.dictionaries(
    st.sampled_from(["moved", "left", "died", "no_rate"]), st.integers(0, 10_000), max_size=4
)
number = st.integers(0, 10_000_000)


@st.composite
def lawful(draw: st.DrawFn) -> Flow:
    dropped, held, out, joined = draw(counts), draw(counts), draw(number), draw(number)
    lost_satang, kept_satang = (
        {key: 100 * n for key, n in dropped.items()},
        {key: 7 * n for key, n in held.items()},
    )
    came = out + sum(dropped.values()) + sum(held.values())
    return Flow(
        in_=came - joined,
        joined=joined,
        out=out,
        dropped=dropped,
        held=held,
        satang_in=sum(lost_satang.values()) + sum(kept_satang.values()) + out,
        satang_out=out,
        satang_dropped=lost_satang,
        satang_held=kept_satang,
    )


@given(lawful())
def test_a_flow_that_keeps_the_law_breaks_nothing(flow: Flow) -> None:
    assert flow.broken() == ()


@given(st.lists(lawful(), max_size=8))
def test_units_that_keep_the_law_add_up_to_a_step_that_keeps_it(flows: list[Flow]) -> None:
    whole = total(flows)
    assert whole.broken() == ()
    assert whole.out == sum(flow.out for flow in flows)


@given(lawful(), st.integers(1, 1000))
def test_one_pupil_too_many_breaks_the_rows(flow: Flow, more: int) -> None:
    assert (flow + Flow(out=more)).broken() == ("rows",)


@given(lawful(), st.integers(1, 1000))
def test_one_satang_too_many_breaks_the_money(flow: Flow, more: int) -> None:
    assert (flow + Flow(satang_held={"no_account": more})).broken() == ("satang",)


def test_what_goes_to_the_groups_must_be_all_that_went_out() -> None:
    assert Flow(joined=5, out=5, to={"old": 3, "new": 2}).broken() == ()
    assert Flow(joined=5, out=5, to={"old": 3, "new": 1}).broken() == ("to",)


def test_a_reason_with_zero_stays_in_sight_when_flows_are_added() -> None:
    added = Flow(dropped={"died": 0, "moved": 1}) + Flow(dropped={"moved": 2, "left": 0})
    assert added.dropped == {"died": 0, "moved": 3, "left": 0}


@given(lawful())
def test_a_flow_comes_back_from_json_as_it_went(flow: Flow) -> None:
    stored = flow.to_json()
    assert Flow.from_json(stored) == flow  # type: ignore[arg-type]
    assert "in" in stored
    assert "in_" not in stored
