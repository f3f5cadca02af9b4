"""The predicted order of a round: every screened form, the poorest first."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

# Who failed the income test comes after all who passed it; among equals the order is that of the cut-off.
_RANKED: Final = """
SELECT form_no, poor, extremely_poor
FROM assessment
WHERE round = %(round)s AND screened
ORDER BY poor DESC, score DESC, income_satang::numeric(40, 20) / members, members DESC, lottery COLLATE "C"
"""


class Ranked(NamedTuple):
    """One screened form."""

    form_no: str
    poor: bool
    extremely_poor: bool


def ranked(*, round: Term) -> Iterator[Ranked]:
    """The forms in their order; nobody before anybody is assessed."""
    for form_no, poor, extremely_poor in fetch(_RANKED, round=str(round)):
        yield Ranked(str(form_no), bool(poor), bool(extremely_poor))
