"""Plants the faults of a round, the rarest pools first, so that a small world has each of them too."""

from datetime import timedelta

from country import kinds, names, numbers
from country.deck import Deck, clean, payable
from country.draw import below, number, portion, rng, shuffled
from country.pupils import Pupil, bears_gcode
from country.schools import School
from country.screening import screen
from country.world import NEW, OLD, World
from takhai.thai.identifiers import NumberForm, read_number


def plant(world: World) -> None:
    """Plants everything that a round has; what was planted before and persists stays.

    Who of the new group is enrolled is known when registers and identities are spoiled: only then comes
    what happens to its money.
    """
    deck = Deck(world)
    _former_identifiers(world, deck)
    _gcodes(world, deck)
    _school_faults(world, deck)
    _register_faults(deck)
    _identity_faults(world, deck, deck.money)
    _identity_faults(world, deck, deck.others)
    _money_faults(deck, deck.money)
    ended = screen(world).ended
    enrolled = [p for p in deck.present if world.group_of(p) == NEW and p.serial not in ended]
    granted = [pupil for pupil in enrolled if payable(world, pupil)]
    _money_faults(deck, granted)
    _corrections(world, OLD, deck.money)
    _corrections(world, NEW, [*deck.money, *granted])


def _money_faults(deck: Deck, granted: list[Pupil]) -> None:
    """What bank, schools and families do with the money of one group."""
    deck.each(kinds.BANK, granted, lambda p: p.by_promptpay)
    deck.each(kinds.CASH, granted, lambda p: not p.by_promptpay and not p.school.fault)


def pure_text(pupil: Pupil) -> bool:
    """Whether the pupil's row stands in a CSV of UTF-8, where text can be broken."""
    return not pupil.school.workbook and pupil.school.affiliation == "obec"


def citizen(pupil: Pupil) -> bool:
    """A right 13-digit number that does not begin with 0."""
    return read_number(pupil.child.said.number).form is NumberForm.CITIZEN


def zero(pupil: Pupil) -> bool:
    """Whether the number begins with 0."""
    return pupil.child.said.number.startswith("0")


def _former_identifiers(world: World, deck: Deck) -> None:
    """In the first round a G-code of before is made up; later a child that has one gets its number."""
    for pupil in deck.deal(kinds.FORMER, deck.money, bears_gcode if world.follows else citizen):
        child = pupil.child
        if world.follows:
            child.former = child.said.number
            child.said = child.said._replace(number=numbers.citizen(world.province, child.serial, world.seed))
            child.true, child.in_registry = child.said, True
        else:
            child.former = numbers.gcode(world.province, child.serial, world.term.year - 1)
        if pupil.listing:
            pupil.listing.identifier = child.former


def _gcodes(world: World, deck: Deck) -> None:
    """A G-code said to have become a number that another pupil has; G-codes that chose PromptPay."""
    once = kinds.Kind("identifier_taken", 0, "")
    holders = deck.deal(once, deck.money, citizen)
    bearers = deck.deal(once, deck.present, lambda p: bears_gcode(p) and p.listing is not None)
    if holders and bearers:
        world.taken = (holders[0], bearers[0])
    for pupil in deck.deal(
        kinds.PROMPTPAY_GCODE, deck.present, lambda p: bears_gcode(p) and p.listing is not None
    ):
        pupil.channel = "promptpay"


def _school_faults(world: World, deck: Deck) -> None:
    """Marks schools, and with them every pupil whose money they would pay out."""
    through: dict[str, list[Pupil]] = {}
    for pupil in deck.money:
        if not pupil.by_promptpay:
            through.setdefault(pupil.school.code, []).append(pupil)
    busy: set[str] = set()
    for carried in world.carried:
        busy |= {carried.school.code, carried.pupil.school.code}
    for school in shuffled(world.schools.values(), lambda s: s.code, world.seed, world.term, "schools"):
        if school.fault:
            busy.add(school.code)
    able = [code for code, pupils in through.items() if code not in busy and any(map(clean, pupils))]
    ready = shuffled(able, str, world.seed, world.term, "school faults")
    size = len(ready)
    for kind in kinds.SCHOOLS:
        already = sum(1 for school in world.schools.values() if school.fault == kind.name)
        wanted = max(0, portion(size, kind.per_million, kind.least) - already)
        for code in ready[:wanted]:
            world.schools[code].fault = kind.name
        ready = ready[wanted:]
    refused = [school for school in world.schools.values() if school.fault in kinds.HELD_BY_SCHOOL]
    order = shuffled(refused, lambda s: s.code, world.seed, world.term, "mended schools")
    for school in order[: portion(len(order), kinds.MENDED_PER_MILLION)]:
        school.mended = True
    for school in world.schools.values():
        if school.fault:
            for pupil in filter(clean, through.get(school.code, ())):
                pupil.fault = "at_faulty_school"


def _register_faults(deck: Deck) -> None:
    deck.deal(kinds.NUMBER_ZERO_LOST, deck.present, zero)
    deck.deal(kinds.SCHOOL_ZERO_LOST, deck.present, lambda p: p.school.code.startswith("0"))
    size = len(deck.present)
    for kind in kinds.REFUSED:
        text_only = kind.name in ("row_malformed", "text_unclean")
        deck.deal(kind, deck.present, pure_text if text_only else _any, of=size)
    deck.deal(kinds.DUPLICATE, deck.present, _any, of=size)


def _any(pupil: Pupil) -> bool:
    return pupil.present


def _identity_faults(world: World, deck: Deck, pool: list[Pupil]) -> None:
    def fits(pupil: Pupil) -> bool:
        child = pupil.child
        return citizen(pupil) and child.in_registry and child.alive and not child.robe and not child.former

    def fits_two(pupil: Pupil) -> bool:
        return fits(pupil) and bool(_same(world, pupil))

    size = sum(1 for pupil in pool if clean(pupil) and fits(pupil))
    for kind in kinds.IDENTITY:
        if kind.name == "two_schools":
            for pupil in deck.deal(kind, pool, fits_two, of=size):
                other = _same(world, pupil)
                pupil.second = other[below(len(other), world.seed, world.term, "second", pupil.serial)]
        elif _possible(world, kind.name, listed=pool is deck.money):
            for pupil in deck.deal(kind, pool, fits, of=size):
                spoil(world, pupil, kind.name)


def _possible(world: World, kind: str, *, listed: bool) -> bool:
    """A clash needs a list; a number that was right before cannot be wrong and still be found on it."""
    if kind == "identifier_clash":
        return listed
    return kind != "wrong_number" or not listed or not world.follows


def _same(world: World, pupil: Pupil) -> list[School]:
    """Where a pupil can be entered a second time.

    Who is on no list belongs to the school whose row is read first, within one affiliation.
    """
    if pupil.listing:
        return [school for school in world.offering["", pupil.grade] if school is not pupil.school]
    found = world.offering[pupil.school.affiliation, pupil.grade]
    return [school for school in found if _read(school) > _read(pupil.school)]


def _read(school: School) -> tuple[bool, str]:
    """The order in which the rows of an affiliation's schools are read: workbooks of single schools first."""
    return not school.workbook, school.code


def spoil(world: World, pupil: Pupil, kind: str) -> None:
    """Makes the child's registers disagree as the kind says; the last list repeats the school's error."""
    child = pupil.child
    chance = rng(world.seed, world.term, kind, pupil.serial)
    said = child.said
    if kind == "dead":
        child.alive = False
    elif kind == "not_in_registry":
        child.in_registry = False
    elif kind == "wrong_number":
        said = said._replace(number=numbers.wrong_check(said.number, chance.randrange(9)))
        # Nobody has heard of the number, unless the last list has it too.
        pupil.known = pupil.listing is not None
    elif kind == "name_differs" and chance.random() < 0.5:
        said = said._replace(last=names.another(chance, names.surnames(), said.last))
    elif kind == "name_differs":
        said = said._replace(first=names.another(chance, names.first_names(said.sex), said.first))
    elif kind == "birth_differs":
        said = said._replace(birth=said.birth + timedelta(days=chance.randint(1, 200)))
    elif kind == "sex_differs":
        said = said._replace(sex="f" if said.sex == "m" else "m")
    elif kind == "identifier_clash":
        said = said._replace(
            first=names.another(chance, names.first_names(said.sex), said.first),
            last=names.another(chance, names.surnames(), said.last),
            birth=said.birth - timedelta(days=chance.randint(400, 900)),
        )
        # The number goes to another child: the last list keeps the one who had it.
        child.true = said
    child.said = said
    if pupil.listing and kind != "identifier_clash":
        pupil.listing.person = said
        pupil.listing.identifier = said.number


def _corrections(world: World, group: str, pool: list[Pupil]) -> None:
    """Chooses whose rows are mended when a group's list goes out, among those held and not mended yet."""
    for kind in kinds.CORRECTED:
        held = [p for p in pool if p.fault == kind and not p.persists and not p.corrected]
        order = sorted(held, key=lambda pupil: number(world.seed, "corrected", pupil.serial))
        for pupil in order[: portion(len(order), kinds.CORRECTED_PER_MILLION)]:
            pupil.corrected = group
