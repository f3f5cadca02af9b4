"""Attendance comes in by month: every refusal, the first good row, the same file, a pupil who moves."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest

from takhai.platform.problems import Refusal, find
from takhai.platform.sets import fetch
from takhai.platform.types import Outcome
from takhai.thai.calendar import Term
from tests.benefits.town import LATER
from tests.classroom.school import AWAY, EMPTY, HOME, School, attended, citizen, counts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil(school: School) -> UUID:
    """A pupil of a school that was open 20 days a month; a second school is there and open too."""
    (person,) = school.class_of()
    school.open()
    school.open(school=AWAY, days=18)
    return person


def row(school: School, person: UUID, **changed: object) -> list[object]:
    cells: dict[str, object] = {
        "identifier": school.number_of(person),
        "school_code": HOME,
        "month": "2020-11",
        "days_present": 18,
        "sick_leave": 1,
        "personal_leave": 0,
    }
    return list((cells | changed).values())


def kept() -> list[tuple[object, ...]]:
    return fetch(
        "SELECT month, days_present, sick_leave, personal_leave FROM attendance_month ORDER BY person_id, month"
    )


def test_a_good_row_is_kept_with_leave_apart(school: School, pupil: UUID) -> None:
    assert school.send("attendance", row(school, pupil)) == Outcome(done=1)
    assert kept() == [(date(2020, 11, 1), 18, 1, 0)]


REFUSED = [
    ("text_unclean", {"month": "2020\x0111"}),
    ("text_unclean", {"identifier": "\x01", "month": "no month"}),
    ("pupil_unknown", {"identifier": citizen(777)}),
    ("pupil_unknown", {"identifier": "12345"}),
    ("pupil_unknown", {"identifier": ""}),
    ("pupil_unknown", {"identifier": "12345", "school_code": EMPTY, "month": "x", "days_present": "x"}),
    ("school_unknown", {"school_code": EMPTY}),
    ("school_unknown", {"school_code": "8101"}),
    ("school_unknown", {"school_code": EMPTY, "month": "2020-13"}),
    ("month_unreadable", {"month": "2020-13"}),
    ("month_unreadable", {"month": "2563-11"}),
    ("month_unreadable", {"month": "พ.ย. 63"}),
    ("month_unreadable", {"month": "2020-11-01"}),
    ("month_unreadable", {"month": "", "days_present": ""}),
    ("month_outside_term", {"month": "2020-10"}),
    ("month_outside_term", {"month": "2021-05", "days_present": "many"}),
    ("days_unreadable", {"days_present": "18.5"}),
    ("days_unreadable", {"days_present": "-1"}),
    ("days_unreadable", {"sick_leave": ""}),
    ("days_unreadable", {"personal_leave": "x", "school_code": AWAY}),
    ("not_enrolled", {"school_code": AWAY}),
    ("not_enrolled", {"school_code": AWAY, "days_present": 31}),
    ("school_days_missing", {"month": "2021-04"}),
    ("days_over_open", {"days_present": 20, "sick_leave": 1}),
    ("days_over_open", {"days_present": 0, "sick_leave": 10, "personal_leave": 11}),
    ("days_over_open", {"days_present": 45}),
]


@pytest.mark.parametrize(("reason", "changed"), REFUSED)
def test_a_bad_row_is_refused_by_the_first_reason_that_holds_and_the_rest_goes_on(
    school: School, pupil: UUID, reason: str, changed: dict[str, object]
) -> None:
    good = row(school, pupil, month="2020-12")
    assert school.send("attendance", row(school, pupil, **changed), good) == Outcome(
        done=1, refused={reason: 1}
    )
    assert kept() == [(date(2020, 12, 1), 18, 1, 0)]
    assert counts_of("attendance") == {"rows": 2, "taken": 1, "refused": {reason: 1}}
    assert find(reason).th


def test_a_row_of_another_width_is_malformed(school: School, pupil: UUID) -> None:
    outcome = school.send("attendance", row(school, pupil)[:-1], [*row(school, pupil), "one more"])
    assert outcome == Outcome(done=0, refused={"row_malformed": 2})


def test_a_cut_line_is_malformed(school: School, pupil: UUID) -> None:
    path = school.file("attendance", row(school, pupil))
    path.write_text(path.read_text("utf-8") + '"1810', "utf-8")
    assert school.take("attendance", path) == Outcome(done=1, refused={"row_malformed": 1})


@pytest.mark.parametrize(
    "changed",
    [
        {"days_present": 20, "sick_leave": 0},
        {"days_present": 0, "sick_leave": 0},
        {"days_present": 0, "sick_leave": 10, "personal_leave": 10},
        {"month": "2021-03"},
        {"identifier": " "},
        {"days_present": "๑๘"},
        {"days_present": "18.0"},
    ],
)
def test_what_stands_at_a_bound_or_is_written_otherwise_is_good(
    school: School, pupil: UUID, changed: dict[str, object]
) -> None:
    if "identifier" in changed:
        changed = {"identifier": f" {school.number_of(pupil)} "}
    assert school.send("attendance", row(school, pupil, **changed)) == Outcome(done=1)


def test_a_number_may_be_written_with_dashes(school: School, pupil: UUID) -> None:
    plain = school.number_of(pupil)
    dashed = f"{plain[0]}-{plain[1:5]}-{plain[5:10]}-{plain[10:12]}-{plain[12]}"
    assert school.send("attendance", row(school, pupil, identifier=dashed)).done == 1


def test_of_several_rows_of_a_key_the_first_good_one_stands(school: School, pupil: UUID) -> None:
    outcome = school.send(
        "attendance",
        row(school, pupil, days_present=99),
        row(school, pupil, days_present=11),
        row(school, pupil, days_present=12),
        row(school, pupil, days_present=11),
    )
    assert outcome == Outcome(done=1, refused={"attendance_repeated": 2, "days_over_open": 1})
    assert [each[1] for each in kept()] == [11]


def test_a_later_file_does_not_change_what_stands(school: School, pupil: UUID) -> None:
    school.send("attendance", row(school, pupil))
    later = school.send("attendance", row(school, pupil, days_present=2), row(school, pupil, month="2020-12"))
    assert later == Outcome(done=1, refused={"attendance_repeated": 1})
    assert [each[1] for each in kept()] == [18, 18]
    assert counts_of("attendance") == {"rows": 3, "taken": 2, "refused": {"attendance_repeated": 1}}


def test_the_same_file_again_changes_nothing_and_counts_the_same(school: School, pupil: UUID) -> None:
    path = school.file("attendance", row(school, pupil), row(school, pupil), row(school, pupil, month="x"))
    refused = {"attendance_repeated": 1, "month_unreadable": 1}
    assert school.take("attendance", path) == Outcome(done=1, refused=refused)
    before = counts_of("attendance")
    assert school.take("attendance", path) == Outcome(done=0, same=1, refused=refused)
    assert counts_of("attendance") == before
    assert len(kept()) == 1


def test_the_same_file_under_another_name_is_the_same_file(school: School, pupil: UUID) -> None:
    rows: Sequence[Sequence[object]] = [row(school, pupil)]
    school.send("attendance", *rows)
    assert school.send("attendance", *rows) == Outcome(done=0, same=1)


def test_a_row_that_came_before_its_school_days_is_taken_from_a_new_file(school: School, pupil: UUID) -> None:
    early = row(school, pupil, month="2021-04", days_present=3)
    assert school.send("attendance", early).refused == {"school_days_missing": 1}
    school.open(months=["2021-04"])
    assert school.send("attendance", early) == Outcome(done=0, refused={"school_days_missing": 1})
    assert school.send("attendance", early, row(school, pupil)).done == 2


def test_a_file_of_another_kind_is_refused_and_nothing_is_kept(school: School, pupil: UUID) -> None:
    path = school.file("growth")
    with pytest.raises(Refusal) as refused:
        school.take("attendance", path)
    assert refused.value.name in {"header_missing", "header_not_found"}
    assert counts_of("attendance")["rows"] == 0


def test_a_file_without_rows_says_nothing(school: School, pupil: UUID) -> None:
    assert school.send("attendance") == Outcome(done=0)
    assert counts_of("attendance") == {"rows": 0, "taken": 0, "refused": {}}


def test_no_number_of_the_file_is_kept(school: School, pupil: UUID) -> None:
    number = citizen(777)
    school.send("attendance", row(school, pupil), row(school, pupil, identifier=number))
    for table in ("attendance_month", "class_refusal", "class_file"):
        said = str(fetch(f"SELECT t::text FROM {table} t"))
        assert number not in said
        assert school.number_of(pupil) not in said


def test_whoever_moves_in_mid_term_has_rows_of_both_schools(school: School, pupil: UUID) -> None:
    school.leave(pupil, on=date(2021, 1, 15))
    school.enrol(pupil, school=AWAY, since=date(2021, 1, 15))
    outcome = school.send(
        "attendance",
        row(school, pupil, month="2020-11", days_present=20, sick_leave=0),
        row(school, pupil, month="2021-01", days_present=7),
        row(school, pupil, month="2021-01", school_code=AWAY, days_present=8, personal_leave=2),
        row(school, pupil, month="2021-02", school_code=AWAY, days_present=17),
    )
    assert outcome == Outcome(done=4)
    assert attended(pupil) == {
        "days_present": 52,
        "sick_leave": 3,
        "personal_leave": 2,
        "open_reported": 20 + 20 + 18 + 18,
        "open_term": 5 * 20,
    }


@pytest.mark.parametrize(
    ("since", "until", "there"),
    [
        (date(2020, 5, 16), None, True),
        (date(2020, 5, 16), date(2020, 11, 1), False),
        (date(2020, 5, 16), date(2020, 11, 2), True),
        (date(2020, 12, 9), date(2020, 12, 9), False),
        (date(2021, 5, 15), None, True),
        (date(2021, 5, 16), None, False),
    ],
)
def test_one_day_of_the_term_at_the_school_is_enough(
    school: School, pupil: UUID, since: date, until: date | None, there: bool
) -> None:
    school.enrol(pupil, school=AWAY, since=since, until=until)
    assert (
        school.send("attendance", row(school, pupil, school_code=AWAY, days_present=9)).done == 1
    ) is there


def test_two_enrolments_at_one_school_are_one_pupil(school: School, pupil: UUID) -> None:
    school.leave(pupil, on=date(2020, 12, 1))
    school.enrol(pupil, since=date(2021, 1, 4))
    assert school.send("attendance", row(school, pupil)) == Outcome(done=1)


def test_each_round_has_its_own_months_and_files(school: School, pupil: UUID) -> None:
    path = school.file("attendance", row(school, pupil))
    school.take("attendance", path)
    assert school.take("attendance", path, round=LATER) == Outcome(done=0, refused={"month_outside_term": 1})
    assert counts_of("attendance", round=LATER)["rows"] == 1
    assert school.send("school_days", (HOME, "2021-05", 10), round=LATER).done == 1
    assert (
        school.send("attendance", row(school, pupil, month="2021-05", days_present=9), round=LATER).done == 1
    )
    assert attended(pupil, round=Term(2563, 1)) is None
