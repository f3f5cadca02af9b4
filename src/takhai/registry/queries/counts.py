"""Counts of a round's registers."""

from typing import Final, cast

from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

EXCEPTIONS: Final = ("identifier_taken", "correction_without_row")


def provinces(*, round: Term) -> list[str]:
    """Provinces at whose schools pupils of the round are counted."""
    rows = fetch(
        "SELECT DISTINCT province FROM register_entry WHERE round = %(round)s AND standing = 'first' ORDER BY 1",
        round=str(round),
    )
    return [str(province) for (province,) in rows]


def exceptions(*, round: Term) -> dict[str, int]:
    """Rows that need a person, by reason; every reason is named, zeros too."""
    rows = fetch(
        "SELECT reason, count(*) FROM intake_exception WHERE round = %(round)s GROUP BY reason",
        round=str(round),
    )
    return dict.fromkeys(EXCEPTIONS, 0) | {str(reason): cast(int, number) for reason, number in rows}
