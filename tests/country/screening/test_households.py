"""Who lives in a household, what it lives on and how: whole, believable, the same for every child of it."""

from functools import cache

import pytest

from country.draw import rng
from country.screening import screen
from country.screening.forms import Form
from country.screening.homes import LADDERS, home
from country.screening.households import families, household
from country.screening.planting import contradictions
from country.screening.scoring import satang
from country.world import World
from takhai.policy import for_round
from takhai.thai.identifiers import NumberForm, read_number
from tests.country.conftest import world_of


def world() -> World:
    """A small province, made when a test asks for it."""
    return world_of()[0]


@cache
def good() -> list[Form]:
    """Its good forms."""
    return [form for form in screen(world()).forms if form.good]


@cache
def by_household() -> dict[str, list[Form]]:
    """The same by household."""
    found: dict[str, list[Form]] = {}
    for form in good():
        found.setdefault(form.row["household_ref"], []).append(form)
    return found


def test_every_form_lists_its_pupil_once_and_a_grown_up() -> None:
    for form in good():
        assert [who["relation"] for who in form.members].count("pupil") == 1
        assert any(int(who["age"]) >= 18 for who in form.members)


def test_members_are_numbered_and_of_a_believable_age() -> None:
    oldest = for_round(world().term).oldest_member
    for form in good():
        assert [who["member_no"] for who in form.members] == [str(n + 1) for n in range(len(form.members))]
        assert all(0 <= int(who["age"]) <= oldest for who in form.members)


def test_parents_are_old_enough_for_their_children() -> None:
    for form in good():
        pupil = next(int(who["age"]) for who in form.members if who["relation"] == "pupil")
        parents = [int(who["age"]) for who in form.members if who["relation"] in ("father", "mother")]
        assert all(age >= pupil + 16 for age in parents)


def test_whoever_earns_works() -> None:
    for form in good():
        for who in form.members:
            if any(satang(who[name]) > 0 for name in ("wages", "agriculture", "business")):
                assert who["works"] == "yes"


def test_children_at_school_do_not_work() -> None:
    for form in good():
        assert all(who["works"] == "no" for who in form.members if who["relation"] == "pupil")


def test_only_land_and_trade_can_lose() -> None:
    lost = 0
    for form in good():
        for who in form.members:
            assert min(satang(who[name]) for name in ("wages", "welfare", "other")) >= 0
            lost += satang(who["agriculture"]) < 0
    assert lost > 0


def test_no_income_is_absurd() -> None:
    most = for_round(world().term).income_most_satang
    for form in good():
        assert all(
            satang(who[name]) <= most for who in form.members for name in ("wages", "welfare", "other")
        )


def test_a_single_parent_is_one_parent() -> None:
    for form in good():
        parents = {who["relation"] for who in form.members} & {"father", "mother"}
        assert (form.row["single_parent"] == "yes") == (len(parents) == 1)
        assert (form.row["family_status"] == "together") == (len(parents) == 2)


def test_without_electricity_nothing_is_plugged_in() -> None:
    for form in good():
        if form.row["electricity"] == "none" and form.pupil.fault != "household_contradicts":
            assert form.row["television"] == form.row["refrigerator"] == form.row["computer"] == "no"


def test_whoever_lives_on_land_farms_some() -> None:
    for form in good():
        if any(satang(who["agriculture"]) for who in form.members):
            assert form.row["farmland"] != "none"


def test_only_who_rents_pays_rent() -> None:
    assert {bool(form.row["rent_baht"]) for form in good() if form.row["tenure"] == "rent"} == {True}
    assert {bool(form.row["rent_baht"]) for form in good() if form.row["tenure"] != "rent"} == {False}


@pytest.mark.parametrize("column", LADDERS)
def test_every_answer_is_met_and_only_those(column: str) -> None:
    met = {home(rng("ladder", n), n % 7 / 2 - 1.5, farms=n % 2 == 0)[column] for n in range(2_500)}
    assert met == set(LADDERS[column])


def test_the_poorer_the_plainer_the_house() -> None:
    rich, poor = ([home(rng("house", n), lean, farms=False) for n in range(400)] for lean in (-1.5, 1.5))
    for column, answer in (("electricity", "own_meter"), ("floor", "marble_tile"), ("refrigerator", "yes")):
        assert sum(h[column] == answer for h in rich) > sum(h[column] == answer for h in poor)


def test_children_of_one_household_give_the_same_answers() -> None:
    shared = [forms for forms in by_household().values() if len(forms) > 1]
    assert len(shared) > 100
    for forms in shared:
        if all(form.pupil.fault != "household_contradicts" for form in forms):
            assert contradictions(forms) == 0
            assert len({form.row["guardian_welfare_card"] for form in forms}) == 1
            assert len({form.welfare for form in forms}) == 1


def test_one_household_is_one_family() -> None:
    for forms in by_household().values():
        assert len({id(form.pupil.child.family) for form in forms}) == 1
    assert len({id(form.pupil.child.family) for form in good()}) == len(by_household())


def test_brothers_and_sisters_are_members_of_one_another() -> None:
    for forms in by_household().values():
        for form in forms:
            assert sum(who["relation"] == "sibling" for who in form.members) >= len(forms) - 1


def test_a_planted_contradiction_is_one_pair() -> None:
    planted = [form for form in good() if form.pupil.fault == "household_contradicts"]
    assert planted
    for form in planted:
        pair = by_household()[form.row["household_ref"]]
        assert len(pair) == 2
        assert contradictions(pair) == 1


def test_officials_hold_an_office_and_have_a_right_number() -> None:
    offices = for_round(world().term).official_positions
    for form in good():
        assert form.row["official_position"] in offices
        assert read_number(form.row["official_number"]).form is NumberForm.CITIZEN


def test_nobody_but_pupils_and_officials_has_a_number() -> None:
    known = {pupil.child.said.number for pupil in world().pupils}
    assert not known & {form.row["official_number"] for form in good()}


def test_forms_are_filled_in_before_the_list_is_closed() -> None:
    window = for_round(world().term).window("assess", "new")
    days = [form.row["filled_on"] for form in good()]
    assert window.opens.isoformat() <= min(days)
    assert max(days) <= window.closes.isoformat()


def test_the_same_family_is_the_same_household_whenever_it_is_asked() -> None:
    kin = families(world())
    for children in list(kin.values())[:50]:
        family = children[0].child.family
        assert household(world(), family, children) == household(world(), family, children)
