"""Fills in the forms of the new group and plants what is wrong with some of them."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from country.deck import clean
from country.draw import below, portion
from country.pupils import Pupil
from country.screening import kinds
from country.screening.forms import FORM, Form, form_of, home_school, refuse
from country.screening.households import Household, families, household
from country.screening.scoring import income
from country.screening.spoiling import spoil
from country.world import OLD, World

# Questions about a house that two children answer differently where a household contradicts itself.
_DISPUTED = ("refrigerator", "television", "washing_machine", "motorcycle", "toilet")
_CONTRADICTS = next(kind for kind in kinds.KEPT if kind.name == "household_contradicts")
_AT_THE_END = ("form_number_repeated", "form_after_signing")


class Desk:
    """Fills in forms: one household for all its children, numbers that run on in each school."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._children = families(world)
        self._known: dict[int, Household] = {}
        self._count: dict[str, int] = {}

    def form(self, pupil: Pupil) -> Form:
        """The next form of the pupil's school."""
        school, kin = home_school(pupil, self.world.province), pupil.child.family
        if id(kin) not in self._known:
            self._known[id(kin)] = household(self.world, kin, self._children[id(kin)])
        self._count[school.code] = self._count.get(school.code, 0) + 1
        return form_of(self.world, pupil, self._known[id(kin)], self._count[school.code], school)


def forms(world: World, group: Sequence[Pupil]) -> list[Form]:
    """Every form of the round in the order of the files, late ones last; faults are planted on pupils."""
    nth = _deal(group)
    desk = Desk(world)
    found: list[Form] = []
    for pupil in sorted(group, key=lambda p: (home_school(p, world.province).code, p.serial)):
        if pupil.fault == "no_form":
            continue
        form = desk.form(pupil)
        if pupil.fault == "official_refused":
            refuse(world, form)
        if pupil.fault in kinds.REASON:
            spoil(world, form, pupil.fault, nth[pupil.serial])
        found.append(form)
    _contradict(found)
    _repeat_number(found)
    found += _second(desk, found)
    found += _unasked(desk, len(group))
    return sorted(found, key=_when)


def _when(form: Form) -> int:
    """Repeated numbers come after the forms they repeat, late forms after all."""
    return 1 + _AT_THE_END.index(form.fault) if form.fault in _AT_THE_END else 0


def _deal(group: Sequence[Pupil]) -> dict[int, int]:
    """Gives each kind to its share of the group; says which of its kind a pupil is."""
    nth: dict[int, int] = {}
    pairs = _pairs(group)[: portion(len(group), _CONTRADICTS.per_million, _CONTRADICTS.least)]
    for one, _ in pairs:
        one.fault = _CONTRADICTS.name
    apart = {pupil.serial for pair in pairs for pupil in pair}
    hands = iter([pupil for pupil in group if clean(pupil) and pupil.serial not in apart])
    for kind in (*kinds.LOST, *kinds.KEPT):
        for n in range(0 if kind is _CONTRADICTS else portion(len(group), kind.per_million, kind.least)):
            pupil = next(hands, None)
            if pupil is not None:
                pupil.fault = kind.name
                nth[pupil.serial] = n
    return nth


def _pairs(group: Sequence[Pupil]) -> list[list[Pupil]]:
    """The children of each household that has exactly two in the group, both clean."""
    by_family: dict[int, list[Pupil]] = {}
    for pupil in group:
        by_family.setdefault(id(pupil.child.family), []).append(pupil)
    return [children for children in by_family.values() if len(children) == 2 and all(map(clean, children))]


def _contradict(found: Sequence[Form]) -> None:
    """Turns one yes or no of a form, so that it is not what the brother's or sister's says."""
    for form in found:
        if form.pupil.fault == _CONTRADICTS.name:
            column = _DISPUTED[form.pupil.serial % len(_DISPUTED)]
            form.row[column] = "no" if form.row[column] == "yes" else "yes"


def _repeat_number(found: Sequence[Form]) -> None:
    """A form under the number of another; whose members those are nobody could say, so it has none."""
    good = [form.number for form in found if form.good and not form.pupil.fault]
    for form in found:
        if form.fault == "form_number_repeated":
            form.row["form_no"] = good[form.pupil.serial % len(good)]
            form.members = []


def _second(desk: Desk, found: Sequence[Form]) -> Iterator[Form]:
    """Second forms, after all first ones."""
    for pupil in [form.pupil for form in found if form.pupil.fault == "form_repeated"]:
        form = desk.form(pupil)
        form.fault = "form_repeated"
        yield form


def _unasked(desk: Desk, whole: int) -> Iterator[Form]:
    """Forms of continuing pupils, who are not screened."""
    world = desk.world
    old = [pupil for pupil in world.pupils if world.group_of(pupil) == OLD and clean(pupil)]
    first = below(max(1, len(old)), world.seed, world.term, "unasked")
    wanted = portion(whole, kinds.UNASKED.per_million, kinds.UNASKED.least)
    for pupil in (old[first:] + old[:first])[:wanted]:
        form = desk.form(pupil)
        form.fault = kinds.UNASKED.name
        yield form


def contradictions(taken: Sequence[Form]) -> int:
    """Pairs of forms of one household that do not say the same of it."""
    by_household: dict[str, list[Form]] = {}
    for form in taken:
        by_household.setdefault(form.row["household_ref"], []).append(form)
    return sum(
        _house(one) != _house(other)
        for forms_of_one in by_household.values()
        for one, other in combinations(forms_of_one, 2)
    )


def _house(form: Form) -> tuple[object, ...]:
    """What forms of one household share: house, land, things, number and income of its people."""
    columns = FORM[FORM.index("tenure") : FORM.index("extension")]
    told = tuple(form.row[name] for name in columns if name != "rent_baht")
    return *told, len(form.members), income(form.members)
