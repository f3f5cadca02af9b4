"""The same file again, a second form, a number twice: the first good one stays."""

from takhai.platform.sets import fetch
from takhai.policy import for_round
from takhai.screening.queries import forms as queries
from takhai.screening.services import forms
from tests.screening.forms.office import GROUP, OTHER, ROUND, Office, Row, families, family


def counts() -> tuple[int, int, dict[str, int]]:
    told = queries.forms_counts(round=ROUND)
    return told["rows"], told["taken"], {name: n for name, n in told["refused"].items() if n}


def test_the_same_two_files_again_change_nothing(office: Office) -> None:
    good, bad = office.form(office.pupil()), office.form(office.pupil(), floor="gold")
    first = office.take([good, bad], families([good, bad]))
    before = (counts(), fetch("SELECT * FROM form"), fetch("SELECT * FROM form_member ORDER BY 1, 2, 3"))
    again = office.take([good, bad], families([good, bad]), name="renamed")
    assert (first.done, dict(first.refused)) == (1, {"answer_unknown": 1})
    assert (again.done, again.same, dict(again.refused)) == (0, 2, {})
    assert (
        counts(),
        fetch("SELECT * FROM form"),
        fetch("SELECT * FROM form_member ORDER BY 1, 2, 3"),
    ) == before


def test_a_second_form_of_a_pupil_in_one_file_keeps_the_first(office: Office) -> None:
    pupil = office.pupil()
    first, second = office.form(pupil, floor="earth"), office.form(pupil, floor="bamboo")
    outcome = office.take([first, second], families([first, second]))
    assert (outcome.done, dict(outcome.refused)) == (1, {"form_repeated": 1})
    assert [form.household.floor for form in office.stored()] == ["earth"]


def test_the_first_in_the_file_stays_whatever_its_number(office: Office) -> None:
    pupil = office.pupil()
    first, second = office.form(pupil, no=9000), office.form(pupil, no=1)
    office.take([first, second], families([first, second]))
    assert [form.form_no for form in office.stored()] == [first["form_no"]]


def test_a_second_form_of_a_pupil_in_a_later_file_keeps_the_first(office: Office) -> None:
    pupil = office.pupil()
    first, second = office.form(pupil, floor="earth"), office.form(pupil, floor="bamboo")
    office.take([first], family(first))
    outcome = office.take([second], family(second), name="later")
    assert (outcome.done, dict(outcome.refused)) == (0, {"form_repeated": 1})
    assert [form.household.floor for form in office.stored()] == ["earth"]


def test_a_refused_form_is_as_if_it_had_not_been_sent(office: Office) -> None:
    pupil = office.pupil()
    bad, good = office.form(pupil, floor="gold"), office.form(pupil)
    outcome = office.take([bad, good], families([bad, good]))
    assert (outcome.done, dict(outcome.refused)) == (1, {"answer_unknown": 1})
    assert [form.form_no for form in office.stored()] == [good["form_no"]]


def test_a_form_that_was_refused_can_be_mended_and_sent_again(office: Office) -> None:
    pupil = office.pupil()
    bad = office.form(pupil, no=7, floor="gold")
    office.take([bad], family(bad))
    mended: Row = {**bad, "floor": "earth"}
    assert office.take([mended], family(mended), name="mended").done == 1
    assert counts() == (2, 1, {"answer_unknown": 1})


def test_a_form_is_mended_in_the_file_of_members_too(office: Office) -> None:
    form = office.form(office.pupil())
    assert dict(office.take([form], family(form, age="190")).refused) == {"member_age_impossible": 1}
    assert office.take([form], family(form, age="90")).done == 1


def test_a_form_number_twice_in_one_file_keeps_the_first(office: Office) -> None:
    first, second = office.form(office.pupil(), no=5), office.form(office.pupil(), no=5)
    outcome = office.take([first, second], family(first))
    assert (outcome.done, dict(outcome.refused)) == (1, {"form_number_repeated": 1})
    assert [str(form.person) for form in office.stored()] == [str(office.expected[0][0])]


def test_a_form_number_that_stands_already_is_repeated(office: Office) -> None:
    first, second = office.form(office.pupil(), no=5), office.form(office.pupil(), no=5)
    office.take([first], family(first))
    assert dict(office.take([second], family(second), name="later").refused) == {"form_number_repeated": 1}
    assert fetch("SELECT count(*) FROM form_member") == [(2,)]


def test_a_number_whose_first_row_was_bad_is_free(office: Office) -> None:
    bad, good = office.form(office.pupil(), no=5, floor="gold"), office.form(office.pupil(), no=5)
    outcome = office.take([bad, good], family(good))
    assert (outcome.done, dict(outcome.refused)) == (1, {"answer_unknown": 1})


def test_a_repeated_number_counts_before_what_else_is_wrong_with_the_row(office: Office) -> None:
    first, second = office.form(office.pupil(), no=5), office.form(office.pupil(), no=5, floor="gold")
    outcome = office.take([first, second], family(first))
    assert dict(outcome.refused) == {"form_number_repeated": 1}


def test_two_schools_may_number_their_forms_alike(office: Office) -> None:
    one = office.form(office.pupil(), no=1)
    other = office.form(office.pupil(school=OTHER), no=1, school_code=OTHER, household_ref="H81-2")
    assert office.take([one, other], families([one, other])).done == 2


def test_the_whole_file_sent_again_with_one_form_more_takes_that_one(office: Office) -> None:
    old, new = office.form(office.pupil()), office.form(office.pupil(), household_ref="H81-2")
    office.take([old], family(old))
    outcome = office.take([old, new], families([old, new]), name="grown")
    assert (outcome.done, dict(outcome.refused)) == (1, {"form_number_repeated": 1})


def test_a_file_of_no_rows_is_taken_as_such(office: Office) -> None:
    outcome = office.take([], [])
    assert (outcome.done, dict(outcome.refused)) == (0, {})
    assert counts() == (0, 0, {})


def test_what_comes_after_signing_is_counted_and_not_looked_at(office: Office) -> None:
    good, bad = office.form(office.pupil(), filled_on="2021-01-18"), office.form(office.pupil(), floor="gold")
    path, members = office.files([good, bad], families([good, bad]), name="late")
    outcome = forms.late(path=path, members=members, round=ROUND, group=GROUP)
    assert (outcome.done, dict(outcome.refused)) == (0, {"form_after_signing": 2})
    assert counts() == (2, 0, {"form_after_signing": 2})
    assert fetch("SELECT form_no FROM form_refusal ORDER BY row_no") == [
        (good["form_no"],),
        (bad["form_no"],),
    ]
    again = forms.late(path=path, members=members, round=ROUND, group=GROUP)
    assert (again.done, again.same, dict(again.refused)) == (0, 2, {})


def test_a_file_that_was_taken_in_time_is_not_late_when_it_comes_again(office: Office) -> None:
    form = office.form(office.pupil())
    path, members = office.files([form], family(form))
    office.take_files(path, members)
    assert forms.late(path=path, members=members, round=ROUND, group=GROUP).same == 1
    assert counts() == (1, 1, {})


def test_another_round_has_forms_of_its_own(office: Office) -> None:
    pupil = office.pupil()
    form = office.form(pupil)
    office.take([form], family(form))
    later = ROUND.next()
    opens = for_round(later).as_of("assess", GROUP)
    next_form: Row = {
        **form,
        "form_no": form["form_no"].replace("25632", "25641"),
        "filled_on": opens.isoformat(),
    }
    assert office.take([next_form], family(next_form), name="next", round=later).done == 1
    assert queries.forms_counts(round=later)["taken"] == 1
    assert counts() == (1, 1, {})
