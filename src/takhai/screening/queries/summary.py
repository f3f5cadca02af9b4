"""What a round's summary tells of screening."""

from typing import Any, Final, cast

from takhai.platform.sets import fetch
from takhai.screening.queries.forms import forms_counts
from takhai.screening.types import Trouble
from takhai.thai.calendar import Term

# Per head is rounded down for each household before the mean, and the mean is rounded down.
_SCREENED: Final = """
SELECT count(*), count(*) FILTER (WHERE poor), count(*) FILTER (WHERE extremely_poor),
    coalesce(div(sum(per_head), nullif(count(*), 0)), 0)::bigint,
    coalesce(div(sum(per_head) FILTER (WHERE poor), nullif(count(*) FILTER (WHERE poor), 0)), 0)::bigint,
    coalesce(
        div(sum(per_head) FILTER (WHERE extremely_poor), nullif(count(*) FILTER (WHERE extremely_poor), 0)), 0
    )::bigint
FROM (
    SELECT poor, extremely_poor, income_satang / members AS per_head FROM assessment
    WHERE round = %(round)s AND screened
) households
"""


def screening(*, round: Term) -> dict[str, Any]:
    """Forms and what came of them, over all groups; every name is there, zeros too. Money in satang a month."""
    forms = forms_counts(round=round)
    ((screened, poor, extremely, of_screened, of_poor, of_extremely),) = fetch(_SCREENED, round=str(round))
    return {
        "forms": forms["rows"],
        "taken": forms["taken"],
        "refused": forms["refused"],
        "findings": forms["findings"],
        "screened": screened,
        "poor": poor,
        "extremely_poor": extremely,
        "income_per_head": {"screened": of_screened, "poor": of_poor, "extremely_poor": of_extremely},
    }


def exceptions(*, round: Term) -> dict[str, int]:
    """Rows of committees that were not taken, by reason; every reason is named, zeros too."""
    rows = fetch(
        "SELECT reason, count(*) FROM committee_exception WHERE round = %(round)s GROUP BY reason ORDER BY reason",
        round=str(round),
    )
    counted = {str(reason): cast(int, number) for reason, number in rows}
    return {each.value: counted.get(each.value, 0) for each in Trouble}
