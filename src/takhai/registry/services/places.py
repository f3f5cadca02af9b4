"""Agencies, education areas and schools, from reference files into the tree of places and our tables."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from takhai.access.queries import places
from takhai.access.services.places import Node, plant, thailand
from takhai.access.types import COUNTRY_CODE, PlaceKind
from takhai.platform import secrets
from takhai.platform.intake.layout import load as layout
from takhai.platform.intake.reading import reading
from takhai.platform.problems import Refusal
from takhai.platform.sets import copy_in, execute
from takhai.platform.types import Outcome
from takhai.registry.agencies import agencies
from takhai.registry.sealed import ACCOUNT
from takhai.thai import places as thai
from takhai.thai.calendar import Term

# Only these areas are offices that govern schools; the others stand beside the agencies.
OFFICES: Final = ("primary", "secondary")
_COUNTRY: Final = (PlaceKind.COUNTRY, COUNTRY_CODE)
# Reference files belong to no round and none of their checks asks for one.
_NO_ROUND: Final = Term(2563, 1)

Row = Mapping[str, Any]


@transaction.atomic
def load(*, areas: Path, schools: Path, by: str = "semester") -> Outcome:
    """Takes in the two files whole; a second time only what changed changes.

    Raises Refusal ``reference_rows_bad`` when a row is bad, ``no_rows`` when there is none,
    ``reference_repeated`` when a code or an account is there twice, ``school_area_unknown`` or
    ``school_subdistrict_unknown`` when a school names what is not there.
    """
    area_rows = _rows("areas", areas, [("area_code",)])
    school_rows = _rows("schools", schools, [("school_code",), ("account_bank", "account_number")])
    offices = {row["area_code"] for row in area_rows if row["kind"] in OFFICES}
    _refuse_unknown(school_rows, {row["area_code"] for row in area_rows})
    thailand(provinces={row["subdistrict_code"][:2] for row in school_rows}, by=by)
    nodes = [Node(PlaceKind.AGENCY, a.key, a.name_th, a.name_en, _COUNTRY) for a in agencies()]
    nodes += [_area(row) for row in area_rows]
    nodes += [_school(row, offices) for row in school_rows]
    plant(nodes=nodes, by=by)
    _load_agencies(by)
    return _load_schools(school_rows, by)


def _rows(name: str, path: Path, keys: Sequence[tuple[str, ...]]) -> list[Row]:
    """The rows of the file, of which no two have a key in common; a key without its last column is none."""
    with reading(path=path, layout=layout(name), term=_NO_ROUND) as file:
        rows = [row.values for row in file]
    if file.good != file.rows:
        raise Refusal("reference_rows_bad", file=path.name, bad=file.rows - file.good, rows=file.rows)
    if not rows:
        raise Refusal("no_rows")
    for key in keys:
        given = [tuple(row[column] for column in key) for row in rows if row[key[-1]]]
        repeated = len(given) - len(set(given))
        if repeated:
            raise Refusal("reference_repeated", file=path.name, column=key[-1], count=repeated)
    return rows


def _refuse_unknown(schools: list[Row], areas: set[str]) -> None:
    strange = [row for row in schools if row["area_code"] not in areas]
    if strange:
        raise Refusal("school_area_unknown", school=strange[0]["school_code"], count=len(strange))
    lost = [row for row in schools if not _lies_somewhere(row["subdistrict_code"])]
    if lost:
        raise Refusal("school_subdistrict_unknown", school=lost[0]["school_code"], count=len(lost))


def _lies_somewhere(code: str) -> bool:
    try:
        thai.subdistrict(code)
    except thai.NoPlace:
        return False
    return True


def _area(row: Row) -> Node:
    parent = (PlaceKind.AGENCY, "obec") if row["kind"] in OFFICES else _COUNTRY
    return Node(PlaceKind.AREA_OFFICE, row["area_code"], row["name_th"], parent=parent)


def _school(row: Row, offices: set[str]) -> Node:
    under_office = row["affiliation"] == "obec" and row["area_code"] in offices
    office = (PlaceKind.AREA_OFFICE, row["area_code"])
    return Node(
        PlaceKind.SCHOOL,
        row["school_code"],
        row["name_th"],
        parent=office if under_office else (PlaceKind.AGENCY, row["affiliation"]),
        located=(PlaceKind.SUBDISTRICT, row["subdistrict_code"]),
    )


def _load_agencies(by: str) -> int:
    given = copy_in(
        name="given",
        columns={"key": "text", "moe_code": "text", "short_th": "text", "name_th": "text", "name_en": "text"},
        rows=[(a.key, a.moe_code, a.short_th, a.name_th, a.name_en) for a in agencies()],
    )
    return execute(_AGENCIES, given, places(kind=PlaceKind.AGENCY), by=by)


def _load_schools(rows: list[Row], by: str) -> Outcome:
    secrets.hold()
    given = copy_in(
        name="given",
        columns={
            "code": "text",
            "moe_code": "text",
            "agency": "text",
            "area_code": "text",
            "subdistrict_code": "text",
            "phone": "text",
            "account_bank": "text",
            "account_idx": "bytea",
            "account_cipher": "bytea",
        },
        rows=[
            (
                row["school_code"],
                row["moe_code"],
                row["affiliation"],
                row["area_code"],
                row["subdistrict_code"],
                row["phone"] or "",
                *_account(row),
            )
            for row in rows
        ],
    )
    done = execute(_SCHOOLS, given, places(kind=PlaceKind.SCHOOL), by=by)
    return Outcome(done=done, same=len(rows) - done)


def _account(row: Row) -> tuple[str, bytes | None, bytes | None]:
    """Bank, index and cipher; all three empty for a school without an account."""
    number = row["account_number"]
    if not number:
        return "", None, None
    index = secrets.index(number, ACCOUNT)
    return (
        row["account_bank"] or "-",
        index,
        secrets.seal(number, table="school", column=ACCOUNT, index=index),
    )


_AGENCIES: Final = """
INSERT INTO agency (key, place_id, moe_code, short_th, name_th, name_en, recorded_at, recorded_by)
SELECT g.key, places.id, g.moe_code, g.short_th, g.name_th, g.name_en, now(), %(by)s
FROM given g JOIN places ON places.code = g.key
ON CONFLICT (key) DO UPDATE
SET moe_code = excluded.moe_code, short_th = excluded.short_th,
    name_th = excluded.name_th, name_en = excluded.name_en
WHERE (agency.moe_code, agency.short_th, agency.name_th, agency.name_en)
  IS DISTINCT FROM (excluded.moe_code, excluded.short_th, excluded.name_th, excluded.name_en)
"""

# The same account sealed twice differs, so its index says whether it changed.
_SCHOOLS: Final = """
INSERT INTO school (place_id, code, moe_code, agency_id, area_code, province_code, subdistrict_code, phone,
                    account_bank, account_idx, account_cipher, recorded_at, recorded_by)
SELECT places.id, g.code, g.moe_code, g.agency, g.area_code, left(g.subdistrict_code, 2), g.subdistrict_code,
       g.phone, g.account_bank, g.account_idx, g.account_cipher, now(), %(by)s
FROM given g JOIN places ON places.code = g.code
ON CONFLICT (place_id) DO UPDATE
SET moe_code = excluded.moe_code, agency_id = excluded.agency_id, area_code = excluded.area_code,
    province_code = excluded.province_code, subdistrict_code = excluded.subdistrict_code,
    phone = excluded.phone, account_bank = excluded.account_bank, account_idx = excluded.account_idx,
    account_cipher = excluded.account_cipher
WHERE (school.moe_code, school.agency_id, school.area_code, school.subdistrict_code, school.phone,
       school.account_bank, school.account_idx)
  IS DISTINCT FROM
      (excluded.moe_code, excluded.agency_id, excluded.area_code, excluded.subdistrict_code, excluded.phone,
       excluded.account_bank, excluded.account_idx)
"""
