"""What a good form leaves behind: its answers, its members, the sums over them, the official sealed."""

from datetime import date

from takhai.platform.sets import fetch
from takhai.screening.queries import forms as queries
from takhai.screening.sealed import SEALED
from tests.screening.forms.office import ADULT, OFFICIAL, PUPIL, ROUND, SCHOOL, SCOPE, Office, family, member


def test_a_good_form_is_taken_with_its_answers(office: Office) -> None:
    pupil = office.pupil()
    form = office.form(pupil)
    outcome = office.take([form], family(form))
    assert (outcome.done, outcome.same, dict(outcome.refused)) == (1, 0, {})
    (kept,) = office.stored(pupil)
    assert (kept.form_no, kept.person, kept.school, kept.province) == (
        form["form_no"],
        pupil,
        office.schools[SCHOOL],
        "81",
    )
    assert (kept.filled_on, kept.household_ref, kept.refused) == (date(2021, 1, 5), "H81-000001", False)
    home = kept.household
    assert (home.members, home.income_satang) == (2, 330_000)
    assert (home.tenure, home.floor, home.wall, home.roof) == (
        "rent",
        "bare_concrete",
        "wood_plank",
        "metal_sheet",
    )
    assert (home.farmland, home.water, home.electricity) == ("none", "well", "own_meter")
    assert [home.toilet, home.motorcycle, home.television, home.refrigerator] == [True] * 4
    assert not any(
        [home.car, home.pickup, home.tractor, home.computer, home.air_conditioner, home.washing_machine]
    )
    assert not any([home.disabled, home.chronic, home.elderly, home.unemployed, home.single_parent])


def test_answers_that_feed_no_score_are_kept_too(office: Office) -> None:
    form = office.form(office.pupil(), guardian_occupation="ทำนา", rent_baht="1250.50", teacher="")
    office.take([form], family(form))
    ((education, occupation, card, rent, extension, teacher),) = fetch(
        "SELECT guardian_education, guardian_occupation, guardian_welfare_card, rent_satang, extension, teacher"
        " FROM form"
    )
    assert (education, occupation, card, rent, teacher) == ("ประถมศึกษา", "ทำนา", True, 125_050, "")
    assert extension == form["extension"]


def test_the_extension_is_kept_as_it_was_sent_blanks_and_all(office: Office) -> None:
    sent = '{"a":   [1,  2],\n  "คำ": "ไทย  ไทย"}'
    form = office.form(office.pupil(), extension=sent)
    office.take([form], family(form))
    assert fetch("SELECT extension FROM form") == [(sent,)]


def test_flags_come_from_the_members(office: Office) -> None:
    form = office.form(office.pupil(), single_parent="yes")
    people = [
        member(form, 1, PUPIL, chronic="yes"),
        member(form, 2, relation="grandparent", age="60", works="yes"),
        member(form, 3, relation="sibling", age="15", works="no", disabled="yes"),
    ]
    office.take([form], people)
    home = office.stored()[0].household
    assert [home.disabled, home.chronic, home.elderly, home.unemployed, home.single_parent] == [True] * 5
    assert home.members == 3


def test_a_loss_counts_as_nothing_in_the_sum_and_is_kept_as_it_is(office: Office) -> None:
    form = office.form(office.pupil())
    people = [
        member(form, 1, PUPIL),
        member(form, 2, agriculture="-2500.50", business="-1.00", wages="100.25"),
    ]
    office.take([form], people)
    assert office.stored()[0].household.income_satang == 10_025 + 30_000
    assert fetch("SELECT agriculture, business, wages FROM form_member ORDER BY member_no") == [
        (0, 0, 0),
        (-250_050, -100, 10_025),
    ]


def test_members_are_kept_under_their_form(office: Office) -> None:
    one, two = office.form(office.pupil()), office.form(office.pupil(), household_ref="H81-000002")
    office.take([one, two], [*family(two), *family(one)])
    assert fetch("SELECT form_no, member_no, relation FROM form_member ORDER BY 1, 2") == [
        (form["form_no"], no, relation)
        for form in (one, two)
        for no, relation in ((1, "pupil"), (2, "mother"))
    ]


def test_a_form_that_the_official_refused_with_a_reason_is_taken(office: Office) -> None:
    form = office.form(office.pupil(), official_verdict="refused", official_reason="ไม่ได้อยู่ในพื้นที่")
    assert office.take([form], family(form)).done == 1
    (kept,) = office.stored()
    assert (kept.refused, kept.official_reason) == (True, "ไม่ได้อยู่ในพื้นที่")


def test_the_number_of_the_official_lies_sealed_and_once(office: Office) -> None:
    forms = [office.form(office.pupil(), household_ref=f"H81-{n}") for n in range(3)]
    office.take(forms, [each for form in forms for each in family(form)])
    ((cipher, idx),) = fetch("SELECT cipher, idx FROM official")
    assert OFFICIAL.encode() not in bytes(cipher) + bytes(idx)  # type: ignore[call-overload]
    assert fetch("SELECT count(DISTINCT official_id), count(*) FROM form") == [(1, 3)]
    assert [table.table for table in SEALED] == ["official"]


def test_an_official_who_is_known_already_is_not_kept_twice(office: Office) -> None:
    for _ in range(2):
        form = office.form(office.pupil(), household_ref=f"H81-{office._serial}")
        office.take([form], family(form))
    assert fetch("SELECT count(*) FROM official") == [(1,)]
    assert fetch("SELECT count(*) FROM form") == [(2,)]


def test_no_answer_of_a_query_shows_the_official(office: Office) -> None:
    form = office.form(office.pupil())
    office.take([form], family(form))
    shown = f"{office.stored()} {queries.contradictions(round=ROUND, scope=SCOPE)}"
    assert OFFICIAL not in shown
    assert form["official_name"] not in shown


def test_one_form_is_a_file_of_one_row(office: Office) -> None:
    first, second = office.form(office.pupil()), office.form(office.pupil(), household_ref="H81-000009")
    assert office.take([first], family(first)).done == 1
    assert office.take([second], family(second)).done == 1
    assert queries.forms_counts(round=ROUND)["taken"] == 2


def test_counts_name_every_reason_and_finding_zeros_too(office: Office) -> None:
    counts = queries.forms_counts(round=ROUND)
    assert counts["rows"] == counts["taken"] == 0
    assert len(counts["refused"]) == 20
    assert set(counts["refused"].values()) == {0}
    assert counts["findings"] == {"household_contradicts": 0}


def test_ages_at_the_edges_of_the_flags(office: Office) -> None:
    ages = {"14": False, "15": True, "65": True, "66": False}
    forms = []
    people = []
    for age in ages:
        form = office.form(office.pupil(), household_ref=f"H81-{age}")
        forms.append(form)
        people += [member(form, 1, PUPIL), member(form, 2, {**ADULT, "age": age, "works": "no"})]
    office.take(forms, people)
    assert [form.household.unemployed for form in office.stored()] == list(ages.values())
    assert [form.household.elderly for form in office.stored()] == [False, False, True, True]
