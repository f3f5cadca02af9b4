"""The cut-off of a round and group, as it was fixed."""

from typing import Any, Final, cast

from takhai.platform.sets import fetch
from takhai.screening.types import Cutoff, Way
from takhai.thai.calendar import Term

_CUTOFF: Final = """
SELECT round, "group", way, score, income_satang, members, lottery, screened, candidates, places, ceiling_satang,
    lottery_seed, pmt_version, pmt_sha256, policy_sha256
FROM cutoff WHERE round = %(round)s AND "group" = %(group)s
"""


def find_cutoff(*, round: Term, group: str) -> Cutoff | None:
    """The cut-off; None while none is fixed."""
    rows = fetch(_CUTOFF, round=str(round), group=group)
    if not rows:
        return None
    term, whose, way, *rest = cast(tuple[Any, ...], rows[0])
    return Cutoff(term, whose, Way(way), *rest)
