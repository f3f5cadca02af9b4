"""Managers that raise when nobody said in whose scope a read is made."""

from typing import Any, Generic, Never, TypeVar

from django.db import models
from django.db.models import Q

from takhai.access.types import NoScope, Scope

Row = TypeVar("Row", bound=models.Model)


class ScopedManager(models.Manager[Row], Generic[Row]):
    """``Model.objects.within(scope)`` is the only way to read.

    The model says in ``SCOPED_BY`` how to reach its place: the lookup of a foreign key to Place, such
    as ``"school__place"``; through several rows (a person's enrolments) the lookup may be plural.
    """

    def get_queryset(self) -> Never:
        """Raises NoScope: every read of the manager ends here unless it names a scope."""
        raise NoScope(f"{self.model.__name__} is read only within a scope")

    def within(self, scope: Scope) -> models.QuerySet[Row]:
        """The rows whose place the scope covers, each once."""
        rows: models.QuerySet[Row] = models.QuerySet(self.model, using=self._db)
        if scope.everything:
            return rows
        return rows.filter(pk__in=rows.filter(_inside(self.model, scope)).values("pk"))


def _inside(model: type[models.Model], scope: Scope) -> Q:
    lookup: str = getattr(model, "SCOPED_BY", "")
    if not lookup:
        raise NoScope(f"{model.__name__} does not say where its place is")
    inside = Q(pk__in=())
    for prefix in scope.paths:
        conditions: dict[str, Any] = {f"{lookup}__path__startswith": prefix}
        inside |= Q(**conditions) | Q(**{f"{lookup}__located_path__startswith": prefix})
    return inside
