"""Schools as relations."""

from takhai.access import queries as access
from takhai.access.scope import Scope
from takhai.access.types import PlaceKind
from takhai.platform.relations import Relation
from takhai.platform.sets import select


def schools(*, name: str = "schools") -> Relation:
    """Every school: public facts."""
    return select(
        "SELECT s.place_id AS school, s.code, n.name_th AS name, s.agency_id AS agency, s.area_code,"
        " s.province_code AS province FROM school s JOIN nodes n ON n.id = s.place_id",
        access.places(kind=PlaceKind.SCHOOL, name="nodes"),
        name=name,
        columns={
            "school": "uuid",
            "code": "text",
            "name": "text",
            "agency": "text",
            "area_code": "text",
            "province": "text",
        },
    )


def school_accounts(*, scope: Scope) -> Relation:
    """Schools of the scope that have an account: school, bank and the number's keyed index."""
    return select(
        "SELECT s.place_id AS school, s.account_bank AS bank, s.account_idx AS idx FROM school s"
        " JOIN visible ON visible.id = s.place_id WHERE s.account_idx IS NOT NULL",
        access.visible(scope=scope),
        name="school_accounts",
        columns={"school": "uuid", "bank": "text", "idx": "bytea"},
    )
