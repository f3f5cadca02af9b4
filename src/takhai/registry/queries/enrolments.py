"""Who was at which school in a term."""

from takhai.platform.relations import Relation
from takhai.platform.sets import select
from takhai.thai.calendar import Term


def enrolled(*, round: Term) -> Relation:
    """Every pupil and school with an enrolment on some day of the term, once each: person, school.

    The holidays after a term count to it. One that ended on the day it began is none. For rules only: it
    tells no name and is not narrowed to a scope.
    """
    return select(
        "SELECT DISTINCT e.person_id AS person, e.school_id AS school FROM school_enrolment e"
        " WHERE e.from_day < %(enrolled_until)s"
        " AND (e.to_day IS NULL OR e.to_day > greatest(e.from_day, %(enrolled_from)s::date))",
        name="enrolled",
        columns={"person": "uuid", "school": "uuid"},
        enrolled_from=round.first_day,
        enrolled_until=round.next().first_day,
    )
