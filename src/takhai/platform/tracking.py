"""Old rows are kept: ``@keeps_history`` on a model gives it a table of events, filled by triggers.

The work is pghistory's (statement level, see settings); its own decorator refuses models whose key has
several columns, and those are our biggest tables. So the event model is made here, for every kind of key.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import pghistory
import pghistory.models
import pgtrigger
from django.db import models

from takhai.platform.fields import Privacy

_EVENT: Final[dict[str, Privacy]] = {
    "pgh_id": "internal",
    "pgh_created_at": "internal",
    "pgh_label": "internal",
    "pgh_context": "internal",
}
_KEYS: Final = ("primary_key", "unique", "db_index", "default", "db_default", "auto_now", "auto_now_add")

Model = TypeVar("Model", bound=type[models.Model])


def keeps_history(*, without: Sequence[str] = ()) -> Callable[[Model], Model]:
    """Every UPDATE and DELETE of the model keeps the old row in ``<db_table>_event``.

    An INSERT carries by whom, when and from which file in its own columns and needs no event.
    Fields named in ``without`` are not kept. Event rows can be added only; erasing is the owner's function.
    """

    def wrap(tracked: Model) -> Model:
        name = f"{tracked.__name__}Event"
        copied = {
            field.name: _copy(field)
            for field in tracked._meta.local_fields
            if field.concrete and field.column and field.name not in without
        }
        privacy = {name: kind for name, kind in getattr(tracked, "PRIVACY", {}).items() if name in copied}
        meta: dict[str, Any] = {
            "app_label": tracked._meta.app_label,
            "db_table": f"{tracked._meta.db_table}_event",
            "triggers": [
                pgtrigger.Protect(
                    name="append_only", level=pgtrigger.Row, operation=pgtrigger.Update | pgtrigger.Delete
                ),
            ],
        }
        type(
            name,
            (pghistory.models.Event,),
            {
                "__module__": tracked.__module__,
                "__qualname__": name,
                "Meta": type("Meta", (), meta),
                "PRIVACY": privacy | _EVENT,
                "pgh_tracked_model": tracked,
                "pgh_trackers": (
                    pghistory.UpdateEvent(row=pghistory.Old, level=pghistory.Statement),
                    pghistory.DeleteEvent(row=pghistory.Old, level=pghistory.Statement),
                ),
                # pghistory's own key has 31 bits; ten rounds of a country's pupils are most of them.
                "pgh_id": models.BigAutoField(primary_key=True),
                "pgh_context": models.ForeignKey(
                    "pghistory.Context",
                    null=True,
                    on_delete=models.DO_NOTHING,
                    db_constraint=False,
                    db_index=False,
                    related_name="+",
                ),
                **copied,
            },
        )
        return tracked

    return wrap


def _copy(field: "models.Field[Any, Any]") -> "models.Field[Any, Any]":
    """The same column without its key, its reference and its default: an event is only a note."""
    if isinstance(field, models.ForeignKey):
        return models.ForeignKey(
            field.remote_field.model,
            null=field.null,
            on_delete=models.DO_NOTHING,
            db_constraint=False,
            db_index=False,
            db_column=field.db_column,
            related_name="+",
        )
    if isinstance(field, models.AutoField):
        return models.BigIntegerField(db_column=field.db_column)
    _, _, arguments, options = field.deconstruct()
    kept = {key: value for key, value in options.items() if key not in _KEYS}
    return type(field)(*arguments, **kept)
