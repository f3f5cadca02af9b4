"""Forms นร.01: a file of them with its members is taken in; the good ones stay, every other is told why.

One form is a file of one row: there is no other way in.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from django.db import transaction

from takhai.platform import secrets
from takhai.platform.ids import series
from takhai.platform.intake.layout import load as layout
from takhai.platform.intake.reading import Reading, reading
from takhai.platform.relations import Relation
from takhai.platform.sets import copy_in, execute, fetch, materialise, select
from takhai.platform.types import Outcome
from takhai.policy import RoundPolicy
from takhai.screening.queries.cutoffs import find_cutoff
from takhai.screening.services import form_rows, households, standing
from takhai.screening.services import members as people_of
from takhai.screening.types import FormRefusal
from takhai.thai.calendar import Term

STEP: Final = "assess"
BY: Final = f"semester {STEP}"
STRAY: Final = "member_without_form"

# Two hands with one file, or with two forms of one pupil, take turns.
_ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtextextended('forms ' || %(round)s, 0))"
_KNOWN: Final = "SELECT rows FROM form_file WHERE round = %(round)s AND file_sha = %(file_sha)s"
_TAKEN: Final = """
SELECT j.key, j.form_no, j.person, j.school, j.province, g.household_ref
FROM judged j JOIN given g ON g.key = j.key WHERE j.reason IS NULL
"""
_TAKEN_COLUMNS: Final[Mapping[str, str]] = {
    "key": "uuid",
    "form_no": "text",
    "person": "uuid",
    "school": "uuid",
    "province": "text",
    "household_ref": "text",
}
_OFFICIALS: Final = """
INSERT INTO official (id, idx, idx_next, cipher, recorded_by)
SELECT (%(series)s || lpad(to_hex(row_number() OVER (ORDER BY f.idx)), 10, '0'))::uuid, f.idx, f.idx_next, f.cipher,
    %(by)s
FROM (
    SELECT DISTINCT ON (g.official_idx) g.official_idx AS idx, g.official_idx_next AS idx_next,
        g.official_cipher AS cipher
    FROM taken t JOIN given g ON g.key = t.key
) f
WHERE NOT EXISTS (SELECT FROM official o WHERE o.idx = f.idx OR o.idx_next = f.idx)
ORDER BY f.idx
ON CONFLICT DO NOTHING
"""
_ANSWERS: Final = (*form_rows.ANSWERS, "rent_satang")
_COUNTED: Final = ("members", "income_satang", "disabled", "chronic", "elderly", "unemployed")
_FORMS: Final = f"""
INSERT INTO form (
    round, form_no, "group", person_id, school_id, province, {", ".join(_ANSWERS)}, {", ".join(_COUNTED)},
    official_id, file_sha, row_no, recorded_by
)
SELECT %(round)s, t.form_no, %(group)s, t.person, t.school, t.province,
    {", ".join(f"g.{name}" for name in _ANSWERS)}, {", ".join(f"c.{name}" for name in _COUNTED)},
    o.id, %(file_sha)s, g.row_no, %(by)s
FROM taken t
JOIN given g ON g.key = t.key
JOIN tallies c ON c.form_no = t.form_no
JOIN official o ON CASE WHEN %(promoted)s THEN coalesce(o.idx_next, o.idx) ELSE o.idx END = g.official_idx
ORDER BY t.form_no
"""  # noqa: S608
_REFUSALS: Final = """
INSERT INTO form_refusal (round, file_sha, row_no, reason, form_no, recorded_by)
SELECT %(round)s, %(file_sha)s, j.row_no, j.reason, coalesce(j.form_no, ''), %(by)s
FROM judged j WHERE j.reason IS NOT NULL ORDER BY j.row_no
"""
_FILE: Final = """
INSERT INTO form_file (round, file_sha, "group", rows, taken, member_rows, stray_members, recorded_by)
VALUES (%(round)s, %(file_sha)s, %(group)s, %(rows)s, %(taken)s, %(member_rows)s, %(stray)s, %(by)s)
"""
_BY_REASON: Final = "SELECT reason, count(*) FROM judged WHERE reason IS NOT NULL GROUP BY 1 ORDER BY 1"
_LATE_COLUMNS: Final[Mapping[str, str]] = {"row_no": "integer", "form_no": "text", "reason": "text"}


@transaction.atomic
def take(
    *, path: Path, members: Path, round: Term, group: str, policy: RoundPolicy, expected: Relation
) -> Outcome:
    """Takes in the good forms of a file; ``refused`` counts the others by their reason (FORM_REFUSALS).

    ``members`` has the people of the households; a form with a bad one is refused whole, and members of no form
    of the file are counted as ``member_without_form``. ``expected`` are the pupils to be screened (person,
    school, province). The first form of a pupil stays. The same two files again change nothing. Once the
    cut-off is fixed every form is ``late``.
    """
    secrets.hold()
    fetch(_ONE_AT_A_TIME, round=str(round))
    if find_cutoff(round=round, group=group) is not None:
        return late(path=path, members=members, round=round, group=group)
    with _opened(path, "forms", round) as forms, _opened(members, "form_members", round) as people:
        file_sha = _sha(forms, people)
        came = _came_before(round, file_sha)
        if came is not None:
            return came
        until = policy.as_of(STEP, group)
        rows = form_rows.staged(file=forms, policy=policy, until=until)
        given = copy_in(name="given", columns=form_rows.COLUMNS, rows=rows)
        told = people_of.stage(file=people, policy=policy)
        count = forms.rows
    judged = standing.judge(given=given, tallies=told.tallies, expected=expected, round=round, reason=BY)
    taken = materialise(select(_TAKEN, judged, given, name="taken", columns=_TAKEN_COLUMNS), key=("form_no",))
    written = {"round": str(round), "by": BY}
    execute(_OFFICIALS, taken, given, series=series(), by=BY)
    promoted = secrets.hold().next is None
    done = execute(
        _FORMS, taken, given, told.tallies, group=group, file_sha=file_sha, promoted=promoted, **written
    )
    people_of.keep(people=told, taken=taken, round=round)
    households.compare(taken=taken, round=round, by=BY)
    execute(_REFUSALS, judged, file_sha=file_sha, **written)
    stray = people_of.strays(people=told, given=given)
    _note(round=round, file_sha=file_sha, group=group, rows=count, taken=done, people=told.heads, stray=stray)
    refused = {str(reason): int(str(number)) for reason, number in fetch(_BY_REASON, judged)}
    return Outcome(done=done, refused={**refused, STRAY: stray} if stray else refused)


@transaction.atomic
def late(*, path: Path, members: Path, round: Term, group: str) -> Outcome:
    """Notes the forms of a file that came after the cut-off was fixed: none is looked at, all are counted.

    Every row is ``form_after_signing``, whatever else is wrong with it. The same two files again change nothing.
    """
    fetch(_ONE_AT_A_TIME, round=str(round))
    with _opened(path, "forms", round) as forms, _opened(members, "form_members", round) as people:
        file_sha = _sha(forms, people)
        came = _came_before(round, file_sha)
        if came is not None:
            return came
        reason = FormRefusal.FORM_AFTER_SIGNING.value
        rows = ((*row, reason) for row in form_rows.numbered(file=forms))
        judged = copy_in(name="judged", columns=_LATE_COLUMNS, rows=rows)
        count, heads = forms.rows, sum(1 for _ in people.results())
    execute(_REFUSALS, judged, round=str(round), file_sha=file_sha, by=BY)
    _note(round=round, file_sha=file_sha, group=group, rows=count, taken=0, people=heads, stray=0)
    return Outcome(done=0, refused={reason: count} if count else {})


def _opened(path: Path, name: str, round: Term) -> Reading:
    return reading(path=path, layout=layout(name), term=round)


def _sha(forms: Reading, people: Reading) -> str:
    """A form is mended in either file, so the two together are what came."""
    return hashlib.sha256(f"{forms.sha256} {people.sha256}".encode()).hexdigest()


def _came_before(round: Term, file_sha: str) -> Outcome | None:
    known = fetch(_KNOWN, round=str(round), file_sha=file_sha)
    return Outcome(done=0, same=int(str(known[0][0]))) if known else None


def _note(*, round: Term, file_sha: str, group: str, rows: int, taken: int, people: int, stray: int) -> None:
    execute(
        _FILE,
        round=str(round),
        file_sha=file_sha,
        group=group,
        rows=rows,
        taken=taken,
        member_rows=people,
        stray=stray,
        by=BY,
    )
