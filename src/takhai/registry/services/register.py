"""A register file opened for taking in: its good rows staged, its bad ones counted and kept to be mended."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from takhai.platform import home
from takhai.platform.intake.bad_rows import BadRows
from takhai.platform.intake.entries import Entries
from takhai.platform.intake.layout import load as layout_of
from takhai.platform.intake.masking import mask
from takhai.platform.intake.reading import Reading, Result, reading
from takhai.platform.intake.types import Note
from takhai.platform.problems import Refusal
from takhai.platform.relations import Relation
from takhai.platform.sets import copy_in
from takhai.registry.services import staging
from takhai.registry.services.households import KIN
from takhai.thai.calendar import Term

ROW: Final[Mapping[str, str]] = {
    **staging.PERSON_COLUMNS,
    **staging.SCHOOL_COLUMNS,
    "room": "text",
    "pupil_no": "text",
    "disadvantage": "text",
    "long_absent": "boolean",
    "weight_g": "integer",
    "height_mm": "integer",
    "household_key": "bytea",
}
SCHOOL_UNKNOWN: Final = "school_unknown"


@dataclass(frozen=True, slots=True)
class Staged:
    """What a file brought: ``rows`` and ``kin`` wait in TEMP tables; counts are of rows of the file.

    ``dropped`` counts refused rows by reason, those of unknown schools among them.
    """

    rows: Relation
    kin: Relation
    sha256: bytes
    total: int
    good: int
    dropped: Mapping[str, int]
    unknown_schools: Entries
    bad_rows_file: Path | None


def stage(*, path: Path, round: Term, layout: str, school: str | None = None) -> Staged:
    """Reads the file through and stages its good rows; call it inside a transaction.

    ``school`` is the code of all rows of a layout's copy that has no such column. Raises Refusal for a
    file that cannot be read, and ``school_not_told`` when neither the file nor the caller says it.
    """
    with ExitStack() as stack:
        file = stack.enter_context(reading(path=path, layout=layout_of(layout), term=round))
        bad = stack.enter_context(BadRows(folder=home.folder("bad-rows"), dates=file.layout.dates))
        taking = _Taking(file, bad, school)
        rows = copy_in(name="staged", columns=ROW, rows=taking.rows())
        kin = copy_in(name="kin", columns=KIN, rows=taking.kin)
        if not file.rows:
            raise Refusal("no_rows")
        dropped = dict(file.dropped)
        if len(taking.unknown):
            dropped[SCHOOL_UNKNOWN] = len(taking.unknown)
        return Staged(
            rows=rows,
            kin=kin,
            sha256=bytes.fromhex(file.sha256),
            total=file.rows,
            good=file.good - len(taking.unknown),
            dropped=dropped,
            unknown_schools=taking.unknown,
            bad_rows_file=bad.keep(),
        )


class _Taking:
    """The rows of one file on their way to COPY."""

    def __init__(self, file: Reading, bad: BadRows, school: str | None) -> None:
        if "school_code" not in file.fields and school is None:
            raise Refusal("school_not_told")
        self._file, self._bad, self._school = file, bad, school
        self._schools = staging.schools()
        self._above = [row for row in (file.stamp_row, file.header_row) if row]
        self._school_at = next(
            at for at, column in enumerate(file.layout.columns) if column.field == "school_code"
        )
        self._sealer = staging.Sealer()
        self.kin: list[tuple[Any, ...]] = []
        self.unknown = Entries(file=file)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The staged rows; what is refused goes to the file of bad rows."""
        values_of = staging.values_of(self._file)
        for result in self._file.results():
            if result.values is None:
                self._keep(result)
                continue
            values = values_of(result)
            code = str(values["school_code"] or self._school or "")
            facts = self._schools.get(code)
            if facts is None:
                self._keep(result)
                note = Note(SCHOOL_UNKNOWN, refuses=True, masked=mask(text=code), column=self._school_at)
                self.unknown.add(row=result.number, notes=[note])
                continue
            person = self._sealer.person(number=result.number, values=values)
            self.kin.extend((person[0], *each) for each in staging.kin(values))
            yield (
                *person,
                *staging.school_part(facts, values["grade"]),
                values["room"] or "",
                values["pupil_no"] or "",
                values["disadvantage"],
                values["long_absent"],
                values["weight_g"],
                values["height_mm"],
                staging.household_key(values),
            )

    def _keep(self, result: Result) -> None:
        if result.cells:
            self._bad.write(above=self._above, cells=result.cells)
