"""The committee's word on each pupil: only of its list, the first stands, a refusal says why, and in time."""

import pytest
from django.db import DatabaseError, transaction

from takhai.platform.problems import Refusal
from takhai.platform.sets import execute, fetch
from takhai.platform.types import Outcome
from takhai.screening.queries.summary import exceptions
from tests.benefits.town import ROUND, one
from tests.screening.cases import BARE
from tests.screening.hall import Hall, by_score, not_taken


def stands() -> dict[object, object]:
    return dict(fetch("SELECT form_no, result FROM committee_result"))  # type: ignore[arg-type]


def test_a_word_on_each_pupil_of_the_list_is_kept(hall: Hall) -> None:
    one_pupil, other = hall.list_of(BARE, BARE)
    outcome = hall.take_results([hall.word(one_pupil), hall.word(other, "refused", "ย้ายบ้าน")])
    assert outcome == Outcome(done=2)
    assert stands() == {hall.forms[one_pupil]: "certified", hall.forms[other]: "refused"}
    assert one("SELECT reason FROM committee_result WHERE result = 'refused'") == "ย้ายบ้าน"


def test_a_word_on_a_pupil_who_is_not_on_the_list_is_counted_and_never_taken(hall: Hall) -> None:
    unassessed = hall.pupil(BARE, school="92010001")
    (listed,) = hall.list_of(BARE)
    hall.school("81010002")
    rows = [
        hall.word(listed),
        hall.word(unassessed, school="92010001"),  # a form that nobody has decided
        ("25632-81010001-9999", "81010001", "certified", ""),  # a form that nobody has sent
        hall.word(listed, school="81010002"),  # another school's committee
        hall.word(listed, school="99999999"),  # no school at all
    ]
    outcome = hall.take_results(rows)
    assert (outcome.done, dict(outcome.refused)) == (1, {"not_expected": 4})
    assert stands() == {hall.forms[listed]: "certified"}


def test_a_pupil_who_dropped_at_assess_is_not_on_the_list(hall: Hall) -> None:
    dropped = hall.pupil(BARE, refused=True)
    hall.pupil(BARE)
    hall.fix(by_score(0))
    hall.assess()
    assert dict(hall.take_results([hall.word(dropped)]).refused) == {"not_expected": 1}


@pytest.mark.parametrize("files", [1, 2])
def test_the_first_word_stands_and_another_is_counted(hall: Hall, files: int) -> None:
    (person,) = hall.list_of(BARE)
    first, second = [hall.word(person)], [hall.word(person, "refused", "รวยแล้ว")]
    if files == 1:
        outcome = hall.take_results([*first, *second])
        assert (outcome.done, dict(outcome.refused)) == (1, {"verdict_repeated": 1})
    else:
        hall.take_results(first)
        assert dict(hall.take_results(second, "second").refused) == {"verdict_repeated": 1}
    assert stands() == {hall.forms[person]: "certified"}


def test_the_same_word_again_changes_nothing(hall: Hall) -> None:
    (person,) = hall.list_of(BARE)
    assert hall.take_results([hall.word(person)] * 3) == Outcome(done=1, same=2)
    assert hall.take_results([hall.word(person)], "again") == Outcome(done=0, same=1)
    assert not_taken() == []


def test_a_refusal_without_a_reason_is_no_word(hall: Hall) -> None:
    (person,) = hall.list_of(BARE)
    outcome = hall.take_results([hall.word(person, "refused")])
    assert (outcome.done, dict(outcome.refused)) == (0, {"verdict_without_reason": 1})
    assert hall.take_results([hall.word(person)], "mended").done == 1
    assert stands() == {hall.forms[person]: "certified"}


def test_the_word_after_one_without_reason_is_the_first(hall: Hall) -> None:
    (person,) = hall.list_of(BARE)
    outcome = hall.take_results([hall.word(person, "refused", "  "), hall.word(person)])
    assert (outcome.done, dict(outcome.refused)) == (1, {"verdict_without_reason": 1})


def test_exceptions_are_counted_by_reason_with_zeros_and_the_same_file_counts_once(hall: Hall) -> None:
    person, other = hall.list_of(BARE, BARE)
    rows = [
        hall.word(person),
        hall.word(person, "refused", "เปลี่ยนใจ"),
        hall.word(other, "refused"),
        ("25632-81010001-9999", "81010001", "certified", ""),
        ("25632-81010001-9999", "81010001", "certified", ""),
    ]
    hall.take_results(rows)
    counted = {
        "not_expected": 2,
        "verdict_repeated": 1,
        "verdict_without_reason": 1,
        "verdict_after_signing": 0,
    }
    assert exceptions(round=ROUND) == counted
    again = hall.take_results(rows, "again")
    assert (again.done, again.same) == (0, 1)
    assert exceptions(round=ROUND) == counted


def test_a_round_without_committees_names_every_exception(hall: Hall) -> None:
    assert exceptions(round=ROUND) == {
        "not_expected": 0,
        "verdict_repeated": 0,
        "verdict_without_reason": 0,
        "verdict_after_signing": 0,
    }


def test_what_comes_after_the_close_is_counted_and_never_taken(hall: Hall) -> None:
    person, other = hall.list_of(BARE, BARE)
    hall.take_meetings(hall.meeting())
    hall.take_results([hall.word(other)])
    hall.close()
    outcome = hall.late([hall.word(person), hall.word(other, "refused", "สายไป")])
    assert (outcome.done, dict(outcome.refused)) == (0, {"verdict_after_signing": 2})
    assert stands() == {hall.forms[other]: "certified"}
    assert exceptions(round=ROUND)["verdict_after_signing"] == 2
    hall.late([hall.word(person), hall.word(other, "refused", "สายไป")], "again")
    assert exceptions(round=ROUND)["verdict_after_signing"] == 2


def test_late_rows_do_not_count_as_anything_else(hall: Hall) -> None:
    """Not on the list, without a reason, repeated: it came too late, and nobody looked."""
    (person,) = hall.list_of(BARE)
    hall.close()
    rows = [
        ("25632-81010001-9999", "81010001", "certified", ""),
        hall.word(person, "refused"),
        hall.word(person),
    ]
    assert dict(hall.late(rows).refused) == {"verdict_after_signing": 3}


def test_an_empty_file_after_the_close_is_no_trouble(hall: Hall) -> None:
    hall.list_of(BARE)
    hall.close()
    assert hall.late([]) == Outcome(done=0)


def test_a_word_for_a_school_that_is_closed_while_others_still_wait_is_too_late(hall: Hall) -> None:
    """A run that was stopped between two provinces finds new answers when it goes on."""
    here = hall.pupil(BARE)
    there = hall.pupil(BARE, school="92010001")
    hall.fix(by_score(0))
    hall.assess("81")
    hall.assess("92")
    hall.close("81")
    outcome = hall.take_results([hall.word(here), hall.word(there, school="92010001")])
    assert (outcome.done, dict(outcome.refused)) == (1, {"verdict_after_signing": 1})


@pytest.mark.parametrize("bad", [(0, "25632-8101-1"), (0, ""), (1, "โรงเรียน"), (2, "maybe"), (2, "")])
def test_a_bad_row_is_one_refusal_and_the_rest_goes_on(hall: Hall, bad: tuple[int, str]) -> None:
    at, text = bad
    person, other = hall.list_of(BARE, BARE)
    broken = list(hall.word(other))
    broken[at] = text
    outcome = hall.take_results([hall.word(person), broken])
    assert outcome.done == 1
    assert sum(outcome.refused.values()) == 1
    assert not_taken() == []


def test_a_file_without_a_good_row_is_refused_while_a_committee_is_asked(hall: Hall) -> None:
    hall.list_of(BARE)
    with pytest.raises(Refusal) as refused:
        hall.take_results([])
    assert refused.value.problem.name == "committee_says_nothing"


INSERT = (
    'INSERT INTO committee_result (round, form_no, "group", school_id, result, reason, row_sha, file_sha, row_no,'
    " recorded_by) SELECT '2563-2', %(form)s, 'new', %(school)s, {said}, '', '', 1, 'test'"
)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE committee_result SET result = 'certified'",
        "DELETE FROM committee_result",
        INSERT.format(said="'certified', ''"),
    ],
)
def test_the_database_refuses_to_change_a_word_or_to_add_a_second(hall: Hall, statement: str) -> None:
    (person,) = hall.list_of(BARE)
    hall.take_results([hall.word(person, "refused", "รวย")])
    with pytest.raises(DatabaseError), transaction.atomic():
        execute(statement, form=hall.forms[person], school=hall.school())


@pytest.mark.parametrize("said", ["'refused', ''", "'perhaps', 'x'"])
def test_the_database_refuses_a_refusal_without_a_reason(hall: Hall, said: str) -> None:
    (person,) = hall.list_of(BARE)
    with pytest.raises(DatabaseError), transaction.atomic():
        execute(INSERT.format(said=said), form=hall.forms[person], school=hall.school())


def test_the_database_refuses_a_word_on_a_pupil_who_is_not_on_the_schools_list(hall: Hall) -> None:
    stranger = hall.pupil(BARE, refused=True)
    (person,) = hall.list_of(BARE)
    for form, school in (
        (hall.forms[stranger], hall.school()),
        (hall.forms[person], hall.school("81010002")),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            execute(INSERT.format(said="'certified', ''"), form=form, school=school)


def test_the_database_refuses_a_word_after_the_close(hall: Hall) -> None:
    (person,) = hall.list_of(BARE)
    hall.close()
    with pytest.raises(DatabaseError), transaction.atomic():
        execute(INSERT.format(said="'certified', ''"), form=hall.forms[person], school=hall.school())
