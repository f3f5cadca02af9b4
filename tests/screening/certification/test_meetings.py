"""Meetings of committees (form นร.05): signed once, members masked, nothing added later."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from takhai.platform.problems import Refusal
from takhai.platform.sets import execute, fetch
from takhai.platform.types import Outcome
from tests.benefits.town import one
from tests.screening.cases import BARE
from tests.screening.hall import MET, SIGNED, Hall

SCHOOL = "81010001"


@pytest.fixture
def listed(hall: Hall) -> Hall:
    """A hall with one pupil on the list of a school."""
    hall.list_of(BARE)
    return hall


def test_a_meeting_is_kept_with_its_members(listed: Hall) -> None:
    outcome = listed.take_meetings(listed.meeting(members=5, present=3))
    assert outcome == Outcome(done=5)
    assert fetch("SELECT met_on, signed_on, members, present FROM meeting") == [(MET, SIGNED, 5, 3)]
    rows = fetch("SELECT member_no, name, number_masked, present FROM meeting_member ORDER BY member_no")
    assert rows[0] == (1, "กรรมการ ที่0", "3-8100-xxxxx-12-3", True)
    assert [row[3] for row in rows] == [True, True, True, False, False]


@pytest.mark.parametrize(
    "number",
    [
        "3810000000123",
        "3-8100-00000-12-3",
        "3 8100 00000 12 3",
        "๓๘๑๐๐๐๐๐๐๐๑๒๓",
        "G810000000012",
        "3-8100-xxxxx-12",
        "38100xxxxx123",
        "xxxxx",
        "",
    ],
)
def test_a_number_that_is_not_masked_refuses_the_row_and_is_kept_nowhere(listed: Hall, number: str) -> None:
    rows = [list(row) for row in listed.meeting(members=4)]
    rows[0][6] = number
    outcome = listed.take_meetings(rows)
    assert (outcome.done, dict(outcome.refused)) == (3, {"number_not_masked": 1})
    assert one("SELECT members FROM meeting") == 3
    assert one("SELECT count(*) FROM meeting_member WHERE number_masked !~ 'x'") == 0


@pytest.mark.parametrize("number", ["3-8100-xxxxx-12-3", "G-8100-xxxxxx-12"])
def test_the_masks_that_we_show_ourselves_are_taken(listed: Hall, number: str) -> None:
    rows = [list(row) for row in listed.meeting(members=3)]
    rows[0][6] = number
    assert listed.take_meetings(rows).done == 3


def test_the_same_file_again_changes_nothing(listed: Hall) -> None:
    rows = listed.meeting()
    listed.take_meetings(rows)
    assert listed.take_meetings(rows, "again") == Outcome(done=0, same=5)
    assert one("SELECT count(*) FROM meeting_member") == 5


def test_a_signed_meeting_neither_gains_nor_changes_a_member(listed: Hall) -> None:
    listed.take_meetings(listed.meeting(members=3, present=1))
    more = listed.meeting(members=5, present=5)
    outcome = listed.take_meetings(more, "more")
    # The first of the five says what stands; the second and third say otherwise, two are new.
    assert (outcome.done, outcome.same, dict(outcome.refused)) == (0, 1, {"meeting_signed": 4})
    assert fetch("SELECT members, present FROM meeting") == [(3, 1)]


def test_rows_of_an_unknown_school_are_refused(listed: Hall) -> None:
    outcome = listed.take_meetings(listed.meeting("99999999", members=3))
    assert dict(outcome.refused) == {"school_unknown": 3}
    assert one("SELECT count(*) FROM meeting") == 0


def test_a_row_with_other_days_than_the_schools_first_is_refused(listed: Hall) -> None:
    rows = [*listed.meeting(members=3), *listed.meeting(members=4, met_on=date(2021, 2, 1))[3:]]
    outcome = listed.take_meetings(rows)
    assert (outcome.done, dict(outcome.refused)) == (3, {"meeting_days_differ": 1})


def test_two_members_of_one_number_are_one(listed: Hall) -> None:
    rows = [list(row) for row in listed.meeting(members=3)]
    other = [*rows[1][:4], "กรรมการ อีกคน", *rows[1][5:]]
    outcome = listed.take_meetings([*rows, other, rows[2]])
    assert (outcome.done, outcome.same) == (3, 1)
    assert dict(outcome.refused) == {"meeting_member_repeated": 1}
    assert one("SELECT name FROM meeting_member WHERE member_no = 2") == "กรรมการ ที่1"


def test_schools_meet_apart(listed: Hall) -> None:
    listed.school("81010002")
    rows = [*listed.meeting(members=3), *listed.meeting("81010002", members=4, met_on=date(2021, 2, 9))]
    assert listed.take_meetings(rows).done == 7
    assert sorted(fetch("SELECT members FROM meeting")) == [(3,), (4,)]


@pytest.mark.parametrize("bad", [(4, ""), (3, "0"), (3, "หนึ่ง"), (1, "2021-02-30"), (7, "maybe")])
def test_a_bad_row_is_one_refusal_and_the_rest_goes_on(listed: Hall, bad: tuple[int, str]) -> None:
    at, text = bad
    rows = [list(row) for row in listed.meeting(members=3)]
    rows[1][at] = text
    outcome = listed.take_meetings(rows)
    assert outcome.done == 2
    assert sum(outcome.refused.values()) == 1


def test_a_file_without_a_good_row_is_refused_while_a_committee_is_asked(listed: Hall) -> None:
    with pytest.raises(Refusal) as refused:
        listed.take_meetings([])
    assert refused.value.problem.name == "committee_says_nothing"


def test_an_empty_file_is_an_answer_where_nobody_is_asked(hall: Hall) -> None:
    hall.school()
    assert hall.take_meetings([]) == Outcome(done=0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE meeting SET present = members",
        "DELETE FROM meeting",
        "UPDATE meeting_member SET present = true",
        "DELETE FROM meeting_member",
        'INSERT INTO meeting_member (round, "group", school_id, member_no, name, position, number_masked, present,'
        " row_sha, file_sha, row_no, recorded_by) SELECT round, \"group\", school_id, 9, '', '', 'x', true, '', '', 9,"
        " 'test' FROM meeting",
        'INSERT INTO meeting_member (round, "group", school_id, member_no, name, position, number_masked, present,'
        " row_sha, file_sha, row_no, recorded_by) SELECT '2564-1', \"group\", school_id, 9, '', '', 'x', true, '', '',"
        " 9, 'test' FROM meeting",
    ],
)
def test_the_database_refuses_to_change_a_signed_meeting(listed: Hall, statement: str) -> None:
    listed.take_meetings(listed.meeting(present=1))
    with pytest.raises(DatabaseError), transaction.atomic():
        execute(statement)


def test_a_meeting_after_the_close_is_not_taken(listed: Hall) -> None:
    listed.close()
    outcome = listed.take_meetings(listed.meeting(members=3))
    assert dict(outcome.refused) == {"meeting_after_close": 3}
    with pytest.raises(DatabaseError), transaction.atomic():
        execute(
            'INSERT INTO meeting (round, "group", school_id, met_on, signed_on, members, present, file_sha, row_no,'
            " recorded_by) VALUES ('2563-2', 'new', %(school)s, '2021-02-03', '2021-02-03', 3, 3, '', 1, 'test')",
            school=listed.school(SCHOOL),
        )
