"""What is planted, how often, and never twice on one pupil."""

from collections import Counter

import pytest

from country import kinds
from country.classroom.kinds import REFUSALS
from country.pupils import bears_gcode
from country.screening import kinds as forms
from country.screening import screen
from country.truth import truth
from takhai.thai.grades import Level
from takhai.thai.identifiers import NumberForm, read_number
from takhai.thai.names import name_key
from tests.country.conftest import Made, Make, world_of

EVERY = {
    kind.name
    for group in (
        kinds.REFUSED, kinds.IDENTITY, kinds.SCHOOLS, kinds.BANK, kinds.CASH, kinds.RETURNS, kinds.STRAYS,
        (
            kinds.NUMBER_ZERO_LOST, kinds.SCHOOL_ZERO_LOST, kinds.DUPLICATE, kinds.GONE, kinds.MOVED,
            kinds.THREE_YEARS, kinds.NO_RATE, kinds.FORMER, kinds.PROMPTPAY_GCODE, kinds.WITHOUT_ROW,
        ),
        forms.ALL,
    )
    for kind in group
} | {f"{file}:{reason}" for file, reasons in REFUSALS.items() for reason in reasons} | {
    "identifier_taken", "corrected", "gcode", "zero_person", "workbook", "long_absent", "school_mended",
    "joins_the_new_group",
}  # fmt: skip
LATER = {"comes_again", "not_compliant"}


@pytest.mark.parametrize("words", [("--pupils", "2000"), ()])
def test_every_kind_is_there_in_a_province_and_in_2000_pupils(make: Make, words: tuple[str, ...]) -> None:
    planted = make(*words).truth["planted"]
    assert set(planted) == EVERY
    assert all(n > 0 for n in planted.values())


@pytest.mark.parametrize("seed", ["2", "3", "4", "5"])
def test_other_seeds_have_every_kind_too(make: Make, seed: str) -> None:
    assert set(make("--pupils", "2000", "--seed", seed).truth["planted"]) == EVERY


@pytest.mark.parametrize("province", ["10", "63", "85"])
def test_other_provinces_have_every_kind_too(make: Make, province: str) -> None:
    assert set(make("--pupils", "2000", "--province", province).truth["planted"]) == EVERY


def test_200_pupils_have_nearly_every_kind(make: Make) -> None:
    assert len(EVERY - set(make("--pupils", "200").truth["planted"])) <= 25


def test_the_round_after_has_every_kind_and_what_comes_again(make: Make) -> None:
    second = make(after=make().folder)
    assert set(second.truth["planted"]) == EVERY | LATER


def test_every_reason_of_the_round_is_met_but_compliance(make: Make) -> None:
    met: Counter[str] = Counter()
    for step in make().truth["steps"]:
        for name, n in (*step["dropped"].items(), *step["held"].items()):
            met[f"{step['step']} {name}"] += n
    assert {name for name, n in met.items() if not n} == {"entitle not_compliant"}


def test_the_money_of_both_groups_meets_every_fault_but_a_few() -> None:
    _, outcome = world_of(most=None)
    for group in ("old", "new"):
        met = {row.pupil.fault for row in outcome.of(group) if not row.comes_back}
        assert not {kind.name for kind in (*kinds.BANK, *kinds.CASH)} - met, group


def test_whom_a_committee_or_a_form_ended_meets_no_fault_of_money() -> None:
    world, outcome = world_of(most=None)
    enrolled = {pupil.serial for pupil in outcome.beneficiaries}
    money = {kind.name for kind in (*kinds.BANK, *kinds.CASH)}
    assert screen(world).ended
    assert all(pupil.serial in enrolled for pupil in world.pupils if pupil.fault in money)


def test_every_exception_is_met(make: Make) -> None:
    assert all(n > 0 for n in make().truth["exceptions"].values())


def test_most_continuing_pupils_are_old() -> None:
    world, outcome = world_of(most=None)
    listed = sum(1 for _ in world.listed())
    assert listed == pytest.approx(0.312 * outcome.register_rows, rel=0.02)
    assert 0.82 < outcome.old / listed < 0.9
    assert outcome.new > outcome.old


def test_rates_are_kept() -> None:
    world, outcome = world_of(most=None)
    money = [row.pupil for row in outcome.rows if not row.comes_back and row.step != "entitle"]
    faults = Counter(p.fault for p in world.pupils)
    assert faults["name_differs"] == pytest.approx(0.006 * len(world.pupils), rel=0.2)
    by_phone = sum(1 for p in money if p.by_promptpay)
    assert faults["proxy_not_registered"] == pytest.approx(0.02 * by_phone, rel=0.2)
    assert 0.25 < by_phone / len(money) < 0.4


def test_a_clean_pupil_agrees_with_the_registry_in_everything() -> None:
    world, _ = world_of(most=None)
    findings = {kind.name for kind in kinds.IDENTITY}
    for pupil in world.pupils:
        if pupil.fault not in findings:
            assert pupil.child.said == pupil.child.true
            assert pupil.child.alive
            assert read_number(pupil.child.said.number).form is not NumberForm.WRONG_CHECK
            if not bears_gcode(pupil) and not pupil.child.said.number.startswith("0"):
                assert pupil.child.in_registry


def test_a_clean_pupil_is_listed_as_its_school_writes_it() -> None:
    world, _ = world_of(most=None)
    for pupil in world.listed():
        known = pupil.listing
        assert known
        if pupil.fault != "identifier_clash":
            assert known.person == pupil.child.said
        if pupil.fault != "former_identifier":
            assert known.identifier == pupil.child.said.number


@pytest.mark.parametrize("kind", [kind.name for kind in kinds.IDENTITY])
def test_an_identity_fault_is_that_fault_alone(kind: str) -> None:
    world, _ = world_of(most=None)
    planted = [p for p in world.pupils if p.fault == kind]
    assert planted
    for pupil in planted:
        said, true = pupil.child.said, pupil.child.true
        names = (name_key(said.first), name_key(said.last)) != (name_key(true.first), name_key(true.last))
        assert names is (kind == "name_differs")
        assert (said.birth != true.birth) is (kind == "birth_differs")
        assert (said.sex != true.sex) is (kind == "sex_differs")
        assert (said.number != true.number) is (kind == "wrong_number")
        assert pupil.child.in_registry is (kind != "not_in_registry")
        assert pupil.child.alive is (kind != "dead")
        assert (pupil.second is not None) is (kind == "two_schools")


def test_a_clash_differs_from_the_last_list_in_name_and_birth() -> None:
    world, _ = world_of(most=None)
    for pupil in world.pupils:
        if pupil.fault == "identifier_clash":
            assert pupil.listing
            listed, said = pupil.listing.person, pupil.child.said
            assert (listed.first, listed.last) != (said.first, said.last)
            assert listed.birth != said.birth
            assert listed.number == said.number


def test_faults_stand_on_continuing_pupils_and_on_others() -> None:
    world, _ = world_of(most=None)
    for kind in kinds.IDENTITY:
        listed = {p.listing is not None for p in world.pupils if p.fault == kind.name}
        assert listed == ({True} if kind.name == "identifier_clash" else {True, False})


def test_a_pupil_at_two_schools_is_in_a_class_that_both_have() -> None:
    world, _ = world_of(most=None)
    for pupil in world.pupils:
        if pupil.second:
            assert pupil.second is not pupil.school
            assert pupil.grade in pupil.second.grades
            assert pupil.listing or pupil.second.affiliation == pupil.school.affiliation


def test_some_of_the_held_are_corrected_and_only_of_the_declared_kinds() -> None:
    world, outcome = world_of(most=None)
    held = [row for row in outcome.rows if row.reason in kinds.CORRECTED]
    in_time = [row for row in held if row.pupil.corrected == "old"]
    later = [row for row in held if row.pupil.corrected == "new"]
    corrected = [p for p in world.pupils if p.corrected]
    assert len(corrected) == len(in_time) + len(later)
    assert {row.group for row in in_time} == {"old"}
    assert {row.group for row in later} == {"old", "new"}
    of_old = sum(row.group == "old" for row in held)
    assert len(in_time) == pytest.approx(0.6 * of_old, abs=2)
    assert len(later) == pytest.approx(0.6 * (len(held) - len(in_time)), abs=2)


def test_nobody_chooses_a_channel_before_anybody_knows_him() -> None:
    world, outcome = world_of(most=None)
    assert all(pupil.known is (pupil.listing is not None) for pupil in world.pupils)
    new = [row for row in outcome.of("new") if not row.comes_back]
    by_phone = [row.pupil for row in new if row.pupil.by_promptpay]
    assert by_phone
    assert all(pupil.listing for pupil in by_phone)


def test_a_pupil_on_no_list_belongs_to_the_school_that_is_read_first() -> None:
    world, _ = world_of(most=None)
    twice = [p for p in world.pupils if p.second and not p.listing]
    assert twice
    for pupil in twice:
        assert pupil.second
        first, second = ((not s.workbook, s.code) for s in (pupil.school, pupil.second))
        assert first < second


def test_upper_secondary_is_listed_in_police_schools_or_by_mistake() -> None:
    world, _ = world_of(province="63", most=None)
    upper = [p for p in world.listed() if p.grade.level is Level.UPPER_SECONDARY]
    affiliations = Counter(p.school.affiliation for p in upper)
    assert affiliations["bpp"] > 0
    assert sum(affiliations.values()) - affiliations["bpp"] < 0.006 * sum(1 for _ in world.listed())


def test_schools_pay_back_in_all_ways(krabi: Made) -> None:
    world, outcome = world_of()
    planted = truth(world, outcome)["planted"]
    assert planted == krabi.truth["planted"]
    assert {"return_differs", "return_repeated", "return_pending"} <= set(planted)


def test_the_same_words_give_the_same_pupils() -> None:
    one, _ = world_of(seed=3)
    world_of.cache_clear()
    two, _ = world_of(seed=3)
    assert one is not two
    assert [(p.child.said, p.fault, p.school.code) for p in one.pupils] == [
        (p.child.said, p.fault, p.school.code) for p in two.pupils
    ]
