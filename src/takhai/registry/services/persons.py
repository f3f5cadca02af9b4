"""Persons of a list that another room takes in: found by their number, or made."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from takhai.platform.exchange import sha256
from takhai.platform.intake.layout import load as layout_of
from takhai.platform.intake.reading import Reading, reading
from takhai.platform.relations import Relation
from takhai.platform.sets import copy_in, fetch, materialise, select
from takhai.registry.services import staging
from takhai.registry.services.contending import repeat
from takhai.registry.services.meeting import meet
from takhai.thai.calendar import Term

SCHOOL_UNKNOWN: Final = "school_unknown"
REPEATED: Final = "repeated_in_file"
_LIST: Final[Mapping[str, str]] = {
    **staging.PERSON_COLUMNS,
    **staging.SCHOOL_COLUMNS,
    "first_subsidy_year": "integer",
    "channel": "text",
    "compliant": "boolean",
}
TAKEN: Final[Mapping[str, str]] = {
    "person": "uuid",
    **staging.SCHOOL_COLUMNS,
    "first_subsidy_year": "integer",
    "channel": "text",
    "compliant": "boolean",
}


def take(
    *, path: Path, layout: str, round: Term, by: str = "last list", on: date | None = None
) -> tuple[Relation, Mapping[str, int]]:
    """``taken``: each pupil of the list once, with school, class, channel, years and compliance; and refusals.

    A person who is known stays as he is: a list is older than a register. Call it inside a transaction.
    """
    with reading(path=path, layout=layout_of(layout), term=round) as file:
        unknown = [0]
        staged = copy_in(name="staged", columns=_LIST, rows=_rows(file, unknown))
        refused = dict(file.dropped)
    if unknown[0]:
        refused[SCHOOL_UNKNOWN] = unknown[0]
    source = bytes.fromhex(sha256(path))
    day = on or round.previous().first_day
    met = repeat(lambda: meet(staged=staged, on=day, by=by, source=source))
    taken = materialise(select(_TAKEN, staged, met, name="taken", columns=TAKEN), key=("person",))
    ((again,),) = fetch("SELECT (SELECT count(*) FROM staged) - (SELECT count(*) FROM taken)", staged, taken)
    if again:
        refused[REPEATED] = int(str(again))
    return taken, refused


def _rows(file: Reading, unknown: list[int]) -> Iterator[tuple[Any, ...]]:
    schools, sealer = staging.schools(), staging.Sealer()
    for row in file:
        values = row.values
        facts = schools.get(str(values["school_code"]))
        if facts is None:
            unknown[0] += 1
            continue
        yield (
            *sealer.person(number=row.number, values=values),
            *staging.school_part(facts, str(values["class"])),
            values["first_subsidy_year"],
            values["channel"],
            values["compliant"] == "yes",
        )


_CHOSEN: Final = ", ".join(f"s.{name}" for name in TAKEN if name != "person")
_TAKEN: Final = f"""
SELECT DISTINCT ON (m.person) m.person, {_CHOSEN}
FROM staged s JOIN met m ON m.key = s.key
ORDER BY m.person, s.row_no
"""  # noqa: S608
