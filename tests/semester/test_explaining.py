"""A whole town explained: decided anew from what is stored it is what was decided, and each way turns it round."""

import random
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from takhai.access.types import Scope
from takhai.platform import secrets
from takhai.platform.sets import execute
from takhai.policy.pmt import QUESTIONS
from takhai.screening.rules.changing import apply
from takhai.screening.rules.explanation import Case, judge
from takhai.screening.rules.explanation import explain as tell
from takhai.screening.rules.score import CHOICES
from takhai.screening.types import Household, Way
from takhai.semester.explain_outcome import result
from takhai.semester.explaining import Explained, explain, explain_all, screened_groups
from takhai.thai.calendar import Term
from tests.benefits.town import ROUND, SCOPE, one
from tests.screening.cases import BARE, cutoff
from tests.screening.hall import POLICY, Hall, by_score, fated, quota, reasons

pytestmark = pytest.mark.django_db
TOWN, FIELD, HILL = "81010001", "81010002", "81010003"


@pytest.fixture
def hall(db: None, tmp_path: Any) -> Hall:
    secrets.establish(allow_create=True, by="test")
    return Hall(root=tmp_path)


def members(hall: Hall, *, group: str = "new", reason: str = "never_applied") -> None:
    """What the step ``group`` has written of the pupils at hand."""
    for person, school, agency, grade, level, province, area, _ in hall.listed:
        execute(
            'INSERT INTO round_member (round, person_id, "group", reason, school_id, agency, grade, level, province,'
            " area_code, recorded_at, recorded_by) VALUES (%(round)s, %(person)s, %(group)s, %(reason)s, %(school)s,"
            " %(agency)s, %(grade)s, %(level)s, %(province)s, %(area)s, now(), 'test')",
            round=str(ROUND),
            person=person,
            group=group,
            reason=reason,
            school=school,
            agency=agency,
            grade=grade,
            level=level,
            province=province,
            area=area,
        )


def drawn(dice: random.Random) -> Household:
    """Any household; many are alike, so that scores and incomes tie."""
    plain = {field.name for field in fields(Household)} - {*CHOICES, "members", "income_satang"}
    count = dice.randint(1, 6)
    return Household(
        **{name: dice.random() < 0.5 for name in plain},
        **{name: dice.choice(QUESTIONS[name]) for name in CHOICES},
        members=count,
        income_satang=dice.choice([0, 100_000, 250_000, 300_000, 310_000]) * count + dice.choice([0, 0, 1]),
    )


def screen(hall: Hall, *, percent: int = 20, pupils: int = 60, seed: int = 1) -> None:
    """A town of three schools: one certifies most, one had too few at its meeting, one never met."""
    dice = random.Random(seed)
    homes: list[Household | None] = [drawn(dice) for _ in range(pupils // 2)]
    # The other half are their twins: they tie but for the lottery.
    homes = [*homes, *homes, None, None, None]
    schools = (TOWN, FIELD, HILL)
    people = [
        hall.pupil(home, school=schools[at % 3], refused=home is not None and at % 11 == 0)
        for at, home in enumerate(homes)
    ]
    members(hall)
    hall.fix(quota(percent))
    hall.assess(policy=quota(percent))
    listed = [person for person in people if reasons("assessment")[person] is None]
    hall.take_meetings([*hall.meeting(TOWN), *hall.meeting(FIELD, members=5, present=2)])
    words = [
        hall.word(
            person,
            "refused" if at % 2 else "certified",
            "ย้ายออกแล้ว" if at % 2 else "",
            school=schools[people.index(person) % 3],
        )
        for at, person in enumerate(listed)
        if at % 5
    ]
    spoken = [word for word in words if word[1] != HILL]
    if spoken:
        hall.take_results(spoken)
    hall.close()


def cases(found: Sequence[Explained]) -> list[tuple[Explained, Case]]:
    """The screened ones with their stored inputs, made by hand from what is stored."""
    made = []
    for each in found:
        screened = each.screened
        assert screened
        if screened.form and screened.cutoff and screened.told and screened.told.verdict.screened:
            lottery = one("SELECT lottery FROM assessment WHERE person_id = %(person)s", person=each.person)
            case = Case(
                household=screened.form.household,
                refused=False,
                lottery=str(lottery),
                weights=POLICY.pmt.weights,
                cutoff=screened.cutoff,
            )
            made.append((each, case))
    return made


@pytest.mark.parametrize(("percent", "seed"), [(20, 1), (20, 2), (50, 3), (0, 4), (100, 5)])
def test_everybody_is_decided_again_as_he_was(hall: Hall, percent: int, seed: int) -> None:
    screen(hall, percent=percent, seed=seed)
    found = explain_all(round=ROUND, scope=SCOPE)
    assert len(found) == len(hall.listed)
    assert all(each.agrees for each in found.values())
    stands, certified = reasons("assessment"), reasons("certification")
    for person, each in found.items():
        assert each.screened
        assert each.screened.told
        assert each.screened.told.verdict.reason == stands[person]
        assert (each.screened.certified and each.screened.certified.reason) == certified.get(person)
        assert (person in certified) == (each.screened.certified is not None)


def test_the_town_of_these_tests_has_every_outcome(hall: Hall) -> None:
    screen(hall, percent=50)
    found = explain_all(round=ROUND, scope=SCOPE)
    assert {result(each) for each in found.values()} == {
        "no_form",
        "official_refused",
        "over_income",
        "not_extremely_poor",
        "committee_refused",
        "no_quorum",
        "no_committee_result",
        "to_be_enrolled",
    }
    dropped = fated("assess") | fated("certify")
    assert {person: result(each) for person, each in found.items() if person in dropped} == dropped


@pytest.mark.parametrize(("percent", "seed"), [(20, 6), (40, 7)])
def test_what_would_have_been_otherwise_turns_the_decision_of_each_who_was_screened(
    hall: Hall, percent: int, seed: int
) -> None:
    screen(hall, percent=percent, seed=seed)
    screened = cases(list(explain_all(round=ROUND, scope=SCOPE).values()))
    assert len(screened) > 40
    for each, case in screened:
        assert each.screened
        assert each.screened.told
        before = each.screened.told.verdict.extremely_poor
        assert each.screened.told.ways
        for way in each.screened.told.ways:
            assert case.household
            assert judge(case, apply(way, case.household)).extremely_poor is not before
            for left_out in way:
                rest = [change for change in way if change != left_out]
                assert judge(case, apply(rest, case.household)).extremely_poor is before


def test_a_form_changed_as_the_text_says_is_really_decided_otherwise_by_the_step_itself(hall: Hall) -> None:
    line = cutoff(Way.SCORE, score=60_000)
    lone = Case(household=BARE, refused=False, lottery="", weights=POLICY.pmt.weights, cutoff=line)
    (way,) = tell(lone).ways
    loser, twin = hall.pupil(BARE), hall.pupil(apply(way, BARE))
    members(hall)
    hall.fix(by_score(60_000))
    hall.assess(policy=by_score(60_000))
    told = explain(round=ROUND, person=loser, scope=SCOPE)
    assert told.screened
    assert told.screened.told
    assert told.screened.told.ways == (way,)
    assert reasons("assessment") == {loser: "not_extremely_poor", twin: None}


def test_one_is_explained_as_among_all(hall: Hall) -> None:
    screen(hall, pupils=12)
    found = explain_all(round=ROUND, scope=SCOPE)
    for person, each in found.items():
        assert explain(round=ROUND, person=person, scope=SCOPE) == each


def test_a_few_queries_however_many_pupils(hall: Hall) -> None:
    screen(hall, pupils=6)
    with CaptureQueriesContext(connection) as few:
        explain_all(round=ROUND, scope=SCOPE)
    for _ in range(20):
        hall.pupil(None)
    hall.listed = hall.listed[-20:]
    members(hall)
    hall.assess()
    with CaptureQueriesContext(connection) as many:
        assert len(explain_all(round=ROUND, scope=SCOPE)) == 29
    assert len(few) == len(many) <= 10


def test_a_pupil_of_whom_the_round_knows_nothing_has_nothing_to_explain(hall: Hall) -> None:
    (person,) = hall.pupils(1)
    told = explain(round=ROUND, person=person, scope=SCOPE)
    assert (told.standing, told.screened, told.entitled, told.lines, told.agrees) == (
        None,
        None,
        None,
        (),
        True,
    )
    assert result(told) == "not_in_round"


def test_who_goes_on_from_last_term_is_not_screened(hall: Hall) -> None:
    (person,) = hall.list()
    members(hall, group="old", reason="on_last_list")
    hall.entitle()
    told = explain(round=ROUND, person=person, scope=SCOPE)
    assert told.screened is None
    assert told.entitled
    assert (result(told), told.agrees) == ("to_be_ordered", True)


def test_before_the_cut_off_is_fixed_nothing_is_told_but_whether_a_form_is_there(hall: Hall) -> None:
    with_form, without = hall.pupil(BARE), hall.pupil(None)
    members(hall)
    assert result(explain(round=ROUND, person=with_form, scope=SCOPE)) == "form_received"
    assert result(explain(round=ROUND, person=without, scope=SCOPE)) == "form_awaited"
    hall.fix()
    assert result(explain(round=ROUND, person=with_form, scope=SCOPE)) == "form_received"


def test_a_committee_that_is_still_to_speak_is_awaited(hall: Hall) -> None:
    (person,) = hall.list_of(BARE)
    members(hall)
    told = explain(round=ROUND, person=person, scope=SCOPE)
    assert told.screened
    assert (result(told), told.screened.certified) == ("committee_awaited", None)


def test_a_scope_explains_the_pupils_of_its_schools(hall: Hall) -> None:
    here, there = hall.pupil(BARE), hall.pupil(BARE, school=FIELD)
    members(hall)
    hall.fix()
    hall.assess()
    path = one("SELECT path FROM place WHERE code = %(code)s", code=FIELD)
    director = Scope(paths=(str(path),), by="director")
    assert set(explain_all(round=ROUND, scope=director)) == {there}
    hidden = explain(round=ROUND, person=here, scope=director)
    assert (hidden.standing, hidden.screened) == (None, None)


def test_the_screened_groups_are_those_whose_calendar_has_the_step() -> None:
    assert screened_groups(POLICY) == ("new",)
    without = replace(POLICY, skipped_steps=("assess",))
    assert screened_groups(without) == ()


def test_another_round_knows_nothing_of_it(hall: Hall) -> None:
    screen(hall, pupils=6)
    assert explain_all(round=Term(2564, 1), scope=SCOPE) == {}


def test_days_of_a_meeting_outside_the_window_make_its_word_none(hall: Hall) -> None:
    (person,) = hall.list_of(BARE)
    members(hall)
    hall.take_meetings(hall.meeting(met_on=date(2020, 12, 1), signed_on=date(2020, 12, 2)))
    hall.take_results([hall.word(person)])
    hall.close()
    told = explain(round=ROUND, person=person, scope=SCOPE)
    assert (result(told), told.agrees) == ("no_quorum", True)
