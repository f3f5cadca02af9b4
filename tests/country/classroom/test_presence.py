"""Days there, days open, weight and height: believable month by month, and judged as the policy says."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from country.classroom import complies
from country.classroom import presence as told
from country.classroom.growth import Body, body
from country.classroom.presence import Month, days_open, months, presence
from country.people import age_on
from country.pupils import Pupil
from country.world import World
from takhai.policy import for_round
from tests.country.conftest import world_of


def world() -> World:
    """A small province."""
    return world_of()[0]


@cache
def paid() -> list[Pupil]:
    """Everybody on its lists."""
    return world_of()[1].beneficiaries


def share(found: list[bool]) -> float:
    """Percent."""
    return 100 * sum(found) / len(found)


def test_a_school_is_open_on_most_weekdays_of_a_month() -> None:
    for school in world().schools.values():
        assert all(15 <= days_open(world(), school, first) <= 23 for first in months(world().term))


def test_nobody_is_there_more_often_than_the_school_is_open() -> None:
    for pupil in paid():
        for month in presence(world(), pupil):
            assert min(month.present, month.sick, month.personal) >= 0
            assert month.present + month.sick + month.personal <= month.open
            assert month.open == days_open(world(), pupil.school, month.first)


def test_a_month_is_told_once() -> None:
    for pupil in paid():
        found = [month.first for month in presence(world(), pupil)]
        assert found == sorted(set(found))
        assert set(found) <= set(months(world().term))


def test_a_few_of_a_hundred_are_seldom_there() -> None:
    everybody = list(world().present())
    words = [complies(world(), pupil) for pupil in everybody]
    assert 1 <= share([word is False for word in words]) <= 3
    assert 0.3 <= share([word is None for word in words]) <= 1.5


def test_some_are_told_of_for_some_months_only() -> None:
    lengths = {len(presence(world(), pupil)) for pupil in world().present()}
    assert lengths == {0, 2, 3, 4, 5}


def test_leave_is_told_apart() -> None:
    found = [month for pupil in paid() for month in presence(world(), pupil)]
    assert any(month.sick for month in found)
    assert any(month.personal for month in found)
    assert any(month.present + month.sick + month.personal < month.open for month in found)


def test_somebody_is_exactly_at_the_line_and_somebody_a_day_under() -> None:
    whole = world_of("81", 1, 2000)[0]
    edge = set()
    for pupil in whole.present():
        found = presence(whole, pupil)
        missed = sum(month.open - month.present for month in found)
        edge.add(missed - sum(month.open for month in found) * 20 // 100)
    assert {0, 1} <= edge


def test_children_who_should_be_struck_off_are_seldom_there() -> None:
    gone = [pupil for pupil in world().present() if pupil.long_absent]
    assert gone
    assert all(complies(world(), pupil) is not True for pupil in gone)


def test_the_same_child_has_the_same_days_whenever_it_is_asked() -> None:
    pupil = paid()[0]
    assert presence(world(), pupil) == presence(world(), pupil)


def judged(
    monkeypatch: pytest.MonkeyPatch, days: list[Month], measures: Body | None = None, **rule: object
) -> bool | None:
    """The word on a pupil of whom exactly this is told, under another rule where one is given."""
    policy = for_round(world().term)
    growth = str(rule.pop("growth_condition", policy.growth_condition))
    other = replace(policy, attendance=replace(policy.attendance, **rule), growth_condition=growth)
    monkeypatch.setattr(told, "for_round", lambda term: other)
    monkeypatch.setattr(told, "presence", lambda world, pupil: days)
    monkeypatch.setattr(told, "body", lambda world, pupil: measures)
    monkeypatch.setattr(told, "days_open", lambda world, school, first: 20)
    return complies(world(), paid()[0])


FIRST = date(2020, 11, 1)
WHOLE = Body(date(2021, 3, 15), "28.4", "131.0")


@pytest.mark.parametrize(
    ("present", "word"), [((20, 20), True), ((16, 16), True), ((16, 15), False), ((0, 0), False)]
)
def test_eighty_of_a_hundred_is_enough(
    monkeypatch: pytest.MonkeyPatch, present: tuple[int, int], word: bool
) -> None:
    days = [Month(FIRST, 20, came, 0, 0) for came in present]
    assert judged(monkeypatch, days) is word


def test_of_whom_nothing_is_told_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert judged(monkeypatch, []) is None


def test_a_school_that_was_closed_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert judged(monkeypatch, [Month(FIRST, 0, 0, 0, 0)]) is None


def test_above_is_more_than_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [Month(FIRST, 20, 16, 0, 0)]
    assert judged(monkeypatch, days, comparison="above") is False


def test_the_whole_term_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [Month(FIRST, 20, 20, 0, 0)]
    assert judged(monkeypatch, days) is True
    assert judged(monkeypatch, days, denominator="term") is False


def test_leave_can_be_excused(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [Month(FIRST, 20, 12, 3, 2)]
    assert judged(monkeypatch, days) is False
    assert judged(monkeypatch, days, leave="excused") is True


def test_weight_and_height_can_be_a_condition(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [Month(FIRST, 20, 20, 0, 0)]
    assert judged(monkeypatch, days) is True
    assert judged(monkeypatch, days, growth_condition="required") is False
    assert judged(monkeypatch, days, WHOLE._replace(weight="0"), growth_condition="required") is False
    assert judged(monkeypatch, days, WHOLE, growth_condition="required") is True


def test_weight_and_height_fit_the_age() -> None:
    for pupil in paid():
        found = body(world(), pupil)
        if found is None:
            continue
        age = age_on(pupil.child.true.birth, found.day)
        height, weight = float(found.height), float(found.weight)
        assert height == 0 or 75 <= height <= 195
        assert weight == 0 or 8 <= weight <= 110
        assert not height or height > 60 + 4 * age


def test_some_were_not_measured_and_of_some_nothing_is_sent() -> None:
    found = [body(world(), pupil) for pupil in world().present()]
    assert 1 < share([one is None for one in found]) < 4
    assert 2 < share([one is not None and not one.whole for one in found]) < 7


def test_they_are_measured_at_the_end_of_the_semester() -> None:
    last = world().term.last_day
    days = [one.day for one in (body(world(), pupil) for pupil in paid()) if one]
    assert max(days) < last
    assert (last - min(days)).days < 25
