"""Users and their assignments."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from takhai.access.services.places import thailand
from takhai.access.types import PlaceKind, Role
from takhai.platform.ids import uuid7s
from takhai.platform.problems import Refusal
from takhai.platform.sets import copy_in, execute, fetch
from takhai.platform.types import Outcome


@dataclass(frozen=True, slots=True)
class Holder:
    """A user and one role of his at a place, from a day on, until a day (exclusive) or for good."""

    username: str
    display_th: str
    display_en: str
    role: Role
    place: tuple[PlaceKind, str]
    from_day: date
    to_day: date | None = None


@transaction.atomic
def appoint(*, holders: Iterable[Holder], by: str) -> Outcome:
    """Enters users who are new (without a password) and the assignments they do not hold yet.

    Raises Refusal ``assignment_place_unknown`` for a place that was never planted; an assignment that
    overlaps the same one is refused by the database.
    """
    rows = list(holders)
    users = {row.username: row for row in rows}
    people = copy_in(
        name="people",
        columns={
            "id": "uuid",
            "username": "text",
            "password": "text",
            "display_th": "text",
            "display_en": "text",
        },
        rows=[
            (key, row.username, make_password(None), row.display_th, row.display_en)
            for key, row in zip(uuid7s(len(users)), users.values(), strict=True)
        ],
    )
    roles = copy_in(
        name="roles",
        columns={
            "id": "uuid",
            "username": "text",
            "role": "text",
            "kind": "text",
            "code": "text",
            "from_day": "date",
            "to_day": "date",
        },
        rows=[
            (key, row.username, row.role.value, row.place[0].value, row.place[1], row.from_day, row.to_day)
            for key, row in zip(uuid7s(len(rows)), rows, strict=True)
        ],
    )
    ((nowhere,),) = fetch(_NOWHERE, roles)
    if nowhere:
        raise Refusal("assignment_place_unknown", count=int(str(nowhere)))
    done = execute(_ENTER, people, by=by)
    assigned = execute(_ASSIGN, roles, by=by)
    return Outcome(done=done + assigned, same=len(rows) - assigned)


def appoint_demo(*, by: str) -> Outcome:
    """The two people of the demo, who freeze and approve; the country is planted for them."""
    thailand(provinces=(), by=by)
    text = resources.files("takhai.access").joinpath("data/demo_users.toml").read_text("utf-8")
    holders = [
        Holder(
            username=row["username"],
            display_th=row["display_th"],
            display_en=row["display_en"],
            role=Role(row["role"]),
            place=(PlaceKind(row["kind"]), row["code"]),
            from_day=row["from_day"],
        )
        for row in tomllib.loads(text)["holder"]
    ]
    return appoint(holders=holders, by=by)


_NOWHERE: Final = """
SELECT count(*)
FROM roles r LEFT JOIN place ON place.kind = r.kind AND place.code = r.code WHERE place.id IS NULL
"""

_ENTER: Final = """
INSERT INTO user_account (id, username, password, display_th, display_en, is_active, recorded_at, recorded_by)
SELECT id, username, password, display_th, display_en, true, now(), %(by)s FROM people
ON CONFLICT (username) DO NOTHING
"""

_ASSIGN: Final = """
INSERT INTO assignment (id, user_id, role, place_id, from_day, to_day, recorded_at, recorded_by)
SELECT r.id, u.id, r.role, place.id, r.from_day, r.to_day, now(), %(by)s
FROM roles r
JOIN user_account u ON u.username = r.username
JOIN place ON place.kind = r.kind AND place.code = r.code
WHERE NOT EXISTS (
    SELECT 1 FROM assignment a
    WHERE a.user_id = u.id AND a.role = r.role AND a.place_id = place.id
      AND a.from_day = r.from_day AND a.to_day IS NOT DISTINCT FROM r.to_day
)
"""
