"""Corrected rows that schools send while the round runs, and a few of pupils nobody has heard of."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from pathlib import Path

from country import dmc, kinds, out
from country.dmc import sheet_row
from country.draw import below
from country.inputs import stranger
from country.people import Person
from country.pupils import Pupil
from country.strays import strays
from country.world import OLD, World

# Strangers below this number stand in the civil registry only.
_UNKNOWN = 900_000


def write_corrections(world: World, group: str, folder: Path) -> list[Path]:
    """One stamped file per affiliation whose schools mend rows when the list of a group goes out."""
    rows: dict[str, list[Sequence[str]]] = {}
    mended = sorted(
        (p for p in world.present() if p.corrected == group), key=lambda p: (p.school.code, p.serial)
    )
    for pupil in mended:
        cells = sheet_row(world, pupil, pupil.school, mended=True).cells
        rows.setdefault(pupil.school.affiliation, []).append(cells)
    if group == OLD:
        rows.setdefault("obec", []).extend(_of_nobody(world))
    return [_write(world, group, folder, affiliation, own) for affiliation, own in sorted(rows.items())]


def _of_nobody(world: World) -> Iterator[Sequence[str]]:
    like = next(pupil for pupil in world.present() if pupil.school.affiliation == "obec" and not pupil.fault)
    for n in range(strays(world, kinds.WITHOUT_ROW)):
        yield _unknown(world, like, stranger(world, _UNKNOWN + n))


def _unknown(world: World, like: Pupil, who: Person) -> list[str]:
    cells = sheet_row(world, like, like.school, mended=True).cells
    cells[dmc.NUMBER], cells[8], cells[9] = who.number, who.first, who.last
    cells[6], cells[7] = dmc.SEX[who.sex], "เด็กชาย"
    return cells


def _write(world: World, group: str, folder: Path, affiliation: str, rows: list[Sequence[str]]) -> Path:
    micros = 100_000 + below(900_000, world.seed, "corrected", group, affiliation)
    made = datetime.combine(world.days[group].corrected, time(9, 12, 44, micros))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([f"{dmc.STAMP} {made.isoformat(sep=' ')}"])
    writer.writerow(dmc.HEADER)
    writer.writerows(rows)
    path = folder / f"corrections-{affiliation}-{world.province}-{group}.csv"
    out.write_text(path, "\ufeff" + text.getvalue())
    return path
