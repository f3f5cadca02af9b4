"""The same children one round later: grades, moves, departures, newcomers, and the money still due."""

from collections.abc import Iterator
from dataclasses import replace

from country import kinds
from country.classroom import complies
from country.draw import apportion, below, chance, shuffled
from country.first import extra_rows
from country.planting import plant
from country.pupils import Births, Listing, Pupil, fill, pupil_of, special_forms
from country.schools import School
from country.settle import Outcome, Row, joins
from country.world import NEW, Carried, World
from takhai.thai.calendar import Term
from takhai.thai.grades import Grade

LEAVE_PER_MILLION, MOVE_PER_MILLION, CHANGE_CHANNEL_PER_MILLION = 15_000, 30_000, 30_000
STAY_AFTER_M3_PER_MILLION = 600_000
# Faults of a child that stay until its school sends a correction.
_LASTING = ("wrong_number", "two_schools", "not_in_registry", "name_differs", "birth_differs", "sex_differs")
# A number that two children bore is taken out of the register; the others are away.
_AWAY = ("identifier_clash", "dead", "cash_left", "cash_died")


def next_world(before: World, outcome: Outcome, term: Term) -> World:
    """The round after `before`, for which Takhai's own beneficiaries are the last list."""
    world = World(term, before.province, before.seed, {s.code: s for s in _schools(before)}, follows=True)
    listed = {pupil.serial: _listing(before, pupil) for pupil in outcome.beneficiaries}
    again = [row for row in outcome.rows if comes_again(row)]
    waiting = {row.pupil.serial for row in again}
    here: dict[int, Pupil] = {}
    for old in before.pupils:
        pupil = _later(world, old, listed.get(old.serial), waits=old.serial in waiting)
        if pupil is not None:
            pupil.known = old.known or before.good(old)
            here[old.serial] = pupil
    world.pupils = list(here.values())
    world.carried = [
        Carried(
            pupil=here[row.pupil.serial],
            round=row.round,
            satang=row.satang,
            level=row.level,
            school=world.schools[row.school.code],
            joins="entitle" if row.step == "entitle" else "order",
        )
        for row in again
    ]
    world.pupils += _newcomers(world, before, outcome.register_rows)
    plant(world)
    return world


def comes_again(row: Row) -> bool:
    """Whether a row held to the end joins the next round: its hold is lifted, or its money lies with us.

    What the bank has not answered for, or answered wrongly, stays sent until a person clears it.
    """
    if row.kind != "held" or joins(row):
        return False
    if row.step == "entitle":
        return bool(row.pupil.corrected)
    return row.step == "order" or row.reason in kinds.COMES_AGAIN


def _schools(before: World) -> Iterator[School]:
    without = [school for school in before.schools.values() if school.fault == "no_account"]
    opening = shuffled(without, lambda s: s.code, before.seed, before.term, "opens")[: len(without) // 2]
    for school in before.schools.values():
        stays_without = school in without and school not in opening
        refused = school.fault_in(NEW) in ("school_account_closed", "school_account_name_differs")
        account = f"{int(school.account[0]) - 1}{school.account[1:]}" if refused else school.account
        yield replace(school, fault="no_account" if stays_without else "", mended=False, account=account)


def _later(world: World, old: Pupil, known: Listing | None, *, waits: bool) -> Pupil | None:
    """The pupil a round later; absent where only a list or money remembers it, None where nothing does."""
    if not old.present and not waits:
        return None
    child = old.child
    if old.corrected:
        child.said = child.true
    if old.fault == "cash_died":
        child.alive = False
    grade = _grade(world, old)
    school = None if grade is None else _school(world, old, grade, waits=waits)
    if school is None or grade is None or old.fault in _AWAY or not child.alive or not old.present:
        if known is None and not waits:
            return None
        pupil = pupil_of(child, world.schools[old.school.code], old.grade, world.seed)
        pupil.present = False
    else:
        pupil = pupil_of(child, school, grade, world.seed)
        if old.fault in _LASTING and not old.corrected:
            pupil.fault, pupil.persists = old.fault, True
            pupil.second = world.schools[old.second.code] if old.second else None
    pupil.listing, pupil.carries = known, waits
    pupil.channel = _channel(world, old, pupil)
    return pupil


def _listing(before: World, old: Pupil) -> Listing:
    """What the round that was leaves of a beneficiary; whoever was not in the old group begins with its year."""
    said = old.child.said
    began = old.listing.first_year if old.listing and before.on_list(old) else before.term.year
    return Listing(
        identifier=said.number,
        person=said,
        school=old.school.code,
        grade=old.grade,
        channel=old.channel,
        first_year=began,
        compliant=complies(before, old),
    )


def _grade(world: World, old: Pupil) -> Grade | None:
    if world.term.semester == 2:
        return old.grade
    later = [grade for grade in old.grade.next_grades() if not grade.startswith("ปวช")]
    stays = old.grade is not Grade.M3 or chance(STAY_AFTER_M3_PER_MILLION, world.seed, "after m3", old.serial)
    return later[0] if later and stays else None


def _school(world: World, old: Pupil, grade: Grade, *, waits: bool) -> School | None:
    """Where the pupil goes: it stays, moves on where its school ends, or leaves for good."""
    here = world.schools[old.school.code]
    offered = grade in here.grades
    if old.second:
        return here if offered and grade in old.second.grades else None
    if waits:
        return here if offered else None
    draw = (world.seed, world.term, old.serial)
    if chance(LEAVE_PER_MILLION, "leaves", *draw):
        return None
    moves = old.fault == "cash_moved" or not offered or chance(MOVE_PER_MILLION, "moves", *draw)
    if not moves:
        return here
    kind = here.affiliation if old.child.robe else ""
    others = [s for s in world.offering.get((kind, grade), ()) if s is not here and _takes(s, old)]
    return others[below(len(others), "to", *draw)] if others else None


def _takes(school: School, old: Pupil) -> bool:
    """Temple schools take boys in robes only."""
    return school.affiliation != "onab" or bool(old.child.robe)


def _channel(world: World, old: Pupil, now: Pupil) -> str:
    if now.child.said.number.startswith("G"):
        return "school"
    if now.carries:
        through_school = now.present and not now.school.fault and old.fault == "proxy_not_registered"
        return "school" if through_school and old.serial % 2 else old.channel
    changes = chance(CHANGE_CHANNEL_PER_MILLION, world.seed, world.term, "channel", old.serial)
    return {"school": "promptpay", "promptpay": "school"}[old.channel] if changes else old.channel


def _newcomers(world: World, before: World, rows: int) -> Iterator[Pupil]:
    """Children who enter school, so that the register is about as long as it was."""
    listed = sum(1 for _ in world.listed())
    staying = sum(1 + (pupil.second is not None) for pupil in world.present())
    wanted = max(0, rows - extra_rows(rows, listed) - staying)
    found = list(world.schools.values())
    births = Births(
        world.province,
        world.seed,
        world.term,
        before.next_serial,
        special_forms(world.seed, world.province, rows),
    )
    for school, count in zip(found, apportion(wanted, [school.size for school in found]), strict=True):
        entries = [*school.grades[:2], *(g for g in (Grade.M1, Grade.M4) if g in school.grades[2:])]
        yield from fill(births, school, count, entries, seed=world.seed, why="newcomers")
    world.next_serial = births.next
