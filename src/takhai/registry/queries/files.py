"""Register files and what in them needs a person."""

from typing import Final, cast

from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

EXCEPTIONS: Final = ("identifier_taken", "correction_without_row")


def exceptions(*, round: Term) -> dict[str, int]:
    """Reason -> how many; a zero for each that did not happen."""
    rows = fetch(
        "SELECT reason, count(*) FROM intake_exception WHERE round = %(round)s GROUP BY reason",
        round=str(round),
    )
    return dict.fromkeys(EXCEPTIONS, 0) | {str(reason): cast(int, count) for reason, count in rows}


def taken(*, round: Term, sha256: str) -> bool:
    """Whether a file of that content was taken in for the round."""
    ((known,),) = fetch(
        "SELECT EXISTS (SELECT 1 FROM register_file WHERE round = %(round)s AND sha256 = %(sha)s)",
        round=str(round),
        sha=bytes.fromhex(sha256),
    )
    return bool(known)
