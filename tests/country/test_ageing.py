"""The same children one round later."""

from collections import Counter
from functools import cache

import pytest

from country import kinds
from country.ageing import _grade as grade_of
from country.ageing import comes_again
from country.classroom import complies
from country.deck import payable
from country.manifest import Manifest
from country.pupils import bears_gcode
from country.settle import HELD_AT_ENTITLE, Outcome
from country.world import World
from takhai.thai.calendar import Term
from takhai.thai.grades import Grade


@cache
def two_rounds(most: int | None = None, seed: int = 1) -> tuple[World, Outcome, World, Outcome]:
    """A first round and the one after, in memory; the first is made anew because ageing changes children."""
    first, first_outcome = Manifest(seed, "81", most, ("2563-2",)).build()
    second, second_outcome = Manifest(seed, "81", most, ("2563-2", "2564-1")).build()
    return first, first_outcome, second, second_outcome


def test_grades_go_up_in_a_new_academic_year() -> None:
    first, _, second, _ = two_rounds()
    before = {p.serial: p.grade for p in first.pupils}
    for pupil in second.present():
        if pupil.serial in before:
            assert pupil.grade in before[pupil.serial].next_grades()


def test_grades_stay_from_the_first_semester_to_the_second() -> None:
    second = two_rounds()[2]
    third = World(Term(2564, 2), second.province, second.seed, second.schools)
    pupils = list(second.present())
    assert [grade_of(third, pupil) for pupil in pupils] == [pupil.grade for pupil in pupils]


def test_nobody_stays_after_m6() -> None:
    first, _, second, _ = two_rounds()
    leavers = {p.serial for p in first.pupils if p.grade is Grade.M6}
    assert leavers
    assert not any(p.serial in leavers for p in second.present())


def test_everybody_is_in_a_class_that_the_school_has() -> None:
    for pupil in two_rounds()[2].present():
        assert pupil.grade in pupil.school.grades


def test_those_who_finish_primary_school_move_on() -> None:
    first, _, second, _ = two_rounds()
    before = {p.serial: p for p in first.pupils}
    moved = [
        p for p in second.present() if p.serial in before and p.school.code != before[p.serial].school.code
    ]
    assert Counter(p.grade for p in moved).most_common(1)[0][0] is Grade.M1
    assert all(p.school in second.schools.values() for p in moved)


def test_the_register_stays_about_as_long_and_has_new_children() -> None:
    first, outcome, second, later = two_rounds()
    assert later.register_rows == pytest.approx(outcome.register_rows, abs=30)
    known = {p.serial for p in first.pupils}
    fresh = [p for p in second.present() if p.serial not in known]
    assert 0.05 < len(fresh) / later.register_rows < 0.3
    assert all(p.listing is None for p in fresh)


def test_numbers_stay_one_for_each_over_both_rounds() -> None:
    first, _, second, _ = two_rounds()
    numbers: dict[str, int] = {}
    for world in (first, second):
        for pupil in world.pupils:
            assert numbers.setdefault(pupil.child.said.number, pupil.serial) == pupil.serial


def test_the_next_list_is_those_enrolled_where_they_were() -> None:
    first, outcome, second, _ = two_rounds()
    enrolled = {pupil.serial: pupil for pupil in outcome.beneficiaries}
    listed = {p.serial: p for p in second.listed()}
    assert set(listed) == set(enrolled)
    for serial, pupil in listed.items():
        assert pupil.listing
        assert pupil.listing.school == enrolled[serial].school.code
    assert first.term.next() == second.term


def test_the_old_keep_their_first_year_and_everybody_else_begins() -> None:
    _, outcome, second, _ = two_rounds()
    old = {pupil.serial: pupil for pupil in outcome.enrolled["old"]}
    years: Counter[tuple[bool, int]] = Counter()
    for pupil in second.listed():
        assert pupil.listing
        before = old.get(pupil.serial)
        years[before is not None, pupil.listing.first_year] += 1
        if before:
            assert before.listing
            assert pupil.listing.first_year == before.listing.first_year
    assert {year for was_old, year in years if not was_old} == {2563}
    assert {year for was_old, year in years if was_old} == {2561, 2562, 2563}


def test_the_list_says_who_met_the_conditions_of_the_round_before() -> None:
    first, outcome, second, later = two_rounds()
    word = {pupil.serial: complies(first, pupil) for pupil in outcome.beneficiaries}
    assert {True, False, None} == set(word.values())
    for pupil in second.listed():
        assert pupil.listing
        assert pupil.listing.compliant is word[pupil.serial]
    held = [row for row in later.rows if row.reason == "not_compliant"]
    assert {row.group for row in held} == {"old", "new"}
    assert all(word[row.pupil.serial] is False and not row.comes_back for row in held)


def test_who_identity_holds_is_not_held_for_the_conditions_too() -> None:
    _, _, second, later = two_rounds()
    both = [
        row
        for row in later.rows
        if row.reason in HELD_AT_ENTITLE and not row.comes_back and second.failed(row.pupil)
    ]
    assert both


def test_who_was_screened_out_applies_again_and_is_known_by_then() -> None:
    first, outcome, second, _ = two_rounds()
    before = {p.serial for p in first.present()}
    out = before - {pupil.serial for pupil in outcome.beneficiaries}
    again = [p for p in second.new_group() if p.listing is None and p.serial in out]
    assert len(again) > 5_000
    assert sum(pupil.known for pupil in again) > 0.97 * len(again)
    assert any(pupil.by_promptpay for pupil in again)
    assert not any(pupil.known for pupil in second.present() if pupil.serial not in before)


def test_the_dead_and_the_clashing_are_in_no_register_any_more() -> None:
    first, _, second, _ = two_rounds()
    away = {
        p.serial for p in first.pupils if p.fault in ("dead", "identifier_clash", "cash_died", "cash_left")
    }
    assert away
    assert not any(p.serial in away for p in second.present())


def test_a_fault_that_nobody_mended_is_there_again() -> None:
    first, _, second, _ = two_rounds()
    lasting = {
        "wrong_number",
        "not_in_registry",
        "name_differs",
        "birth_differs",
        "sex_differs",
        "two_schools",
    }
    before = {p.serial: p for p in first.pupils if p.fault in lasting}
    again = 0
    for pupil in second.present():
        old = before.get(pupil.serial)
        if old and not old.corrected:
            assert pupil.fault == old.fault
            assert pupil.persists
            assert not pupil.corrected
            again += 1
    assert again > 50


def test_a_mended_fault_is_gone_and_its_money_comes_again() -> None:
    first, _, second, _ = two_rounds()
    mended = {p.serial for p in first.pupils if p.corrected == "new"}
    assert mended
    assert {c.pupil.serial for c in second.carried if c.joins == "entitle"} == mended
    for pupil in second.pupils:
        if pupil.serial in mended:
            assert pupil.child.said == pupil.child.true
            assert not pupil.fault
            assert pupil.carries


def test_what_lies_with_us_comes_again_and_what_is_under_way_does_not() -> None:
    _, outcome, second, _ = two_rounds()
    reasons = Counter(row.reason for row in outcome.rows if row.kind == "held" and comes_again(row))
    assert set(reasons) == {
        "no_account", "proxy_not_registered", "account_closed", "account_name_differs", "bank_other",
        *kinds.CORRECTED,
    }  # fmt: skip
    assert len(second.carried) == sum(reasons.values())
    # What the new group took in is there but once.
    assert len({c.pupil.serial for c in second.carried}) == len(second.carried)
    satang = {(row.pupil.serial, row.satang) for row in outcome.rows if comes_again(row)}
    assert {(c.pupil.serial, c.satang) for c in second.carried} == satang


def test_money_that_comes_again_keeps_its_round_and_meets_no_new_fault() -> None:
    _, _, second, later = two_rounds()
    rows = [row for row in later.rows if row.comes_back and row.round != second.term]
    assert {str(row.round) for row in rows} == {"2563-2"}
    ends = Counter((row.step, row.kind, row.reason) for row in rows)
    assert set(ends) == {("recover", "out", ""), ("order", "held", "no_account")}
    assert len({(row.pupil.serial, row.group) for row in rows}) == len(rows)
    assert all(p.carries for c in second.carried for p in [c.pupil])


def test_some_schools_open_an_account_and_refused_ones_have_another() -> None:
    first, _, second, _ = two_rounds()
    without = [s.code for s in first.schools.values() if s.fault == "no_account"]
    still = [code for code in without if second.schools[code].fault == "no_account"]
    assert 0 < len(still) < len(without)
    for school in first.schools.values():
        changed = second.schools[school.code].account != school.account
        refused = school.fault in ("school_account_closed", "school_account_name_differs")
        assert changed is (refused and not school.mended)
        assert not second.schools[school.code].mended or second.schools[school.code].fault


def test_pupils_of_a_school_still_without_account_are_held_again() -> None:
    _, _, second, later = two_rounds()
    held = [row for row in later.rows if row.reason == "no_account"]
    assert any(row.comes_back for row in held)
    assert any(not row.comes_back for row in held)
    assert all(row.school.fault == "no_account" for row in held)
    assert second.follows


def test_a_gcode_becomes_a_number_and_the_list_knows_the_code() -> None:
    _, _, second, _ = two_rounds()
    became = [p for p in second.pupils if p.fault == "former_identifier"]
    assert became
    for pupil in became:
        assert pupil.listing
        assert pupil.listing.identifier == pupil.child.former
        assert pupil.child.former.startswith("G")
        assert not bears_gcode(pupil)
        assert pupil.child.in_registry


def test_a_number_that_was_right_on_the_list_is_not_made_wrong_later() -> None:
    second = two_rounds()[2]
    wrong = [
        p for p in second.pupils if p.fault == "wrong_number" and second.on_list(p) and payable(second, p)
    ]
    assert wrong
    assert all(p.persists for p in wrong)


def test_a_clash_after_the_first_round_is_a_number_given_to_another_child() -> None:
    second = two_rounds()[2]
    for pupil in second.pupils:
        if pupil.fault == "identifier_clash":
            assert pupil.listing
            known, said = pupil.listing.person, pupil.child.said
            assert known.number == said.number
            assert (known.first, known.last) != (said.first, said.last)
            assert known.birth != said.birth
            assert pupil.child.true == said


def test_the_new_rates_are_those_of_the_new_round() -> None:
    _, _, _, later = two_rounds()
    own = {(row.level.value, row.satang) for row in later.rows if str(row.round) == "2564-1" and row.satang}
    assert own == {("kindergarten", 200_000), ("primary", 150_000), ("lower_secondary", 150_000)}


def test_small_worlds_age_too() -> None:
    for seed in range(1, 8):
        _, _, second, later = two_rounds(200, seed)
        assert later.old > 10
        assert second.carried
