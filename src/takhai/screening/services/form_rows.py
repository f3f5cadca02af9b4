"""Rows of a file of forms as they go to COPY: numbers indexed, the official's sealed, the row's own fault told."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from takhai.platform import secrets
from takhai.platform.ids import uuid7s
from takhai.platform.intake.reading import Reading, Result
from takhai.platform.secrets import Protected
from takhai.policy import RoundPolicy
from takhai.registry.sealed import NUMBER
from takhai.screening.rules.intake import of_row
from takhai.screening.sealed import OFFICIAL
from takhai.thai.names import normal

# The answers of a form as they are kept, under one name in the file and in the table.
ANSWERS: Final[Mapping[str, str]] = {
    "household_ref": "text",
    "filled_on": "date",
    "family_status": "text",
    "lives_with": "text",
    "guardian_relation": "text",
    "guardian_education": "text",
    "guardian_occupation": "text",
    "guardian_welfare_card": "boolean",
    "single_parent": "boolean",
    "tenure": "text",
    "floor": "text",
    "wall": "text",
    "roof": "text",
    "toilet": "boolean",
    "farmland": "text",
    "water": "text",
    "electricity": "text",
    "car": "boolean",
    "pickup": "boolean",
    "tractor": "boolean",
    "motorcycle": "boolean",
    "computer": "boolean",
    "air_conditioner": "boolean",
    "television": "boolean",
    "washing_machine": "boolean",
    "refrigerator": "boolean",
    "extension": "text",
    "teacher": "text",
    "official_name": "text",
    "official_position": "text",
    "official_verdict": "text",
    "official_reason": "text",
}
COLUMNS: Final[Mapping[str, str]] = {
    "key": "uuid",
    "row_no": "integer",
    "fault": "text",
    "form_no": "text",
    "idx": "bytea",
    "school_code": "text",
    **ANSWERS,
    "rent_satang": "bigint",
    "official_idx": "bytea",
    "official_idx_next": "bytea",
    "official_cipher": "bytea",
}
_EMPTY: Final = (None,) * (len(ANSWERS) + 4)
# Ids are made so many at a time; so many officials' numbers are remembered, each certifies a village.
_BATCH: Final = 1_000
_OFFICIALS: Final = 65_536


def staged(*, file: Reading, policy: RoundPolicy, until: date) -> Iterator[tuple[Any, ...]]:
    """Every row of the file, good or bad, with the values of COLUMNS; call ``secrets.hold`` before."""
    entitled = frozenset(normal(position) for position in policy.official_positions)

    @lru_cache(maxsize=_OFFICIALS)
    def sealed(number: str) -> Protected:
        return secrets.protect(number, table="official", column=OFFICIAL)

    fields, fresh = file.fields, _ids()
    for result in file.results():
        if result.values is None:
            yield next(fresh), result.number, *_refused(file, result, until, entitled), *_EMPTY
            continue
        row: dict[str, Any] = dict(zip(fields, result.values, strict=True))
        fault = of_row(
            problems=(),
            filled_on=row["filled_on"],
            until=until,
            position=row["official_position"],
            entitled=entitled,
        )
        row["official_reason"] = row["official_reason"] or ""
        yield (
            next(fresh),
            result.number,
            fault,
            row["form_no"],
            secrets.index(row["identifier"], NUMBER),
            row["school_code"],
            *[row[name] for name in ANSWERS],
            row["rent_baht"],
            *sealed(row["official_number"]),
        )


def numbered(*, file: Reading) -> Iterator[tuple[int, str]]:
    """Every row of the file: its number, and that of its form ("" where it cannot be read)."""
    at = file.fields.index("form_no")
    for result in file.results():
        told = file.told(result=result, field="form_no") if result.values is None else result.values[at]
        yield result.number, str(told or "")


def _refused(file: Reading, result: Result, until: date, entitled: frozenset[str]) -> tuple[Any, ...]:
    """Fault, form number, index and school of a row that the reader refused, as far as they can be read."""
    told = {
        field: file.told(result=result, field=field)
        for field in ("form_no", "identifier", "school_code", "filled_on", "official_position")
    }
    filled_on, position, number = told["filled_on"], told["official_position"], told["identifier"]
    fault = of_row(
        problems=[note.problem for note in result.notes if note.refuses],
        filled_on=filled_on if isinstance(filled_on, date) else None,
        until=until,
        position=None if position is None else str(position),
        entitled=entitled,
    )
    index = None if number is None else secrets.index(str(number), NUMBER)
    return fault, told["form_no"], index, told["school_code"]


def _ids() -> Iterator[UUID]:
    while True:
        yield from uuid7s(_BATCH)
