"""What the registers of a round say of its pupils."""

from takhai.access import queries as access
from takhai.access.scope import Scope
from takhai.platform.intake import layout
from takhai.platform.relations import Relation, constant
from takhai.platform.sets import fetch, select
from takhai.thai.calendar import Term

COLUMNS = {
    "person": "uuid",
    "school": "uuid",
    "counted": "boolean",
    "school_code": "text",
    "agency": "text",
    "grade": "text",
    "level": "text",
    "province": "text",
    "area_code": "text",
    "disadvantage": "text",
}


def provinces(*, round: Term) -> list[str]:
    """Provinces of the schools whose rows count for a pupil."""
    rows = fetch(
        "SELECT DISTINCT province FROM register_entry WHERE round = %(round)s AND standing = 'first' ORDER BY 1",
        round=str(round),
    )
    return [str(province) for (province,) in rows]


def entries(*, round: Term, scope: Scope) -> Relation:
    """One row for each pupil and school with a good row; ``counted`` is the row that counts for him.

    ``disadvantage`` is in the register's own words, as the policy names what marks an applicant.
    """
    return select(
        "SELECT e.person_id AS person, e.school_id AS school, e.standing = 'first' AS counted, s.code AS school_code,"
        " e.agency, e.grade, e.level, e.province, s.area_code, coalesce(w.said, '-') AS disadvantage"
        " FROM register_entry AS e JOIN school AS s ON s.place_id = e.school_id"
        " JOIN visible AS v ON v.id = e.school_id"
        " LEFT JOIN disadvantages AS w ON w.code = e.disadvantage"
        " WHERE e.round = %(entries_round)s",
        access.visible(scope=scope),
        _disadvantages(),
        name="entries",
        columns=COLUMNS,
        entries_round=str(round),
    )


def _disadvantages() -> Relation:
    (column,) = [column for column in layout.load("dmc").columns if column.field == "disadvantage"]
    rows = [(code, said) for said, code in column.settings["values"].items()]
    return constant(name="disadvantages", columns={"code": "text", "said": "text"}, rows=rows)
