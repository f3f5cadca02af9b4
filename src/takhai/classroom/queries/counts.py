"""Rows of a round's three files: taken, and refused by reason."""

from typing import Final

from takhai.classroom.types import REFUSALS
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

_ROWS: Final = "SELECT kind, sum(rows) FROM class_file WHERE round = %(round)s GROUP BY kind"
_REFUSED: Final = """
SELECT f.kind, r.reason, count(*) FROM class_refusal r JOIN class_file f ON f.id = r.file_id
WHERE f.round = %(round)s GROUP BY f.kind, r.reason
"""


def counts(*, round: Term) -> dict[str, dict[str, object]]:
    """summary["classroom"]: kind -> rows, taken, refused {reason: rows}; every name is there, zeros too."""
    rows = {str(kind): int(str(count)) for kind, count in fetch(_ROWS, round=str(round))}
    found = {(str(kind), str(why)): int(str(count)) for kind, why, count in fetch(_REFUSED, round=str(round))}
    answer: dict[str, dict[str, object]] = {}
    for kind, reasons in REFUSALS.items():
        refused = {reason.value: found.get((kind.value, reason.value), 0) for reason in reasons}
        total = rows.get(kind.value, 0)
        answer[kind.value] = {"rows": total, "taken": total - sum(refused.values()), "refused": refused}
    return answer
