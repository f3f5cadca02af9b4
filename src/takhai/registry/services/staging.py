"""Rows of a file as they go to COPY: numbers sealed, names keyed, schools known, ids made."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

from takhai.platform import secrets
from takhai.platform.ids import uuid7s
from takhai.platform.intake.reading import Reading, Result
from takhai.platform.sets import fetch
from takhai.registry.sealed import NUMBER
from takhai.registry.types import Form
from takhai.thai.grades import Grade
from takhai.thai.identifiers import read_number
from takhai.thai.names import name_key

HOUSEHOLD: Final = "household"
PERSON_COLUMNS: Final[Mapping[str, str]] = {
    "key": "uuid",
    "row_no": "integer",
    "person": "uuid",
    "idx": "bytea",
    "idx_next": "bytea",
    "cipher": "bytea",
    "form": "text",
    "prefix": "text",
    "first_name": "text",
    "last_name": "text",
    "first_key": "text",
    "last_key": "text",
    "sex": "text",
    "birth_date": "date",
}
SCHOOL_COLUMNS: Final[Mapping[str, str]] = {
    "school": "uuid",
    "agency": "text",
    "province": "text",
    "area_code": "text",
    "grade": "text",
    "level": "text",
}
# Ids are made so many at a time.
_BATCH: Final = 1_000

Values = Mapping[str, Any]


class SchoolFacts(NamedTuple):
    """What a row of a register needs to know of its school."""

    place: UUID
    agency: str
    province: str
    area_code: str


def schools() -> dict[str, SchoolFacts]:
    """Every known school by its code; asked once per file."""
    rows = fetch("SELECT code, place_id, agency_id, province_code, area_code FROM school")
    return {str(code): SchoolFacts(*cast(Any, rest)) for code, *rest in rows}


def ids() -> Iterator[UUID]:
    """Identifiers in the order of their making."""
    while True:
        yield from uuid7s(_BATCH)


def values_of(file: Reading) -> Callable[[Result], dict[str, Any]]:
    """How a result of the file becomes its values by field; a column that is absent has its empty value."""
    fields = file.fields
    absent = {column.field: column.empty for column in file.layout.columns if column.field not in fields}
    return lambda result: {**absent, **dict(zip(fields, cast(Any, result.values), strict=True))}


@dataclass(slots=True)
class Sealer:
    """Makes the person part of a staged row; holds the keys of the transaction it was made in."""

    fresh: Iterator[UUID]

    def __init__(self) -> None:
        secrets.hold()
        self.fresh = ids()

    def person(self, *, number: int, values: Values) -> tuple[Any, ...]:
        """The values of ``PERSON_COLUMNS``."""
        text = values["identifier"]
        sealed = secrets.protect(text, table="identifier", column=NUMBER)
        return (
            next(self.fresh),
            number,
            next(self.fresh),
            sealed.idx,
            sealed.idx_next,
            sealed.cipher,
            form(text),
            values["prefix"] or "",
            values["first_name"],
            values["last_name"] or "",
            key(values["first_name"]),
            key(values["last_name"] or ""),
            values["sex"],
            values["birth_date"],
        )


def school_part(facts: SchoolFacts, grade: str) -> tuple[Any, ...]:
    """The values of ``SCHOOL_COLUMNS``."""
    return (facts.place, facts.agency, facts.province, facts.area_code, grade, level(grade))


def form(number: str) -> str:
    """What kind of number a value of the number check is."""
    return Form(read_number(number).form.value).value


@lru_cache(maxsize=100_000)
def key(name: str) -> str:
    """The key a name is compared by; registers repeat most names."""
    return name_key(name)


@cache
def level(grade: str) -> str:
    """The level of a grade."""
    return Grade(grade).level.value


def household_key(values: Values) -> bytes | None:
    """The keyed index of address, parents and guardian; None when a row tells too little."""
    address = [_plain(values[name]) for name in ("house_no", "village_no", "street")]
    place = [_plain(values[name]) for name in ("subdistrict", "district", "province")]
    names = [_full(values, who) for who in ("father", "mother", "guardian")]
    if not address[0] or not place[0] or not any(names):
        return None
    return secrets.lasting_index("\x1f".join([*address, *place, *names]), HOUSEHOLD)


def _full(values: Values, who: str) -> str:
    return f"{key(values[f'{who}_first_name'] or '')}\x1e{key(values[f'{who}_last_name'] or '')}".strip(
        "\x1e"
    )


@lru_cache(maxsize=100_000)
def _plain(text: str | None) -> str:
    return (text or "").replace(" ", "").casefold()


def kin(values: Values) -> Iterable[tuple[str, str, str, bool]]:
    """The grown-ups of a row: names, occupation, relation, whether they are the guardian; each once."""
    found: dict[str, tuple[str, str, bool]] = {}
    for who in ("father", "mother"):
        names = _written(values, who)
        if names:
            found[names] = (values[f"{who}_occupation"] or "", who, False)
    names = _written(values, "guardian")
    if names:
        occupation, relation, _ = found.get(
            names, (values["guardian_occupation"] or "", values["guardian_relation"] or "guardian", True)
        )
        found[names] = (occupation, relation, True)
    return [(names, *rest) for names, rest in found.items()]


def _written(values: Values, who: str) -> str:
    return f"{values[f'{who}_first_name'] or ''} {values[f'{who}_last_name'] or ''}".strip()


def received(file: Reading, otherwise: date) -> date:
    """The day a file came: its stamp, or what the caller says."""
    return file.stamp or otherwise
