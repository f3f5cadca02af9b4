"""Forms of a round: their counts, what they say of each pupil, and where two of one household differ."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Final
from uuid import UUID

from takhai.access import queries as access
from takhai.access.scope import NoScope, Scope
from takhai.platform.sets import fetch
from takhai.screening.types import FORM_FINDINGS, FORM_REFUSALS, Contradiction, Form, Household
from takhai.thai.calendar import Term

# Forms that are held in memory at a time.
_PAGE: Final = 5_000
_OF_FORM: Final = (
    "form_no",
    "person_id",
    "school_id",
    "province",
    "household_ref",
    "filled_on",
    "official_verdict",
    "official_reason",
)
_COLUMNS: Final = (*_OF_FORM, *(field.name for field in fields(Household)))
_INPUTS: Final = f"""
SELECT {", ".join(f"f.{name}" for name in _COLUMNS)}
FROM form f JOIN visible v ON v.id = f.school_id
WHERE f.round = %(round)s AND f.form_no > %(after)s AND (%(person)s::uuid IS NULL OR f.person_id = %(person)s)
ORDER BY f.form_no LIMIT %(page)s
"""  # noqa: S608
_CONTRADICTIONS: Final = f"""
SELECT h.household_ref, h.field, {", ".join(f"a.{name}" for name in _COLUMNS)},
    {", ".join(f"b.{name}" for name in _COLUMNS)}
FROM household_finding h
JOIN form a ON a.round = h.round AND a.form_no = h.form_a
JOIN form b ON b.round = h.round AND b.form_no = h.form_b
WHERE h.round = %(round)s
    AND EXISTS (SELECT FROM visible v WHERE v.id = a.school_id)
    AND EXISTS (SELECT FROM visible v WHERE v.id = b.school_id)
ORDER BY h.household_ref, h.form_a, h.form_b
"""  # noqa: S608
_COUNTS: Final = """
SELECT coalesce(sum(rows), 0), coalesce(sum(taken), 0),
    (SELECT count(*) FROM household_finding WHERE round = %(round)s)
FROM form_file WHERE round = %(round)s
"""
_REFUSED: Final = "SELECT reason, count(*) FROM form_refusal WHERE round = %(round)s GROUP BY reason"
_ROWS: Final = """
SELECT file_sha, row_no, form_no, reason FROM form_refusal WHERE round = %(round)s
ORDER BY recorded_at, file_sha, row_no
"""


@dataclass(frozen=True, slots=True)
class RefusedForm:
    """A row of a file of forms that was not taken; ``form_no`` is "" where it could not be read."""

    file_sha: str
    row: int
    form_no: str
    reason: str


def forms_counts(*, round: Term) -> dict[str, Any]:
    """``rows`` (of all files), ``taken``, ``refused`` by reason and ``findings``; every name, zeros too."""
    ((rows, taken, found),) = fetch(_COUNTS, round=str(round))
    refused = {str(reason): int(str(count)) for reason, count in fetch(_REFUSED, round=str(round))}
    return {
        "rows": int(str(rows)),
        "taken": int(str(taken)),
        "refused": dict.fromkeys(FORM_REFUSALS, 0) | refused,
        "findings": dict.fromkeys(FORM_FINDINGS, int(str(found))),
    }


def inputs(*, round: Term, scope: Scope, person: UUID | None = None) -> Iterator[Form]:
    """The forms of a round (of one pupil: at most one) at schools of the scope, in the order of their numbers."""
    after = ""
    while True:
        rows = fetch(
            _INPUTS,
            access.visible(scope=scope),
            round=str(round),
            person=person,
            after=after,
            page=_PAGE,
        )
        forms = [_form(row) for row in rows]
        yield from forms
        if len(forms) < _PAGE:
            return
        after = forms[-1].form_no


def contradictions(*, round: Term, scope: Scope) -> list[Contradiction]:
    """Households of which two forms tell differently, with both forms; only where the scope covers both schools."""
    width = len(_COLUMNS)
    return [
        Contradiction(
            household_ref=str(household),
            field=str(field),
            one=_form(tuple(rest[:width])),
            other=_form(tuple(rest[width:])),
        )
        for household, field, *rest in fetch(_CONTRADICTIONS, access.visible(scope=scope), round=str(round))
    ]


def refused_forms(*, round: Term, scope: Scope) -> list[RefusedForm]:
    """The rows that were not taken, file by file. Most belong to no school, so the scope must cover all."""
    if not scope.everything:
        raise NoScope("refused forms are of no school")
    return [RefusedForm(*row) for row in fetch(_ROWS, round=str(round))]  # type: ignore[arg-type]


def _form(row: tuple[Any, ...]) -> Form:
    told = len(_OF_FORM)
    parts: list[Any] = [*row[:told], Household(*row[told:])]
    return Form(*parts)
