"""The first round of a world: schools, families, pupils, the list of the round before."""

from country import kinds
from country.draw import apportion, below, chance, number, portion, rng, shuffled
from country.facts import facts, rows_of
from country.planting import plant
from country.pupils import Births, Listing, Pupil, choose_listed, fill, special_forms
from country.schools import School, schools
from country.world import World
from takhai.thai.calendar import Term
from takhai.thai.grades import Level


def first_world(*, term: Term, province: str, seed: int, most: int | None) -> World:
    """A province before its first round; `most` caps the number of register rows."""
    rows = rows_of(province) if most is None else min(most, rows_of(province))
    listed = (rows * facts().on_last_list * 2 + facts().register_rows) // (2 * facts().register_rows)
    pupils = rows - extra_rows(rows, listed)
    found = schools(province, pupils, seed)
    choose_workbooks(found, seed)
    world = World(term, province, seed, {school.code: school for school in found})
    births = Births(province, seed, term, 1, special_forms(seed, province, pupils))
    for school in found:
        world.pupils += fill(births, school, school.size, school.grades, seed=seed, why="first")
    _list(world, births, listed)
    world.next_serial = births.next
    plant(world)
    return world


def extra_rows(rows: int, listed: int) -> int:
    """Rows kept free for pupils that have two."""
    two = next(kind for kind in kinds.IDENTITY if kind.name == "two_schools")
    return (
        portion(rows, kinds.DUPLICATE.per_million, 1)
        + portion(listed, two.per_million, 1)
        + portion(rows - listed, two.per_million, 1)
    )


def choose_workbooks(found: list[School], seed: int) -> None:
    """Some schools send a workbook instead of rows in the file: 1 to 4 says which habits it has."""
    order = shuffled((school for school in found if school.size), lambda s: s.code, seed, "workbooks")
    for n, school in enumerate(order[: portion(len(order), kinds.WORKBOOKS_PER_MILLION, 2)]):
        school.workbook = 1 + n % 4


def _list(world: World, births: Births, count: int) -> None:
    gone = portion(count, kinds.GONE.per_million, kinds.GONE.least)
    without = portion(count, kinds.NO_RATE.per_million, kinds.NO_RATE.least)
    younger = [p for p in world.pupils if _mostly_listed(p)]
    older = [p for p in world.pupils if not _mostly_listed(p)]
    stay = choose_listed(younger, count - gone - without, world.seed)
    stay += shuffled(older, lambda p: p.serial, world.seed, "without a rate")[:without]
    left = list(_departed(world, births, gone))
    world.pupils += left
    for pupil in (*stay, *left):
        pupil.listing, pupil.known = _listing(world, pupil), True
    order = shuffled(
        (p for p in stay if _mostly_listed(p)), lambda p: p.serial, world.seed, "what life brings"
    )
    moved = portion(count, kinds.MOVED.per_million, kinds.MOVED.least)
    three = portion(count, kinds.THREE_YEARS.per_million, kinds.THREE_YEARS.least)
    for pupil in order[:moved]:
        _came_from_elsewhere(world, pupil)
    for pupil in order[moved : moved + three]:
        if pupil.listing:
            pupil.listing.first_year = world.last_first_year - below(3, world.seed, "early", pupil.serial)


def _mostly_listed(pupil: Pupil) -> bool:
    return pupil.grade.level is not Level.UPPER_SECONDARY or pupil.school.affiliation == "bpp"


def _listing(world: World, pupil: Pupil) -> Listing:
    draw = number(world.seed, "listing", pupil.serial)
    changed = chance(30_000, world.seed, "channel", pupil.serial)
    other = "school" if pupil.channel == "promptpay" else "promptpay"
    years = world.term.year - world.last_first_year
    return Listing(
        identifier=pupil.child.said.number,
        person=pupil.child.said,
        school=pupil.school.code,
        grade=pupil.grade,
        channel=other if changed else pupil.channel,
        first_year=world.last_first_year + 1 + draw % years,
        compliant=draw // 1_000 % 100 >= 2,
    )


def _departed(world: World, births: Births, count: int) -> list[Pupil]:
    """Pupils of the last list that no school has any more."""
    found = [school for school in world.schools.values() if Level.PRIMARY in {g.level for g in school.grades}]
    draw = rng(world.seed, "departed", world.province)
    left: list[Pupil] = []
    for school, n in zip(found, apportion(count, [1 + school.size for school in found]), strict=True):
        primary = [grade for grade in school.grades if grade.level is Level.PRIMARY]
        left += fill(births, school, n, [draw.choice(primary)], seed=world.seed, why="departed")
    for pupil in left:
        pupil.present = False
    return left


def _came_from_elsewhere(world: World, pupil: Pupil) -> None:
    others = [s for s in world.offering["", pupil.grade] if s is not pupil.school]
    if pupil.listing and others:
        pupil.listing.school = others[below(len(others), world.seed, "came from", pupil.serial)].code
