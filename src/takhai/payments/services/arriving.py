"""Rows of an answer that need a person before they post anything."""

from collections.abc import Mapping
from typing import Final

from takhai.platform.intake.answers import Staged
from takhai.platform.problems import Refusal
from takhai.platform.relations import Relation
from takhai.platform.sets import execute, fetch, materialise
from takhai.thai.calendar import Term

_TROUBLE: Final = """
INSERT INTO payment_exception (
    round, reason, row_sha, copy, "group", reference, satang, file_sha, row_no, recorded_by
)
SELECT %(round)s, j.trouble, g.row_sha, g.copy, %(group)s, g.reference, g.satang, %(file_sha)s, g.row_no, %(by)s
FROM given g JOIN judged j ON j.key = g.key
WHERE j.trouble IS NOT NULL
ORDER BY j.trouble, g.row_sha, g.copy
ON CONFLICT (round, reason, row_sha, copy) DO NOTHING
"""
_BY_REASON: Final = "SELECT trouble, count(*) FROM judged WHERE trouble IS NOT NULL GROUP BY 1 ORDER BY 1"


def refuse_silence(*, staged: Staged, asked: bool) -> None:
    """Refusal ``answer_says_nothing`` for a file without a good row: its step would close upon it for good.

    A file of no rows at all is an answer where nothing was ``asked``.
    """
    if not staged.count and (staged.bad or asked):
        raise Refusal("answer_says_nothing", bad=sum(staged.bad.values()))


def judge(
    *, staged: Staged, verdicts: Relation, round: Term, group: str, by: str
) -> tuple[Relation, Mapping[str, int]]:
    """Writes down the rows that need a person; the verdicts laid down, and how many rows by trouble.

    ``given`` must have reference and satang. The same file again writes nothing.
    """
    judged = materialise(verdicts.named("judged"), key=("key",))
    execute(_TROUBLE, staged.rows, judged, round=str(round), group=group, file_sha=staged.file_sha, by=by)
    return judged, {str(name): int(str(count)) for name, count in fetch(_BY_REASON, judged)}
