"""Names of pupils, for the lists that need them."""

from takhai.access import queries as access
from takhai.access.scope import Scope
from takhai.platform.relations import Relation
from takhai.platform.sets import select


def pupils(*, scope: Scope, name: str = "pupils") -> Relation:
    """Pupils enrolled, now or earlier, at a school of the scope: person and names. Join it to a list."""
    return select(
        "SELECT p.id AS person, p.prefix, p.first_name, p.last_name, p.birth_date, p.sex FROM person p"
        " WHERE %(everyone)s OR EXISTS (SELECT 1 FROM school_enrolment e JOIN visible ON visible.id = e.school_id"
        " WHERE e.person_id = p.id)",
        access.visible(scope=scope),
        name=name,
        columns={
            "person": "uuid",
            "prefix": "text",
            "first_name": "text",
            "last_name": "text",
            "birth_date": "date",
            "sex": "text",
        },
        everyone=scope.everything,
    )
