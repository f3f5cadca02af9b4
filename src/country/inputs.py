"""The other files that exist before a round: areas, schools, last list, civil registry, channels."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from country import names, numbers
from country.areas import areas
from country.dmc import SEX
from country.draw import chance, portion, rng
from country.people import Person, birth_for, title
from country.pupils import Pupil
from country.world import World
from takhai.thai.grades import Grade

EXTRACT_ONLY_PER_MILLION = 30_000
# Serials of people that are in the registry only, far above those of children.
_ELSEWHERE = 9_000_000


def write_inputs(world: World, folder: Path) -> None:
    """Writes them; the last list only where Takhai has none of its own yet."""
    _write(
        folder / "areas.csv",
        ("area_code", "name_th", "kind", "province_code"),
        ((area.code, area.name, area.kind, area.province) for area in areas()),
    )
    _write(folder / "schools.csv", _SCHOOLS, _schools(world))
    if not world.follows:
        _write(folder / "last_round.csv", _LAST, _last_list(world))
    _write(folder / "registry_extract.csv", _EXTRACT, sorted(_extract(world)))
    _write(folder / "channels.csv", ("identifier", "former_identifier", "channel"), _channels(world))


_SCHOOLS = (
    "school_code", "moe_code", "name_th", "affiliation", "area_code", "subdistrict_code", "account_bank",
    "account_number", "phone",
)  # fmt: skip
_LAST = (
    "identifier", "prefix", "first_name", "last_name", "birth_date", "sex", "school_code", "class", "channel",
    "first_subsidy_year", "compliant",
)  # fmt: skip
_EXTRACT = ("number", "prefix", "first_name", "last_name", "sex", "birth_date", "alive")


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _schools(world: World) -> Iterator[Sequence[object]]:
    for s in world.schools.values():
        yield (
            s.code, s.moe_code, s.name, s.affiliation, s.area, s.subdistrict, *s.listed_account, s.phone,
        )  # fmt: skip


def _last_list(world: World) -> Iterator[Sequence[object]]:
    day = world.term.previous().first_day
    for pupil in world.pupils:
        known = pupil.listing
        if known:
            who = known.person
            yield (
                known.identifier, title(who, pupil.child.robe, day), who.first, who.last,
                who.birth.isoformat(), SEX[who.sex], known.school, known.grade.value, known.channel,
                known.first_year, "yes" if known.compliant else "no",
            )  # fmt: skip


def _extract(world: World) -> Iterator[tuple[str, ...]]:
    day = world.intake
    for pupil in world.pupils:
        child = pupil.child
        if child.in_registry and not child.true.number.startswith("G"):
            yield _registered(child.true, title(child.true, "", day), alive=child.alive)
    for n in range(portion(len(world.pupils), EXTRACT_ONLY_PER_MILLION, 3)):
        yield _registered(stranger(world, n), "นาย", alive=not chance(20_000, world.seed, "elsewhere", n))


def _registered(who: Person, prefix: str, *, alive: bool) -> tuple[str, ...]:
    return (
        who.number, prefix, who.first, who.last, SEX[who.sex], who.birth.isoformat(),
        "yes" if alive else "no",
    )  # fmt: skip


def stranger(world: World, n: int) -> Person:
    """A person of the province that no school and no list knows."""
    draw = rng(world.seed, "stranger", world.province, n)
    text = numbers.citizen(world.province, _ELSEWHERE + n, world.seed)
    birth = birth_for(draw, Grade.M6, world.term)
    return Person(text, names.first_name(draw, "m"), names.surname(draw), "m", birth)


def _channels(world: World) -> Iterator[Sequence[object]]:
    for pupil in world.pupils:
        if pupil.known:
            yield pupil.child.said.number, _became(pupil), pupil.channel
    if world.taken:
        holder, bearer = world.taken
        yield holder.child.said.number, bearer.child.said.number, holder.channel


def _became(pupil: Pupil) -> str:
    """The G-code of a pupil that has a number since this round."""
    return pupil.child.former if pupil.fault == "former_identifier" else ""
