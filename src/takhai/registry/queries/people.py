"""Names for the lists that leave the house."""

from takhai.access.scope import NoScope, Scope
from takhai.platform.relations import Relation


def people(*, scope: Scope) -> Relation:
    """person, name: title, first name and surname. Only for the machine's own lists: raises NoScope."""
    if not scope.everything:
        raise NoScope("names are read as a set by the steps only")
    return Relation(
        name="people",
        columns={"person": "uuid", "name": "text"},
        sql="SELECT id AS person, btrim(prefix || first_name || ' ' || last_name) AS name FROM person",
    )
