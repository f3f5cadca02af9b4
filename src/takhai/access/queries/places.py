"""Places as relations."""

from takhai.access.types import PlaceKind, Scope
from takhai.platform.relations import Relation


def places(*, kind: PlaceKind, name: str = "places") -> Relation:
    """All nodes of a kind: id, code, names and paths. Places are public."""
    return Relation(
        name=name,
        columns={"id": "uuid", "code": "text", "name_th": "text", "path": "text", "located_path": "text"},
        sql=f"SELECT id, code, name_th, path, located_path FROM place WHERE kind = %({name}_kind)s",  # noqa: S608
        params={f"{name}_kind": kind.value},
    )


def visible(*, scope: Scope, kind: PlaceKind = PlaceKind.SCHOOL, name: str = "visible") -> Relation:
    """The nodes of a kind that the scope covers: id. What a room joins its rows to before it shows them."""
    inside = (
        f"EXISTS (SELECT 1 FROM unnest(%({name}_paths)s::text[]) AS prefix"  # noqa: S608
        " WHERE starts_with(path, prefix) OR starts_with(located_path, prefix))"
    )
    condition = "true" if scope.everything else inside
    return Relation(
        name=name,
        columns={"id": "uuid"},
        sql=f"SELECT id FROM place WHERE kind = %({name}_kind)s AND {condition}",  # noqa: S608
        params={f"{name}_kind": kind.value, f"{name}_paths": list(scope.paths)},
    )
