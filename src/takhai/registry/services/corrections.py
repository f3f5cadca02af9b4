"""Register files that come after intake: their rows replace what the round's register said of a pupil."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction

from takhai.platform.flow import Flow
from takhai.platform.relations import Relation
from takhai.platform.sets import execute, materialise, select
from takhai.platform.types import Outcome
from takhai.registry.services import enrolments, households, identity
from takhai.registry.services.contending import repeat
from takhai.registry.services.files import File, known, note_file
from takhai.registry.services.meeting import follow
from takhai.registry.services.register import ROW, Staged, stage
from takhai.registry.types import FileKind
from takhai.thai.calendar import Term

WITHOUT_ROW: Final = "correction_without_row"


@transaction.atomic
def correct(
    *,
    path: Path,
    round: Term,
    extract: Path,
    on: date,
    layout: str = "dmc",
    school: str | None = None,
    by: str = "corrections",
) -> Outcome:
    """Replaces the entries that the file's rows correct, lets persons follow, and checks them again as of ``on``.

    It changes no count of intake. A row whose pupil has no entry at that school is an exception
    (``correction_without_row``), counted in ``refused`` with the bad rows. The same file again changes nothing.
    """
    staged = stage(path=path, round=round, layout=layout, school=school)
    file = File(path.name[:200], str(round), staged, layout, on, by)

    def write() -> Outcome:
        if known(round=file.round, sha256=staged.sha256) is not None:
            return Outcome(done=0, same=staged.good)
        return _Correction(file=file, round=round, extract=extract).write()

    return repeat(write)


@dataclass(frozen=True, slots=True)
class _Correction:
    file: File
    round: Term
    extract: Path

    def write(self) -> Outcome:
        staged, on, by = self.file.staged, self.file.on, self.file.by
        rows = materialise(
            select(_LAST_WORD, staged.rows, name="rows", columns=_ROW_COLUMNS, round=self.file.round),
            key=("person",),
        )
        without = self._without_row(staged)
        replaced = execute(_REPLACE, rows, round=self.file.round, on=on, source=staged.sha256)
        self._follow(rows)
        note_file(file=self.file, kind=FileKind.CORRECTION, flow=Flow())
        persons = select("SELECT DISTINCT person FROM rows", rows, name="persons", columns={"person": "uuid"})
        identity.compare(path=self.extract, round=self.round, on=on, persons=persons, by=by)
        identity.recheck(round=self.round, persons=persons, as_of=on, by=by)
        return Outcome(done=replaced, refused={**staged.dropped, WITHOUT_ROW: without})

    def _follow(self, rows: Relation) -> None:
        written = {"on": self.file.on, "by": self.file.by, "source": self.file.staged.sha256}
        honest = select("SELECT rows.* FROM rows WHERE NOT clash", rows, name="honest", columns=_ROW_COLUMNS)
        follow(rows=honest)
        placed = select(
            "SELECT key, person, school, NULL::text AS reason FROM rows",
            rows,
            name="placed",
            columns={"key": "uuid", "person": "uuid", "school": "uuid", "reason": "text"},
        )
        enrolments.keep(staged=self.file.staged.rows, placed=placed, round=self.file.round, **written)  # type: ignore[arg-type]
        households.gather(rows=honest.named("rows"), kin=self.file.staged.kin, **written)  # type: ignore[arg-type]

    def _without_row(self, staged: Staged) -> int:
        return execute(
            _WITHOUT_ROW,
            staged.rows,
            round=self.file.round,
            reason=WITHOUT_ROW,
            source=staged.sha256,
            by=self.file.by,
        )


_ROW_COLUMNS: Final = {**ROW, "clash": "boolean"}
_CHOSEN: Final = ", ".join(f"s.{name}" for name in ROW if name != "person")

# Of several rows of one pupil at one school the last speaks. A correction may change name and birth date
# at once, so it never begins a clash; one that was there ends when the row agrees with the person again.
_LAST_WORD: Final = f"""
SELECT DISTINCT ON (e.person_id, e.school_id) e.person_id AS person, {_CHOSEN},
       e.clash AND (p.first_key, p.last_key) IS DISTINCT FROM (s.first_key, s.last_key)
       AND p.birth_date IS DISTINCT FROM s.birth_date AS clash
FROM staged s
LEFT JOIN identifier a ON a.idx = s.idx
LEFT JOIN identifier b ON b.idx_next = s.idx
JOIN register_entry e ON e.round = %(round)s AND e.person_id = coalesce(a.person_id, b.person_id)
                     AND e.school_id = s.school
JOIN person p ON p.id = e.person_id
ORDER BY e.person_id, e.school_id, s.row_no DESC
"""  # noqa: S608

_REPLACE: Final = """
UPDATE register_entry e
SET agency = r.agency, grade = r.grade, level = r.level, province = r.province, disadvantage = r.disadvantage,
    long_absent = r.long_absent, weight_g = r.weight_g, height_mm = r.height_mm, clash = r.clash,
    row_no = r.row_no, received_on = %(on)s, source_file = %(source)s
FROM rows r
WHERE e.round = %(round)s AND e.person_id = r.person AND e.school_id = r.school
"""

_WITHOUT_ROW: Final = """
INSERT INTO intake_exception (round, reason, file_sha, row_no, recorded_at, recorded_by)
SELECT %(round)s, %(reason)s, %(source)s, s.row_no, now(), %(by)s
FROM staged s
LEFT JOIN identifier a ON a.idx = s.idx
LEFT JOIN identifier b ON b.idx_next = s.idx
WHERE NOT EXISTS (SELECT 1 FROM register_entry e
                  WHERE e.round = %(round)s AND e.person_id = coalesce(a.person_id, b.person_id)
                    AND e.school_id = s.school)
"""
