"""Geometry: nobody who left is invisible, nothing leaves its box, a share is as wide as it is."""

import re

from hypothesis import given
from hypothesis import strategies as st

from takhai.platform.flow import Flow
from takhai.reporting import charts, river

COUNTS = st.lists(st.integers(0, 2_000_000), min_size=1, max_size=6)


def numbers(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"-?\d+", text)]


def length(percent: str) -> int:
    assert percent.endswith("%")
    whole, tenth = percent[:-1].split(".")
    return int(whole) * 10 + int(tenth)


def test_parts_stand_side_by_side_in_tenths_of_a_percent() -> None:
    parts = charts.stack([("paid", 750), ("held", 200), ("due_back", 50)], whole=1000)
    assert [(part.kind, part.x, part.width) for part in parts] == [
        ("paid", "0.0%", "75.0%"),
        ("held", "75.0%", "20.0%"),
        ("due_back", "95.0%", "5.0%"),
    ]


def test_a_part_of_one_in_a_million_is_still_drawn() -> None:
    (_, tiny) = charts.stack([("paid", 500_000), ("held", 1)], whole=1_000_000)
    assert tiny.kind == "held"
    assert length(tiny.width) == charts.LEAST


def test_nothing_is_drawn_for_nothing() -> None:
    assert charts.stack([("paid", 0)], whole=100) == ()
    assert charts.stack([("paid", 5)], whole=0) == ()
    assert charts.stack([("paid", -5)], whole=100) == ()


@given(values=COUNTS)
def test_parts_of_a_whole_never_leave_the_bar_nor_overlap(values: list[int]) -> None:
    parts = charts.stack([(str(n), value) for n, value in enumerate(values)], whole=sum(values))
    at = 0
    for part in parts:
        assert length(part.x) == at
        assert length(part.width) > 0
        at += length(part.width)
    assert at <= charts.WHOLE


@given(value=st.integers(1, 10**9), whole=st.integers(1, 10**9))
def test_a_part_is_as_long_as_its_share_to_a_tenth_of_a_percent(value: int, whole: int) -> None:
    (part,) = charts.stack([("paid", value)], whole=whole)
    assert length(part.width) == max(charts.LEAST, min(1000, 1000 * value // whole))


def test_a_step_that_loses_nobody_has_a_river_of_one_width_and_no_branch() -> None:
    drawn = river.draw(Flow(in_=100, out=100), full=100)
    assert (drawn.dropped, drawn.held, drawn.joined) == ("", "", "")
    assert f"H{river.LEFT + river.BED}" in drawn.stream


def test_a_step_before_anybody_came_has_no_river() -> None:
    assert river.draw(Flow(), full=100) == river.River("", "", "", "")


def test_who_is_dropped_and_who_is_held_leave_in_branches_of_their_own() -> None:
    drawn = river.draw(Flow(in_=100, out=70, dropped={"dead": 10}, held={"name_differs": 20}), full=100)
    assert drawn.dropped
    assert drawn.held
    assert drawn.dropped != drawn.held


def test_only_rows_that_join_a_running_river_come_in_from_the_side() -> None:
    assert river.draw(Flow(joined=100, out=100), full=100).joined == ""
    assert river.draw(Flow(in_=90, joined=10, out=100), full=100).joined != ""


def test_the_mouth_of_a_lane_is_as_wide_as_the_river_it_feeds() -> None:
    mouth = river.source(50, full=100)
    assert mouth == river.draw(Flow(in_=50, out=50), full=100).stream
    assert river.source(0, full=100) == ""


def test_one_pupil_in_a_million_still_makes_a_branch_of_visible_width() -> None:
    drawn = river.draw(Flow(in_=1_000_000, out=999_999, dropped={"dead": 1}), full=1_000_000)
    inner, _, edge = numbers(drawn.dropped)[:3]
    assert edge - inner == river.THINNEST


@given(
    in_=st.integers(0, 10**6),
    joined=st.integers(0, 10**6),
    dropped=st.integers(0, 10**6),
    held=st.integers(0, 10**6),
    more=st.integers(0, 10**6),
)
def test_every_river_stays_in_its_box(in_: int, joined: int, dropped: int, held: int, more: int) -> None:
    came = in_ + joined
    dropped = min(dropped, came)
    held = min(held, came - dropped)
    flow = Flow(
        in_=in_, joined=joined, out=came - dropped - held, dropped={"dead": dropped}, held={"no_rate": held}
    )
    drawn = river.draw(flow, full=came + more)
    for path in (drawn.stream, drawn.dropped, drawn.held, drawn.joined):
        assert all(0 <= number <= 1000 for number in numbers(path)), path


@given(in_=st.integers(1, 10**6), share=st.integers(0, 100))
def test_the_river_of_a_step_ends_as_wide_as_that_of_the_next_begins(in_: int, share: int) -> None:
    out = in_ * share // 100
    above = river.draw(Flow(in_=in_, out=out, dropped={"dead": in_ - out}), full=in_).stream
    below = river.draw(Flow(in_=out, out=out), full=in_).stream
    foot = numbers(above.split("V1000")[0])[-2]
    head = numbers(below)[2] if below else river.LEFT
    assert foot == head
