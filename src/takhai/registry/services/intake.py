"""Phase two of intake: good rows of a register file become persons, enrolments and entries of a round."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction

from takhai.platform.flow import Flow
from takhai.platform.intake.layout import load as layout_of
from takhai.platform.intake.reading import reading
from takhai.registry.services import enrolments, households, placing
from takhai.registry.services.contending import repeat
from takhai.registry.services.corrections import correct
from takhai.registry.services.files import File, known, note_file
from takhai.registry.services.meeting import follow, meet
from takhai.registry.services.register import Staged, stage
from takhai.registry.types import FileKind, RowReason
from takhai.thai.calendar import Term

__all__ = ["REFUSALS", "Taken", "commit", "correct", "stamp_day", "take"]

DMC: Final = "dmc"
REFUSALS: Final = (
    "number_malformed",
    "name_missing",
    "sex_unknown",
    "birth_date_impossible",
    "birth_year_out_of_range",
    "class_unknown",
    "school_code_malformed",
    "school_unknown",
    "row_malformed",
    "text_unclean",
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking a file in did: ``new`` is False for a file that had been taken in before."""

    flow: Flow
    staged: Staged
    new: bool


def commit(
    *,
    path: Path,
    round: Term,
    received_on: date,
    layout: str = DMC,
    school: str | None = None,
    by: str = "intake",
) -> Flow:
    """Takes in a register file and counts its rows; the same file again changes nothing and counts the same.

    Rows, not pupils: all of them join; what is refused, repeated or of a second school is dropped.
    """
    return take(path=path, round=round, received_on=received_on, layout=layout, school=school, by=by).flow


@transaction.atomic
def take(
    *,
    path: Path,
    round: Term,
    received_on: date,
    layout: str = DMC,
    school: str | None = None,
    by: str = "intake",
) -> Taken:
    """As :func:`commit`, with what was refused because of what only the database knows."""
    staged = stage(path=path, round=round, layout=layout, school=school)
    file = File(path.name[:200], str(round), staged, layout, received_on, by)

    def write() -> tuple[Flow, bool]:
        before = known(round=str(round), sha256=staged.sha256)
        return (before, False) if before is not None else (_write(file), True)

    flow, new = repeat(write)
    return Taken(flow=flow, staged=staged, new=new)


def _write(file: File) -> Flow:
    rows, source = file.staged.rows, file.staged.sha256
    met = meet(staged=rows, on=file.on, by=file.by, source=source)
    placed = placing.place(staged=rows, met=met, round=file.round)
    counted = placing.write(
        staged=rows, placed=placed, round=file.round, name=file.name, on=file.on, by=file.by, source=source
    )
    speaking = placing.speaking(staged=rows, placed=placed, round=file.round, source=source)
    follow(rows=speaking)
    enrolments.keep(staged=rows, placed=placed, round=file.round, on=file.on, by=file.by, source=source)
    households.gather(rows=speaking, kin=file.staged.kin, on=file.on, by=file.by, source=source)
    flow = Flow(
        joined=file.staged.total,
        out=counted.first,
        dropped={
            **dict.fromkeys(REFUSALS, 0),
            **file.staged.dropped,
            RowReason.DUPLICATE.value: counted.duplicate,
            RowReason.SECOND_SCHOOL.value: counted.second_school,
        },
    )
    # A file of which nothing was taken may come again: its schools may be known by then.
    if file.staged.good:
        note_file(file=file, kind=FileKind.FIRST, flow=flow)
    return flow


def stamp_day(*, path: Path, layout: str = DMC, round: Term) -> date | None:
    """The day a register file was made, as its stamp says; None for a file without one."""
    with reading(path=path, layout=layout_of(layout), term=round) as file:
        return file.stamp
