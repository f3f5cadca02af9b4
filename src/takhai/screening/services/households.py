"""Households of which two forms tell differently: found and kept, nobody is refused for it."""

from typing import Final

from takhai.platform.relations import Relation
from takhai.platform.sets import execute
from takhai.thai.calendar import Term

# What brothers and sisters must answer alike, in the order in which the first difference is the finding.
COMPARED: Final = (
    "tenure", "floor", "wall", "roof", "toilet", "farmland", "water", "electricity", "car", "pickup", "tractor",
    "motorcycle", "computer", "air_conditioner", "television", "washing_machine", "refrigerator", "members",
    "income_satang",
)  # fmt: skip
# More forms are no household: each is compared with so many after it, so that a hostile file costs no square.
NEAR: Final = 30
_WHENS: Final = " ".join(f"WHEN one.{name} <> other.{name} THEN '{name}'" for name in COMPARED)
_DIFFERS: Final = f"CASE {_WHENS} END"
_FIND: Final = f"""
WITH kin AS MATERIALIZED (
    SELECT f.household_ref, f.form_no, {", ".join(f"f.{name}" for name in COMPARED)},
        row_number() OVER (PARTITION BY f.household_ref ORDER BY f.form_no COLLATE "C") AS place,
        count(*) OVER (PARTITION BY f.household_ref) AS forms
    FROM form f
    WHERE f.round = %(round)s AND f.household_ref IN (SELECT t.household_ref FROM taken t)
),
pairs AS (
    SELECT one.household_ref, one.form_no AS form_a, other.form_no AS form_b, {_DIFFERS} AS field
    FROM kin one
    CROSS JOIN LATERAL generate_series(1, least(%(near)s, one.forms - one.place)) AS step (ahead)
    JOIN kin other ON other.household_ref = one.household_ref AND other.place = one.place + step.ahead
)
INSERT INTO household_finding (round, household_ref, form_a, form_b, field, recorded_by)
SELECT %(round)s, household_ref, form_a, form_b, field, %(by)s FROM pairs WHERE field IS NOT NULL
ON CONFLICT (round, household_ref, form_a, form_b) DO NOTHING
"""  # noqa: S608


def compare(*, taken: Relation, round: Term, by: str) -> int:
    """Compares the forms of each household of ``taken`` (household_ref) two by two; how many findings are new."""
    return execute(_FIND, taken, round=str(round), near=NEAR, by=by)
