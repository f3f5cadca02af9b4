"""Planting the tree of places, a set of nodes at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from takhai.access.rules.paths import step
from takhai.access.types import COUNTRY_CODE, PlaceKind
from takhai.platform.ids import uuid7s
from takhai.platform.problems import Refusal
from takhai.platform.relations import Relation
from takhai.platform.sets import copy_in, execute, fetch
from takhai.platform.types import Outcome
from takhai.thai import places as thai

# A node's parent is always of a kind that stands before its own.
ORDER: Final = tuple(PlaceKind)


@dataclass(frozen=True, slots=True)
class Node:
    """A place to plant: under ``parent``, lying in ``located``, both (kind, code)."""

    kind: PlaceKind
    code: str
    name_th: str
    name_en: str = ""
    parent: tuple[PlaceKind, str] | None = None
    located: tuple[PlaceKind, str] | None = None


@transaction.atomic
def plant(*, nodes: Iterable[Node], by: str) -> Outcome:
    """Adds the nodes, mends those that changed and moves what hangs below a node that moved, or lies in it.

    Raises Refusal ``place_without_parent`` when a parent or a location is neither there nor given.
    """
    given = _staged(list(nodes))
    done = 0
    for kind in ORDER:
        done += execute(_PLANT, given, kind=kind.value, by=by)
        done += execute(_MOVE, kind=kind.value)
    done += execute(_RELOCATE)
    ((asked, planted),) = fetch(_COUNT, given)
    if asked != planted:
        ((kind_code,),) = fetch(_ORPHAN, given)
        raise Refusal("place_without_parent", place=str(kind_code), count=int(str(asked)) - int(str(planted)))
    return Outcome(done=done, same=max(0, int(str(asked)) - done))


def thailand(*, provinces: Iterable[str], by: str) -> Outcome:
    """Plants the country, its provinces and, of the named ones, every district and sub-district."""
    country = (PlaceKind.COUNTRY, COUNTRY_CODE)
    nodes = [Node(PlaceKind.COUNTRY, COUNTRY_CODE, "ประเทศไทย", "Thailand")]
    nodes += [_official(place, country) for place in thai.provinces()]
    for province in sorted(set(provinces)):
        for district in thai.districts(province):
            nodes.append(_official(district, (PlaceKind.PROVINCE, province)))
            inside = thai.subdistricts(district.code)
            nodes += [_official(place, (PlaceKind.DISTRICT, district.code)) for place in inside]
    return plant(nodes=nodes, by=by)


def _official(place: thai.Place, parent: tuple[PlaceKind, str]) -> Node:
    return Node(PlaceKind(place.kind.value), place.code, place.name_th, place.name_en, parent)


def _staged(nodes: Sequence[Node]) -> Relation:
    columns = {
        "id": "uuid",
        "kind": "text",
        "code": "text",
        "name_th": "text",
        "name_en": "text",
        "step": "text",
        "parent_kind": "text",
        "parent_code": "text",
        "located_kind": "text",
        "located_code": "text",
    }
    rows = [
        (
            key,
            node.kind.value,
            node.code,
            node.name_th,
            node.name_en,
            step(kind=node.kind, code=node.code),
            *_pair(node.parent),
            *_pair(node.located),
        )
        for key, node in zip(uuid7s(len(nodes)), nodes, strict=True)
    ]
    return copy_in(name="given", columns=columns, rows=rows)


def _pair(place: tuple[PlaceKind, str] | None) -> tuple[str | None, str | None]:
    return (None, None) if place is None else (place[0].value, place[1])


_PLANT: Final = """
INSERT INTO place (id, kind, code, name_th, name_en, parent_id, path, located_path, recorded_at, recorded_by)
SELECT g.id, g.kind, g.code, g.name_th, g.name_en, parent.id, coalesce(parent.path, '') || g.step,
       coalesce(located.path || g.step, ''), now(), %(by)s
FROM given g
LEFT JOIN place parent ON parent.kind = g.parent_kind AND parent.code = g.parent_code
LEFT JOIN place located ON located.kind = g.located_kind AND located.code = g.located_code
WHERE g.kind = %(kind)s
  AND (g.parent_kind IS NULL OR parent.id IS NOT NULL)
  AND (g.located_kind IS NULL OR located.id IS NOT NULL)
ON CONFLICT (kind, code) DO UPDATE
SET name_th = excluded.name_th, name_en = excluded.name_en, parent_id = excluded.parent_id,
    path = excluded.path, located_path = excluded.located_path
WHERE (place.name_th, place.name_en, place.parent_id, place.path, place.located_path)
  IS DISTINCT FROM
      (excluded.name_th, excluded.name_en, excluded.parent_id, excluded.path, excluded.located_path)
"""

_MOVE: Final = """
UPDATE place SET path = parent.path || split_part(rtrim(place.path, '/'), '/', -1) || '/'
FROM place parent
WHERE place.kind = %(kind)s AND parent.id = place.parent_id
  AND NOT starts_with(place.path, parent.path)
"""

# The part of a path before its last names where a place lies; no two places share such a part.
_RELOCATE: Final = """
UPDATE place SET located_path = around.path || split_part(rtrim(place.located_path, '/'), '/', -1) || '/'
FROM place around
WHERE split_part(rtrim(around.path, '/'), '/', -1) = split_part(rtrim(place.located_path, '/'), '/', -2)
  AND place.located_path <> '' AND NOT starts_with(place.located_path, around.path)
"""

_COUNT: Final = """
SELECT count(*), count(place.id)
FROM given g
LEFT JOIN place ON place.kind = g.kind AND place.code = g.code
"""

_ORPHAN: Final = """
SELECT g.kind || ' ' || g.code
FROM given g
LEFT JOIN place ON place.kind = g.kind AND place.code = g.code
WHERE place.id IS NULL ORDER BY g.kind, g.code LIMIT 1
"""
