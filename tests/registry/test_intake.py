"""A register file is taken in: what counts, what drops, what the same file does again."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from takhai.platform import secrets
from takhai.platform.flow import Flow
from takhai.platform.history import acting
from takhai.platform.problems import Refusal
from takhai.platform.sets import fetch
from takhai.registry.sealed import NUMBER
from takhai.registry.services import intake
from takhai.thai.calendar import Term
from tests.registry.world import (
    AWAY,
    FIELD,
    LOCAL,
    SCHOOLS,
    TOWN,
    World,
    citizen,
    count,
    gcode,
    pupil,
    wrong_check,
)

pytestmark = pytest.mark.django_db

ROUND = Term(2563, 2)
NEXT = Term(2564, 1)
DAY = date(2020, 12, 9)
LATER = date(2021, 6, 30)


def take(
    world: World, *rows: dict[str, str], name: str = "obec-81.csv", round: Term = ROUND, on: date = DAY
) -> Flow:
    return intake.commit(path=world.register(*rows, name=name), round=round, received_on=on)


def lost(flow: Flow) -> dict[str, int]:
    """The reasons that dropped something."""
    return {reason: number for reason, number in flow.dropped.items() if number}


def test_each_good_row_becomes_a_person_with_number_enrolment_and_entry(world: World) -> None:
    flow = take(world, *(pupil(n) for n in range(1, 6)))
    assert (flow.joined, flow.out, lost(flow), flow.broken()) == (5, 5, {}, ())
    for table in (
        "person",
        "identifier",
        "school_enrolment",
        "register_entry",
        "household",
        "household_link",
    ):
        assert count(f"SELECT count(*) FROM {table}") == 5, table


def test_a_person_is_as_the_row_says(world: World) -> None:
    take(world, pupil(4, first_name="มานี", last_name="ใจดี", sex="ญ", prefix="ด.ญ.", birth_date="09/06/2555"))
    rows = fetch("SELECT prefix, first_name, last_name, first_key, sex, birth_date FROM person")
    assert rows == [("เด็กหญิง", "มานี", "ใจดี", "มานี", "f", date(2012, 6, 9))]


def test_an_entry_is_as_the_row_says(world: World) -> None:
    take(world, pupil(1, weight_g="24.5", height_mm="121", long_absent="x", grade="ม.2"))
    rows = fetch(
        "SELECT standing, agency, grade, level, province, disadvantage, long_absent, weight_g, height_mm, clash"
        " FROM register_entry"
    )
    assert rows == [("first", "obec", "ม.2", "lower_secondary", "81", "18", True, 24_500, 1_210, False)]


def test_a_number_is_kept_sealed_and_opens_again(world: World) -> None:
    take(world, pupil(1))
    ((form, index, cipher),) = fetch("SELECT form, idx, cipher FROM identifier")
    number = secrets.open(bytes(cipher), table="identifier", column=NUMBER, index=bytes(index))  # type: ignore[arg-type]
    assert (form, number) == ("citizen", citizen(1))


@pytest.mark.parametrize(
    ("number", "form"),
    [(citizen(1, kind=0), "zero"), (wrong_check(1), "wrong_check"), (gcode(1), "gcode")],
)
def test_every_form_of_number_is_taken_in(world: World, number: str, form: str) -> None:
    flow = take(world, pupil(1, identifier=number))
    assert flow.out == 1
    assert fetch("SELECT form FROM identifier") == [(form,)]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"identifier": "12345"}, "number_malformed"),
        ({"first_name": "-"}, "name_missing"),
        ({"sex": "x"}, "sex_unknown"),
        ({"birth_date": "31/02/2555"}, "birth_date_impossible"),
        ({"birth_date": "01/06/2012"}, "birth_year_out_of_range"),
        ({"grade": "ป.9"}, "class_unknown"),
        ({"school_code": "12"}, "school_code_malformed"),
        ({"school_code": "99999999"}, "school_unknown"),
        ({"first_name": "มา\x00นี"}, "text_unclean"),
    ],
)
def test_a_bad_row_drops_with_its_reason_and_the_good_ones_go_on(
    world: World, changes: dict[str, str], reason: str
) -> None:
    flow = take(world, pupil(1), pupil(2, **changes), pupil(3))
    assert (flow.joined, flow.out, lost(flow)) == (3, 2, {reason: 1})
    assert flow.broken() == ()


def test_every_reason_is_told_with_a_zero(world: World) -> None:
    assert set(take(world, pupil(1)).dropped) == {*intake.REFUSALS, "duplicate", "second_school"}


def test_a_pupil_twice_at_a_school_counts_once(world: World) -> None:
    flow = take(world, pupil(1), pupil(1, room="2"), pupil(1, room="3"))
    assert (flow.out, lost(flow)) == (1, {"duplicate": 2})
    assert fetch("SELECT room FROM school_enrolment") == [("1",)]


def test_a_pupil_at_two_schools_counts_at_the_first_and_is_enrolled_at_both(world: World) -> None:
    flow = take(world, pupil(1), pupil(1, school_code=FIELD))
    assert (flow.out, lost(flow)) == (1, {"second_school": 1})
    rows = fetch(
        "SELECT s.code, e.standing FROM register_entry e JOIN school s ON s.place_id = e.school_id ORDER BY 1"
    )
    assert rows == [(TOWN, "first"), (FIELD, "second_school")]
    assert count("SELECT count(*) FROM school_enrolment WHERE to_day IS NULL") == 2


def test_a_pupil_in_two_files_at_one_school_is_a_duplicate_in_the_second(world: World) -> None:
    assert take(world, pupil(1), name="a.csv").out == 1
    flow = take(world, pupil(1), pupil(2), name="b.csv")
    assert (flow.out, lost(flow)) == (1, {"duplicate": 1})


@pytest.mark.parametrize("order", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_the_first_row_in_the_order_of_file_names_counts_whatever_came_first(
    world: World, order: tuple[str, str]
) -> None:
    rows = {"a.csv": pupil(1, first_name="เอก"), "b.csv": pupil(1, school_code=FIELD, first_name="โท")}
    flows = [take(world, rows[name], name=name) for name in order]
    assert [flow.out for flow in flows] == [1, 0]
    assert [lost(flow) for flow in flows] == [{}, {"second_school": 1}]
    ((code,),) = fetch(
        "SELECT s.code FROM register_entry e JOIN school s ON s.place_id = e.school_id WHERE e.standing = 'first'"
    )
    assert code == TOWN
    assert fetch("SELECT first_name FROM person") == [("เอก",)]
    assert count("SELECT count(*) FROM school_enrolment WHERE to_day IS NULL") == 2


def test_of_two_files_of_one_name_the_one_that_came_first_stays_first(world: World) -> None:
    take(world, pupil(1, school_code=FIELD), name="x/a.csv")
    for at in range(4):
        take(world, pupil(1), pupil(2, room=str(at)), name="y/a.csv")
    ((code,),) = fetch(
        "SELECT s.code FROM register_entry e JOIN school s ON s.place_id = e.school_id"
        " JOIN person p ON p.id = e.person_id WHERE e.standing = 'first' AND p.birth_date = '2012-06-02'"
    )
    assert code == FIELD


def test_the_same_file_twice_changes_nothing_and_counts_the_same(world: World) -> None:
    rows = [pupil(1), pupil(2), pupil(1), pupil(2, school_code=FIELD), pupil(3, sex="?")]
    first = take(world, *rows)
    before = snapshot()
    assert take(world, *rows) == first
    assert snapshot() == before


def test_the_same_bytes_under_another_name_are_the_same_file(world: World) -> None:
    first = take(world, pupil(1), name="a.csv")
    assert take(world, pupil(1), name="copy.csv") == first
    assert count("SELECT count(*) FROM register_file") == 1


def test_the_same_file_in_another_round_is_another_file(world: World) -> None:
    take(world, pupil(1))
    assert take(world, pupil(1), round=NEXT, on=LATER).out == 1
    assert count("SELECT count(*) FROM person") == 1
    assert count("SELECT count(*) FROM register_entry") == 2


def test_the_next_round_finds_the_same_person_and_keeps_what_changed(world: World) -> None:
    take(world, pupil(1, grade="ป.2", last_name="เก่า"))
    take(world, pupil(1, grade="ป.3", last_name="ใหม่"), name="b.csv", round=NEXT, on=LATER)
    assert fetch("SELECT last_name FROM person") == [("ใหม่",)]
    assert fetch("SELECT last_name FROM person_event") == [("เก่า",)]
    assert fetch("SELECT grade FROM school_enrolment") == [("ป.3",)]
    assert fetch("SELECT grade FROM school_enrolment_event") == [("ป.2",)]


def test_a_row_elsewhere_in_a_later_round_ends_the_older_enrolment_as_moved(world: World) -> None:
    take(world, pupil(1))
    take(world, pupil(1, school_code=FIELD), name="b.csv", round=NEXT, on=LATER)
    rows = fetch(
        "SELECT s.code, e.to_day, e.end_reason FROM school_enrolment e"
        " JOIN school s ON s.place_id = e.school_id ORDER BY 1"
    )
    assert rows == [(TOWN, LATER, "moved"), (FIELD, None, "")]


@pytest.mark.parametrize("order", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_a_pupil_still_at_the_old_school_too_is_at_both_whatever_came_first(
    world: World, order: tuple[str, str]
) -> None:
    take(world, pupil(1))
    rows = {"a.csv": pupil(1), "b.csv": pupil(1, school_code=FIELD)}
    for name in order:
        take(world, rows[name], pupil(2, school_code=LOCAL, pupil_no=name), name=name, round=NEXT, on=LATER)
    assert (
        count(
            "SELECT count(*) FROM school_enrolment e JOIN school s ON s.place_id = e.school_id"
            " WHERE e.to_day IS NULL AND s.code IN (%(one)s, %(other)s)",
            one=TOWN,
            other=FIELD,
        )
        == 2
    )
    assert count("SELECT count(*) FROM school_enrolment") == 3
    assert count("SELECT count(*) FROM school_enrolment WHERE from_day = %(day)s", day=DAY) == 1


def test_who_is_absent_from_a_register_stays_enrolled(world: World) -> None:
    take(world, pupil(1), pupil(2))
    take(world, pupil(2), name="b.csv", round=NEXT, on=LATER)
    assert count("SELECT count(*) FROM school_enrolment WHERE to_day IS NULL") == 2


def test_who_comes_back_in_a_later_round_begins_a_new_enrolment(world: World) -> None:
    take(world, pupil(1))
    take(world, pupil(1, school_code=FIELD), name="b.csv", round=NEXT, on=LATER)
    take(world, pupil(1), name="c.csv", round=Term(2564, 2), on=date(2021, 12, 1))
    rows = fetch(
        "SELECT s.code, e.from_day, e.to_day IS NULL FROM school_enrolment e"
        " JOIN school s ON s.place_id = e.school_id ORDER BY e.from_day, 1"
    )
    assert rows == [(TOWN, DAY, False), (FIELD, LATER, False), (TOWN, date(2021, 12, 1), True)]


def test_a_row_with_another_name_and_birth_date_clashes_and_does_not_touch_the_person(world: World) -> None:
    take(world, pupil(1, first_name="มานะ", birth_date="01/06/2555"))
    take(world, pupil(1, first_name="สมปอง", birth_date="01/06/2553"), name="b.csv", round=NEXT, on=LATER)
    assert fetch("SELECT first_name, birth_date FROM person") == [("มานะ", date(2012, 6, 1))]
    assert fetch("SELECT clash FROM register_entry WHERE round = '2564-1'") == [(True,)]


@pytest.mark.parametrize(
    "changes", [{"first_name": "สมปอง"}, {"birth_date": "01/06/2553"}, {"prefix": "เด็กหญิง", "sex": "ญ"}]
)
def test_a_row_that_differs_in_one_of_them_only_is_followed(world: World, changes: dict[str, str]) -> None:
    take(world, pupil(1))
    take(world, pupil(1, **changes), name="b.csv", round=NEXT, on=LATER)
    assert count("SELECT count(*) FROM person_event") == 1
    assert fetch("SELECT clash FROM register_entry WHERE round = '2564-1'") == [(False,)]


@pytest.mark.parametrize("second", ["same file", "other file"])
def test_a_repeated_row_of_another_child_marks_the_entry_as_clashing(world: World, second: str) -> None:
    other = pupil(1, first_name="สมปอง", birth_date="01/06/2553")
    if second == "same file":
        take(world, pupil(1), other)
    else:
        take(world, pupil(1), name="a.csv")
        take(world, other, name="b.csv")
    assert fetch("SELECT clash FROM register_entry") == [(True,)]


def test_a_row_of_an_unknown_school_joins_the_file_of_bad_rows(world: World) -> None:
    path = world.register(pupil(1), pupil(2, school_code="99999999"), pupil(3, sex="?"))
    taken = intake.take(path=path, round=ROUND, received_on=DAY)
    (entry,) = taken.staged.unknown_schools
    assert (entry.row, entry.name) == (3, "school_unknown")
    assert entry.column == "รหัสโรงเรียน"
    assert taken.staged.bad_rows_file is not None
    kept = taken.staged.bad_rows_file.read_text("utf-8-sig").splitlines()
    assert len(kept) == 3
    assert "99999999" in kept[1]
    assert taken.staged.bad_rows_file.stat().st_mode & 0o777 == 0o600


def test_a_mended_file_of_bad_rows_is_taken_in(world: World) -> None:
    path = world.register(pupil(1), pupil(2, school_code="99999999"))
    bad = intake.take(path=path, round=ROUND, received_on=DAY).staged.bad_rows_file
    assert bad is not None
    mended = world.root / "mended.csv"
    mended.write_text(bad.read_text("utf-8-sig").replace("99999999", TOWN), "utf-8")
    assert intake.commit(path=mended, round=ROUND, received_on=DAY).out == 1
    assert count("SELECT count(*) FROM register_entry") == 2


def test_a_copy_without_school_codes_needs_the_school_told(world: World) -> None:
    row = pupil(1)
    path = world.register(row, without=("school_code",))
    with pytest.raises(Refusal) as refused:
        intake.commit(path=path, round=ROUND, received_on=DAY)
    assert refused.value.name == "school_not_told"
    assert intake.commit(path=path, round=ROUND, received_on=DAY, school=FIELD).out == 1
    assert fetch("SELECT s.code FROM register_entry e JOIN school s ON s.place_id = e.school_id") == [
        (FIELD,)
    ]


def test_a_told_school_that_nobody_knows_refuses_the_rows(world: World) -> None:
    path = world.register(pupil(1), without=("school_code",))
    flow = intake.commit(path=path, round=ROUND, received_on=DAY, school="99999999")
    assert lost(flow) == {"school_unknown": 1}


def test_a_register_of_another_round_is_refused_whole(world: World) -> None:
    path = world.register(pupil(1), stamp="2022-12-09")
    with pytest.raises(Refusal) as refused:
        intake.commit(path=path, round=ROUND, received_on=DAY)
    assert refused.value.name == "other_round"
    assert count("SELECT count(*) FROM person") == 0


def test_a_file_of_which_nothing_was_taken_may_come_again_when_its_school_is_known(world: World) -> None:
    row = pupil(1, school_code="81010009")
    assert lost(take(world, row)) == {"school_unknown": 1}
    assert lost(take(world, row)) == {"school_unknown": 1}
    assert count("SELECT count(*) FROM register_file") == 0
    World(root=world.root, schools=(*SCHOOLS, ("81010009", *SCHOOLS[1][1:]))).load_places()
    assert take(world, row).out == 1


def test_a_file_is_noted_with_its_rows_and_its_good_ones(world: World) -> None:
    take(world, pupil(1), pupil(2, sex="?"))
    assert fetch("SELECT rows, good, kind, layout, name, received_on FROM register_file") == [
        (2, 1, "first", "dmc", "obec-81.csv", DAY)
    ]


def test_a_file_without_rows_is_refused(world: World) -> None:
    with pytest.raises(Refusal) as refused:
        take(world)
    assert refused.value.name == "no_rows"


def test_the_day_of_the_stamp_is_told(world: World) -> None:
    assert intake.stamp_day(path=world.register(pupil(1), stamp="2020-12-08"), round=ROUND) == date(
        2020, 12, 8
    )
    assert intake.stamp_day(path=world.register(pupil(1), name="plain.csv"), round=ROUND) is None


def test_whoever_changes_a_person_is_kept_with_the_old_row(world: World) -> None:
    take(world, pupil(1))
    with acting(by="semester intake", source="c0ffee"):
        take(world, pupil(1, last_name="ใหม่"), name="b.csv", round=NEXT, on=LATER)
    rows = fetch(
        "SELECT c.metadata->>'by', c.metadata->>'source' FROM person_event e"
        " JOIN pghistory_context c ON c.id = e.pgh_context_id"
    )
    assert rows == [("semester intake", "c0ffee")]


def test_a_new_row_says_who_wrote_it_and_from_which_file(world: World) -> None:
    path = world.register(pupil(1))
    taken = intake.take(path=path, round=ROUND, received_on=DAY, by="semester intake")
    for table in ("person", "identifier", "school_enrolment", "register_entry", "household", "guardian_link"):
        rows = fetch(f"SELECT DISTINCT recorded_by, source_file FROM {table}")
        assert [(str(by), bytes(source)) for by, source in rows] == [("semester intake", taken.staged.sha256)]  # type: ignore[arg-type]


def test_a_province_is_where_the_school_lies(world: World) -> None:
    take(world, pupil(1), pupil(2, school_code=AWAY))
    assert {row[0] for row in fetch("SELECT province FROM register_entry")} == {"81", "92"}


def test_the_number_of_statements_does_not_grow_with_the_rows(
    world: World, django_assert_max_num_queries: Callable[..., object]
) -> None:
    with django_assert_max_num_queries(70):  # type: ignore[attr-defined]
        take(world, *(pupil(n) for n in range(1, 400)))


def snapshot() -> dict[str, int]:
    """Rows of every table of the public schema, but for the work table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"
        )
        tables = [name for (name,) in cursor.fetchall()]
    return {table: count(f"SELECT count(*) FROM {table}") for table in tables if table != "django_migrations"}
