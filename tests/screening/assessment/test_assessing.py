"""Step assess: the first reason that holds, one decision for each pupil, the same flow however often it is run."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from takhai.platform.problems import Refusal
from takhai.platform.sets import execute, fetch
from takhai.policy import for_round
from takhai.screening.rules.lottery import Facts, decide
from takhai.thai.calendar import Term
from tests.benefits.town import ROUND, one
from tests.screening.cases import BARE
from tests.screening.hall import ASSESSED, POLICY, Hall, by_score, fated, quota, reasons

POOR = replace(BARE, tenure="rent")
OVER = replace(POOR, income_satang=1_200_001)
AT_THE_LINE = replace(POOR, income_satang=1_200_000)


def test_the_first_reason_that_holds_is_the_reason(hall: Hall) -> None:
    expected = {
        hall.pupil(None): "no_form",
        hall.pupil(OVER, refused=True): "official_refused",
        hall.pupil(OVER): "over_income",
        hall.pupil(AT_THE_LINE): None,
        hall.pupil(BARE): "not_extremely_poor",
    }
    hall.fix(by_score(100_000))
    flow = hall.assess()
    assert reasons("assessment") == expected
    assert fated("assess") == {person: why for person, why in expected.items() if why}
    assert (flow.in_, flow.joined, flow.out) == (5, 0, 1)
    assert flow.dropped == {"no_form": 1, "official_refused": 1, "over_income": 1, "not_extremely_poor": 1}
    assert flow.broken() == ()
    assert (flow.satang_in, flow.satang_out, flow.held) == (0, 0, {})


def test_screened_and_poor_are_told_apart_from_extremely_poor(hall: Hall) -> None:
    people = [
        hall.pupil(None),
        hall.pupil(POOR, refused=True),
        hall.pupil(OVER),
        hall.pupil(BARE),
        hall.pupil(POOR),
    ]
    hall.fix(by_score(1))
    hall.assess()
    rows = fetch("SELECT person_id, screened, poor, extremely_poor FROM assessment")
    assert {person: tuple(flags) for person, *flags in rows} == {
        people[0]: (False, False, False),
        people[1]: (False, False, False),
        people[2]: (True, False, False),
        people[3]: (True, True, False),
        people[4]: (True, True, True),
    }


def test_a_decision_keeps_all_that_it_used(hall: Hall) -> None:
    person = hall.pupil(replace(POOR, toilet=False, members=3, income_satang=123_456))
    hall.fix()
    hall.assess()
    (row,) = fetch(
        'SELECT form_no, score, income_satang, members, lottery, policy_sha256, as_of, "group", level, province'
        " FROM assessment"
    )
    lot = decide(Facts(round=str(ROUND), seed=POLICY.lottery_seed, form_no=hall.forms[person])).lottery
    assert row == (
        hall.forms[person], 150_000, 123_456, 3, lot, POLICY.sha256, ASSESSED, "new", "primary", "81",
    )  # fmt: skip


def test_a_second_run_changes_nothing_and_gives_the_same_flow(hall: Hall) -> None:
    for each in (None, POOR, OVER, BARE):
        hall.pupil(each)
    hall.fix(by_score(100_000))
    first = hall.assess()
    before = fetch("SELECT * FROM assessment ORDER BY person_id")
    assert hall.assess() == first
    assert fetch("SELECT * FROM assessment ORDER BY person_id") == before
    assert one("SELECT count(*) FROM fate") == 3


def test_a_unit_that_was_begun_again_after_it_was_killed_decides_everybody_once(hall: Hall) -> None:
    for _ in range(6):
        hall.pupil(POOR)
    hall.fix(quota(50))
    with transaction.atomic():
        hall.assess(policy=quota(50))
        transaction.set_rollback(True)
    assert one("SELECT count(*) FROM assessment") == 0
    assert hall.fix(quota(50)).places == 3
    flow = hall.assess(policy=quota(50))
    assert (flow.out, one("SELECT count(*) FROM assessment")) == (3, 6)


def test_the_law_is_broken_where_a_pupil_is_given_who_was_decided_elsewhere(hall: Hall) -> None:
    """What came in is counted from what was given, not from what was written."""
    hall.pupil(POOR)
    hall.fix()
    hall.assess()
    hall.listed.append(hall.listed[0])
    assert hall.assess().broken() == ("rows",)


def test_nobody_is_decided_before_the_cutoff_is_fixed(hall: Hall) -> None:
    hall.pupil(POOR)
    with pytest.raises(Refusal) as refused:
        hall.assess()
    assert refused.value.problem.name == "cutoff_not_fixed"


def test_nobody_is_decided_by_another_policy_than_the_cutoffs(hall: Hall) -> None:
    hall.pupil(POOR)
    hall.fix()
    with pytest.raises(Refusal) as refused:
        hall.assess(policy=for_round(Term(2564, 1)))
    assert refused.value.problem.name == "cutoff_of_another_policy"


def test_each_province_decides_its_own(hall: Hall) -> None:
    here, there = hall.pupil(POOR), hall.pupil(POOR, school="92010001")
    hall.fix(by_score(0))
    assert hall.assess("81").out == 1
    assert set(reasons("assessment")) == {here}
    assert hall.assess("92").out == 1
    assert set(reasons("assessment")) == {here, there}


def test_a_province_without_members_has_an_empty_flow(hall: Hall) -> None:
    hall.fix()
    flow = hall.assess("92")
    assert (flow.in_, flow.out, dict(flow.dropped)) == (0, 0, {})


def test_a_form_of_another_round_is_no_form(hall: Hall) -> None:
    person = hall.pupil(None)
    hall.form(person, POOR, round=Term(2564, 1))
    hall.fix(by_score(0))
    hall.assess()
    assert reasons("assessment") == {person: "no_form"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessment SET reason = NULL",
        "DELETE FROM assessment",
        "UPDATE assessment SET extremely_poor = true",
    ],
)
def test_a_decision_is_neither_changed_nor_taken_back(hall: Hall, statement: str) -> None:
    hall.pupil(POOR)
    hall.fix()
    hall.assess()
    with pytest.raises(DatabaseError), transaction.atomic():
        execute(statement)


@pytest.mark.parametrize(
    "wrong",
    [
        "'new', true, true, true, 'no_form'",
        "'new', true, true, false, NULL",
        "'new', true, false, true, NULL",
        "'new', true, true, false, 'over_income'",
        "'new', true, true, false, 'because'",
        "'other', true, true, true, NULL",
    ],
)
def test_the_database_refuses_a_decision_that_contradicts_itself_or_has_no_cutoff(
    hall: Hall, wrong: str
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        decide_past_the_service(hall, wrong)


def test_the_database_takes_a_decision_that_holds_together(hall: Hall) -> None:
    decide_past_the_service(hall, "'new', true, true, true, NULL")
    assert list(reasons("assessment").values()) == [None]


def decide_past_the_service(hall: Hall, said: str) -> None:
    person = hall.pupil(POOR)
    hall.fix()
    execute(
        'INSERT INTO assessment (round, person_id, form_no, school_id, agency, grade, level, province, "group",'
        " screened, poor, extremely_poor, reason, refused, score, income_satang, members, lottery,"
        " policy_sha256, as_of, recorded_by)"
        " SELECT '2563-2', %(person)s, '25632-81010001-0001', %(school)s, 'obec', 'ป.1', 'primary', '81',"
        f" {said}, false, 0, 0, 4, '', '', '2021-01-15', 'test'",
        person=person,
        school=hall.school(),
    )
