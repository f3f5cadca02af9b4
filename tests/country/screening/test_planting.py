"""Every fault of a form is planted, stands in the file as its name says, and is on one pupil only."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from country.kinds import REFUSED
from country.screening import Screening, kinds, screen
from country.screening.forms import FORM, Form
from country.world import World
from takhai.policy import for_round
from takhai.thai.calendar import Term
from takhai.thai.identifiers import NumberForm, read_number
from tests.country.conftest import world_of

SMALL = [("81", 1, 2000), ("63", 7, 2000), ("10", 3, 1500), ("58", 11, 2000)]
POLICY = for_round(Term(2563, 2))


def world() -> World:
    """A whole province, made when a test asks for it."""
    return world_of("81", 1, None)[0]


def drawn() -> Screening:
    """Its screening."""
    return screen(world())


def of(fault: str) -> list[Form]:
    """Forms with a fault."""
    return [form for form in drawn().forms if form.fault == fault]


@pytest.mark.parametrize(("province", "seed", "pupils"), SMALL)
def test_a_small_province_has_every_kind(province: str, seed: int, pupils: int) -> None:
    small = screen(world_of(province, seed, pupils)[0])
    assert set(small.planted) == {kind.name for kind in kinds.ALL}
    assert set(small.counts["refused"]) == set(kinds.FORM_REFUSALS)
    assert min(small.counts["refused"].values()) >= 1
    assert small.counts["findings"]["household_contradicts"] >= 1
    assert set(small.exceptions) == set(kinds.EXCEPTIONS)
    assert min(small.exceptions.values()) >= 1
    reasons = {reason for _, reason in small.ended.values()}
    assert reasons == {
        "no_form", "official_refused", "over_income", "not_extremely_poor", "committee_refused", "no_quorum",
        "no_committee_result",
    }  # fmt: skip


@pytest.mark.parametrize(("province", "seed"), [("81", 1), ("58", 11), ("81", 5)])
def test_the_smallest_province_is_screened_too(province: str, seed: int) -> None:
    small = screen(world_of(province, seed, 200)[0])
    assert min(small.counts["refused"].values()) >= 1
    assert small.counts["extremely_poor"] == small.counts["screened"] * 20 // 100
    assert any(pupil.serial not in small.ended for pupil in world_of(province, seed, 200)[0].new_group())


def test_no_fault_of_a_form_looks_like_one_of_the_register() -> None:
    assert not {kind.name for kind in kinds.ALL} & {kind.name for kind in REFUSED}
    assert len({kind.name for kind in kinds.ALL}) == len(kinds.ALL)


def test_every_refusal_has_a_kind_that_plants_it() -> None:
    planted = {kinds.REASON.get(kind.name, kind.name) for kind in (*kinds.LOST, *kinds.KEPT, kinds.UNASKED)}
    assert set(kinds.FORM_REFUSALS) <= planted


def test_a_pupil_whose_form_is_refused_has_no_form() -> None:
    for form in drawn().forms:
        if form.fault and form.fault not in ("form_repeated", "form_not_expected"):
            assert drawn().ended[form.pupil.serial] == ("assess", "no_form")


def test_only_pupils_of_the_new_group_end_here() -> None:
    assert set(drawn().ended) <= {pupil.serial for pupil in world().new_group()}


def test_forms_add_up() -> None:
    counts = drawn().counts
    assert counts["forms"] == counts["taken"] + sum(counts["refused"].values())
    ended = Counter(reason for step, reason in drawn().ended.values() if step == "assess")
    assert counts["taken"] == counts["screened"] + ended["official_refused"]
    assert counts["screened"] == counts["poor"] + ended["over_income"]
    assert counts["poor"] == counts["extremely_poor"] + ended["not_extremely_poor"]
    assert len(world().new_group()) == counts["taken"] + ended["no_form"]


def test_form_numbers_of_good_forms_are_their_own() -> None:
    numbers = [form.number for form in drawn().forms if form.good]
    assert len(set(numbers)) == len(numbers)
    for form in drawn().forms:
        if form.good:
            assert form.number.startswith(f"25632-{form.row['school_code']}-")


def test_a_form_comes_from_where_the_pupil_is() -> None:
    for form in drawn().forms:
        if form.good and not form.pupil.second:
            assert form.row["school_code"] == form.pupil.school.code


def test_a_pupil_at_two_schools_sends_it_from_the_one_whose_row_is_read_first() -> None:
    twice = [form for form in drawn().forms if form.good and form.pupil.second and not form.pupil.listing]
    assert twice
    for form in twice:
        schools = (form.pupil.school, form.pupil.second)
        files = {
            s.code: f"{s.affiliation}-81-{s.code}.xlsx" if s.workbook else f"{s.affiliation}-81.csv"
            for s in schools
            if s
        }
        assert form.row["school_code"] == min(files, key=lambda code: (files[code], code))


Check = Callable[[World, Form], bool]


def number_is_known(world: World, form: Form) -> bool:
    """Whether a pupil has the identifier."""
    return form.row["identifier"] in {pupil.child.said.number for pupil in world.pupils}


def is_day(form: Form) -> bool:
    """Whether the day is one of about the round."""
    try:
        return 2019 <= date.fromisoformat(form.row["filled_on"]).year <= 2022
    except ValueError:
        return False


SAYS: dict[str, Check] = {
    "form_row_malformed": lambda _, f: f.cells < len(FORM),
    "form_text_unclean": lambda _, f: any("\ufffd" in cell for cell in f.row.values()),
    "form_number_malformed": lambda _, f: f.number.count("-") != 2 or len(f.number) != 19 or not f.number[0].isdigit(),
    "form_number_repeated": lambda _, f: f.number in drawn().judged,
    "form_without_pupil": lambda w, f: not number_is_known(w, f),
    "form_school_unknown": lambda w, f: f.row["school_code"] not in w.schools,
    "form_day_impossible": lambda _, f: not is_day(f),
    "official_missing": lambda _, f: "" in [f.row[f"official_{n}"] for n in ("verdict", "name", "number", "position")],
    "official_not_entitled": lambda _, f: (
        f.row["official_position"] not in POLICY.official_positions
        or read_number(f.row["official_number"]).form is NumberForm.WRONG_CHECK
    ),
    "refusal_without_reason": lambda _, f: (f.row["official_verdict"], f.row["official_reason"]) == ("refused", ""),
    "form_without_members": lambda _, f: not f.members,
    "member_age_impossible": lambda _, f: any(not 0 <= int(m["age"]) <= POLICY.oldest_member for m in f.members),
    "income_negative": lambda _, f: any(m[n][0] == "-" for m in f.members for n in ("wages", "welfare", "other")),
    "income_absurd": lambda _, f: any(float(m[n]) > 500_000 for m in f.members for n in ("wages", "business")),
    "pupil_not_listed": lambda _, f: all(m["relation"] != "pupil" for m in f.members),
    "form_of_another_school": lambda w, f: f.row["school_code"] in w.schools.keys() - {f.pupil.school.code},
    "form_not_expected": lambda w, f: w.group_of(f.pupil) == "old",
    "form_repeated": lambda _, f: any(g.good and g.pupil is f.pupil for g in drawn().forms),
    "form_after_signing": lambda _, f: not f.sent and f.row["filled_on"] > f"{POLICY.as_of('assess', 'new')}",
}  # fmt: skip


@pytest.mark.parametrize("fault", SAYS)
def test_a_fault_stands_in_the_form(fault: str) -> None:
    found = of(fault)
    assert len(found) >= 4
    assert all(SAYS[fault](world(), form) for form in found)
    good = [form for form in drawn().forms if form.good and not form.pupil.second][:300]
    if fault not in ("form_number_repeated", "form_repeated"):
        assert not any(SAYS[fault](world(), form) for form in good)


def test_unreadable_answers_and_members_take_turns() -> None:
    assert len({tuple(form.row.values())[5:30] for form in of("answer_unknown")}) >= 4
    texts = {who["age"] for form in of("member_unreadable") for who in form.members}
    assert {"สี่สิบ", ""} <= texts


def test_a_number_that_no_pupil_has_is_unknown_or_none() -> None:
    forms = {read_number(form.row["identifier"]).form for form in of("form_without_pupil")}
    assert {NumberForm.CITIZEN, NumberForm.MALFORMED} <= forms


def test_repeated_and_late_forms_come_after_the_good_ones() -> None:
    order = [form.fault for form in drawn().forms]
    last_good = max(n for n, fault in enumerate(order) if not fault)
    for fault in ("form_repeated", "form_number_repeated", "form_after_signing"):
        assert min(n for n, found in enumerate(order) if found == fault) > last_good


def test_screening_is_worked_out_once_for_a_world() -> None:
    assert screen(world()) is drawn()
