"""Step certify: a committee that met as it must speaks for its pupils; nobody takes a place that is lost."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from takhai.platform.sets import execute, fetch
from tests.benefits.town import one
from tests.screening.cases import BARE
from tests.screening.hall import CERTIFIED, POLICY, Hall, by_score, fated, quota, reasons

WINDOW = POLICY.window("certify", "new")


def test_the_reason_of_each_who_does_not_go_on(hall: Hall) -> None:
    certified, refused, unmentioned = hall.list_of(BARE, BARE, BARE)
    hall.take_meetings(hall.meeting())
    hall.take_results([hall.word(certified), hall.word(refused, "refused", "มีรายได้ประจำ")])
    flow = hall.close()
    assert reasons("certification") == {
        certified: None,
        refused: "committee_refused",
        unmentioned: "no_committee_result",
    }
    assert fated("certify") == {refused: "committee_refused", unmentioned: "no_committee_result"}
    assert (flow.in_, flow.out) == (3, 1)
    assert flow.dropped == {"committee_refused": 1, "no_committee_result": 1}
    assert flow.broken() == ()


@pytest.mark.parametrize(
    ("meeting", "counts"),
    [
        pytest.param({}, True, id="a meeting as it must be"),
        pytest.param({"members": 2, "present": 2}, False, id="two members are no committee"),
        pytest.param({"members": 3, "present": 3}, True, id="three members are one"),
        pytest.param({"members": 6, "present": 3}, True, id="half of the members are enough"),
        pytest.param({"members": 5, "present": 2}, False, id="less than half are not"),
        pytest.param({"members": 7, "present": 0}, False, id="nobody came"),
        pytest.param({"met_on": WINDOW.opens, "signed_on": WINDOW.opens}, True, id="on the first day"),
        pytest.param({"met_on": WINDOW.closes, "signed_on": WINDOW.closes}, True, id="on the last day"),
        pytest.param({"met_on": WINDOW.opens - timedelta(1)}, False, id="held before the window"),
        pytest.param({"signed_on": WINDOW.until}, False, id="signed after it"),
        pytest.param({"met_on": WINDOW.until, "signed_on": WINDOW.until}, False, id="held after it"),
        pytest.param({"met_on": date(2021, 2, 5)}, False, id="signed before it was held"),
    ],
)
def test_a_meeting_counts_with_enough_members_present_in_its_time(
    hall: Hall, meeting: dict[str, object], counts: bool
) -> None:
    (person,) = hall.list_of(BARE)
    hall.take_meetings(hall.meeting(**meeting))  # type: ignore[arg-type]
    hall.take_results([hall.word(person)])
    flow = hall.close()
    assert flow.out == (1 if counts else 0)
    assert reasons("certification") == {person: None if counts else "no_quorum"}


def test_the_word_of_a_committee_without_a_quorum_does_not_refuse_either(hall: Hall) -> None:
    said, unsaid = hall.list_of(BARE, BARE)
    hall.take_meetings(hall.meeting(present=1))
    hall.take_results([hall.word(said, "refused", "รวย")])
    hall.close()
    assert reasons("certification") == {said: "no_quorum", unsaid: "no_committee_result"}


def test_a_school_that_sent_no_meeting_has_no_quorum(hall: Hall) -> None:
    (person,) = hall.list_of(BARE)
    hall.take_results([hall.word(person)])
    hall.close()
    assert reasons("certification") == {person: "no_quorum"}


def test_a_meeting_of_one_school_does_not_speak_for_another(hall: Hall) -> None:
    here, there = hall.pupil(BARE), hall.pupil(BARE, school="81010002")
    hall.fix(by_score(0))
    hall.assess()
    hall.take_meetings(hall.meeting("81010001"))
    hall.take_results([hall.word(here), hall.word(there, school="81010002")])
    assert hall.close().dropped == {"no_quorum": 1}
    assert reasons("certification") == {here: None, there: "no_quorum"}


def test_only_those_whom_assess_let_go_on_come_in(hall: Hall) -> None:
    people = [hall.pupil(BARE) for _ in range(9)] + [hall.pupil(None)]
    hall.fix(quota(34))
    assessed = hall.assess(policy=quota(34))
    assert assessed.out == 3
    flow = hall.close()
    assert flow.in_ == assessed.out
    assert len(reasons("certification")) == 3
    assert set(reasons("certification")) <= set(people)


def test_a_place_that_is_lost_is_not_given_to_the_next(hall: Hall) -> None:
    for _ in range(10):
        hall.pupil(BARE)
    hall.fix()
    hall.assess()
    hall.close()
    assert hall.assess().out == 2
    assert one("SELECT count(*) FROM assessment WHERE extremely_poor") == 2
    assert one("SELECT count(*) FROM certification") == 2


def test_a_second_run_changes_nothing_and_gives_the_same_flow(hall: Hall) -> None:
    people = hall.list_of(BARE, BARE, BARE)
    hall.take_meetings(hall.meeting())
    hall.take_results([hall.word(people[0]), hall.word(people[1], "refused", "รวย")])
    first = hall.close()
    before = fetch("SELECT * FROM certification ORDER BY person_id")
    assert hall.close() == first
    assert fetch("SELECT * FROM certification ORDER BY person_id") == before
    assert len(fated("certify")) == 2


def test_a_unit_that_was_begun_again_after_it_was_killed_leaves_the_committees_word_open(hall: Hall) -> None:
    (person,) = hall.list_of(BARE)
    hall.take_meetings(hall.meeting())
    with transaction.atomic():
        hall.close()
        transaction.set_rollback(True)
    assert hall.take_results([hall.word(person)]).done == 1
    assert hall.close().out == 1


def test_each_province_closes_its_own(hall: Hall) -> None:
    here, there = hall.pupil(BARE), hall.pupil(BARE, school="92010001")
    hall.fix(by_score(0))
    hall.assess("81")
    hall.assess("92")
    hall.take_meetings([*hall.meeting(), *hall.meeting("92010001")])
    hall.take_results([hall.word(here), hall.word(there, school="92010001")])
    assert hall.close("81").out == 1
    assert set(reasons("certification")) == {here}
    assert hall.close("92").out == 1


def test_a_certification_keeps_what_it_used(hall: Hall) -> None:
    (person,) = hall.list_of(BARE)
    hall.take_meetings(hall.meeting())
    hall.take_results([hall.word(person)])
    hall.close()
    assert fetch("SELECT form_no, result, met, policy_sha256, as_of, province FROM certification") == [
        (hall.forms[person], "certified", True, POLICY.sha256, CERTIFIED, "81")
    ]


@pytest.mark.parametrize("statement", ["UPDATE certification SET reason = NULL", "DELETE FROM certification"])
def test_what_was_certified_is_neither_changed_nor_taken_back(hall: Hall, statement: str) -> None:
    hall.list_of(BARE)
    hall.close()
    with pytest.raises(DatabaseError), transaction.atomic():
        execute(statement)


@pytest.mark.parametrize(
    ("stranger", "said"),
    [
        (True, "'certified', true, NULL"),
        (False, "NULL, true, NULL"),
        (False, "'refused', true, NULL"),
        (False, "'certified', false, NULL"),
        (False, "'certified', true, 'because'"),
    ],
)
def test_the_database_refuses_to_certify_who_is_not_listed_or_whose_committee_did_not_say_so(
    hall: Hall, stranger: bool, said: str
) -> None:
    dropped = hall.pupil(BARE, refused=True)
    (listed,) = hall.list_of(BARE)
    with pytest.raises(DatabaseError), transaction.atomic():
        certify(hall, dropped if stranger else listed, said)


def test_the_database_takes_who_is_listed_and_was_certified(hall: Hall) -> None:
    (listed,) = hall.list_of(BARE)
    certify(hall, listed, "'certified', true, NULL")
    assert reasons("certification") == {listed: None}


def certify(hall: Hall, person: UUID, said: str) -> None:
    """A certification past the service."""
    execute(
        'INSERT INTO certification (round, person_id, form_no, school_id, "group", province, result, met, reason,'
        " policy_sha256, as_of, recorded_by)"
        f" SELECT '2563-2', %(person)s, %(form)s, %(school)s, 'new', '81', {said}, '', '2021-02-12', 'test'",
        person=person,
        form=hall.forms[person],
        school=hall.school(),
    )
