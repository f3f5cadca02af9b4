"""Forms scored as a set: the one way in which a household becomes a number, before and after the cut-off."""

from collections.abc import Mapping
from typing import Final, get_type_hints

from takhai.platform.relations import Relation, constant, quoted
from takhai.platform.sets import apply, load, materialise, select
from takhai.policy import RoundPolicy
from takhai.screening.types import Household
from takhai.thai.calendar import Term

SCORE: Final = load("takhai.screening", "score")
LOTTERY: Final = load("takhai.screening", "lottery")

_TYPES: Final[Mapping[type, str]] = {bool: "boolean", str: "text", int: "bigint"}
_ANSWERS: Final[Mapping[str, str]] = {name: _TYPES[kind] for name, kind in get_type_hints(Household).items()}
_HOUSEHOLD: Final[Mapping[str, str]] = {"key": "uuid", "form_no": "text", "refused": "boolean", **_ANSWERS}
_FORMS: Final = f"""
SELECT person_id AS key, form_no, official_verdict = 'refused' AS refused, {quoted(_ANSWERS)}
FROM form
WHERE round = %(forms_round)s AND "group" = %(forms_group)s
    AND (%(forms_province)s::text IS NULL OR province = %(forms_province)s)
"""  # noqa: S608
SCORED: Final[Mapping[str, str]] = {
    "key": "uuid",
    "form_no": "text",
    "refused": "boolean",
    "income_satang": "bigint",
    "members": "bigint",
    "score": "bigint",
    "lottery": "text",
}
_SCORED: Final = """
SELECT h.key, h.form_no, h.refused, h.income_satang, h.members, s.score, l.lottery
FROM households h
JOIN scores s ON s.key = h.key
JOIN lots l ON l.key = h.key
"""


def scored(*, round: Term, group: str, province: str | None, policy: RoundPolicy) -> Relation:
    """The good forms of a group (of one province), each with its pupil as ``key``, its score and its lottery.

    Laid down in the transaction as ``scored`` with the columns SCORED.
    """
    households = materialise(
        select(
            _FORMS,
            name="households",
            columns=_HOUSEHOLD,
            forms_round=str(round),
            forms_group=group,
            forms_province=province,
        ),
        key=("key",),
    )
    weights = constant(
        name="weights", columns={"answer": "text", "weight": "bigint"}, rows=policy.pmt.weights.items()
    )
    drawn = select(
        "SELECT key, %(drawn_round)s::text AS round, %(drawn_seed)s::text AS seed, form_no FROM households",
        households,
        name="facts",
        columns={"key": "uuid", "round": "text", "seed": "text", "form_no": "text"},
        drawn_round=str(round),
        drawn_seed=policy.lottery_seed,
    )
    scores = materialise(apply(SCORE, households, weights).named("scores"), key=("key",))
    lots = apply(LOTTERY, drawn).named("lots")
    return materialise(select(_SCORED, households, scores, lots, name="scored", columns=SCORED), key=("key",))
