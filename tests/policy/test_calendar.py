"""Calendars: the days settled for 2563-2, the published windows, and 2564-1 moved from them."""

from datetime import date, timedelta

import pytest

from takhai import policy
from takhai.policy.types import NoCalendar, Window
from takhai.thai.calendar import Term

ROUND = policy.for_round(Term(2563, 2))
NEXT = policy.for_round(Term(2564, 1))
DAY = timedelta(days=1)

AS_OF = {
    ("", "intake"): date(2020, 12, 9),
    ("", "identity"): date(2020, 12, 28),
    ("", "group"): date(2020, 12, 28),
    ("old", "enrol"): date(2020, 12, 28),
    ("old", "entitle"): date(2020, 12, 28),
    ("old", "order"): date(2021, 1, 6),
    ("old", "reconcile"): date(2021, 1, 11),
    ("old", "recover"): date(2021, 2, 18),
    ("new", "assess"): date(2021, 1, 15),
    ("new", "certify"): date(2021, 2, 12),
    ("new", "enrol"): date(2021, 2, 12),
    ("new", "entitle"): date(2021, 2, 12),
    ("new", "order"): date(2021, 2, 22),
    ("new", "reconcile"): date(2021, 2, 26),
    ("new", "recover"): date(2021, 3, 29),
    ("", "comply"): date(2021, 4, 1),
    ("", "report"): date(2021, 4, 1),
}
PUBLISHED = {
    ("", "intake"): (date(2020, 11, 13), date(2020, 12, 9)),
    ("", "identity"): (date(2020, 12, 10), date(2020, 12, 28)),
    ("old", "reconcile"): (date(2021, 1, 6), date(2021, 1, 11)),
    ("old", "recover"): (date(2021, 1, 18), date(2021, 2, 18)),
    ("new", "assess"): (date(2021, 1, 4), date(2021, 1, 15)),
    ("new", "certify"): (date(2021, 1, 31), date(2021, 2, 12)),
    ("new", "reconcile"): (date(2021, 2, 22), date(2021, 2, 26)),
    ("new", "recover"): (date(2021, 3, 2), date(2021, 3, 29)),
}


@pytest.mark.parametrize(("group", "step"), AS_OF)
def test_a_step_of_2563_2_speaks_for_the_last_day_of_its_window(group: str, step: str) -> None:
    assert ROUND.as_of(step, group) == AS_OF[group, step]


def test_the_calendar_of_2563_2_has_these_steps_and_no_other() -> None:
    assert set(ROUND.calendar) == set(AS_OF)


@pytest.mark.parametrize(("group", "step"), PUBLISHED)
def test_published_windows_open_and_close_as_published(group: str, step: str) -> None:
    window = ROUND.window(step, group)
    assert (window.opens, window.closes) == PUBLISHED[group, step]


@pytest.mark.parametrize("term", ["2563-2", "2564-1"])
def test_windows_are_half_open_and_not_empty(term: str) -> None:
    for window in policy.for_round(Term.parse(term)).calendar.values():
        assert window.opens < window.until
        assert window.closes == window.until - DAY
        assert window.opens in window
        assert window.closes in window
        assert window.until not in window
        assert window.opens - DAY not in window


@pytest.mark.parametrize("term", ["2563-2", "2564-1"])
@pytest.mark.parametrize(
    "steps",
    [
        [
            "intake",
            "identity",
            "group",
            "enrol old",
            "entitle old",
            "order old",
            "reconcile old",
            "recover old",
        ],
        ["group", "assess new", "certify new", "enrol new", "entitle new", "order new", "reconcile new"],
        ["reconcile new", "recover new", "comply", "report"],
    ],
)
def test_each_group_goes_its_way_in_order(term: str, steps: list[str]) -> None:
    chosen = policy.for_round(Term.parse(term))
    ends = [chosen.as_of(*step.split()) for step in steps]
    assert ends == sorted(ends)


def test_2564_1_is_2563_2_moved_by_the_days_between_the_semesters() -> None:
    shift = date(2021, 5, 16) - date(2020, 11, 1)
    assert set(NEXT.calendar) == set(ROUND.calendar)
    for place, window in ROUND.calendar.items():
        assert NEXT.calendar[place] == Window(window.opens + shift, window.until + shift)
        assert NEXT.calendar[place] == window.moved(shift)


def test_a_moved_window_is_illustrative_even_where_its_model_is_official() -> None:
    rows = NEXT.snapshot.of("equity_grant.calendar")
    assert {(row.status, row.source) for row in rows} == {("illustrative", "round-rules")}
    assert {row.status for row in ROUND.snapshot.of("equity_grant.calendar")} == {"official", "inferred"}


@pytest.mark.parametrize("term", ["2563-1", "2564-2", "2566-2", "2567-1", "2569-2"])
def test_another_round_has_rates_but_no_calendar(term: str) -> None:
    chosen = policy.for_round(Term.parse(term))
    assert chosen.rates
    with pytest.raises(NoCalendar) as refusal:
        chosen.as_of("intake")
    assert refusal.value.term == Term.parse(term)
    with pytest.raises(NoCalendar):
        _ = chosen.calendar


@pytest.mark.parametrize(
    ("step", "group"), [("enrol", ""), ("intake", "old"), ("pay", ""), ("enrol", "third")]
)
def test_a_step_has_a_window_only_where_the_calendar_gives_one(step: str, group: str) -> None:
    with pytest.raises(NoCalendar) as refusal:
        ROUND.window(step, group)
    assert (refusal.value.step, refusal.value.group) == (step, group)
