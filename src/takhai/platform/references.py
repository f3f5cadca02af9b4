"""References checked once per statement.

A foreign key of the database is checked row by row: at a country's size that is most of an import. The
same promise is kept by one anti-join per statement, as long as no parent can vanish: parents are guarded.

A model says ``triggers = [*refers("person", to="registry.Person")]`` and gives the field
``db_constraint=False``; its parent says ``triggers = [*never_vanishes()]``.
"""

from typing import Any, Final

import pgtrigger
from django.apps import apps
from django.db import connections, migrations

_CHECK: Final = (
    "IF EXISTS (SELECT FROM new_values n WHERE n.{column} IS NOT NULL AND NOT EXISTS"
    " (SELECT FROM {parent} p WHERE p.{key} = n.{column})) THEN"
    " RAISE foreign_key_violation USING MESSAGE = '{table}.{column} names a row that is not in {parent}';"
    " END IF; RETURN NULL;"
)


class Refers(pgtrigger.Composer):
    """AFTER INSERT, once per statement: every value of a column is a key of the parent."""

    def __init__(self, *, field: str, to: str) -> None:
        self.field, self.to = field, to
        super().__init__(
            name=f"{field}_is_there",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
        )

    def get_func(self, model: Any) -> str:
        """The body of the trigger for this model."""
        parent = apps.get_model(self.to)
        return _CHECK.format(
            table=model._meta.db_table,
            column=model._meta.get_field(self.field).column,
            parent=parent._meta.db_table,
            key=parent._meta.pk.column,
        )


def refers(field: str, *, to: str) -> tuple[pgtrigger.Trigger, ...]:
    """The two triggers that keep a reference true: it is there when a row comes, and never changes."""
    stays = pgtrigger.Protect(
        name=f"{field}_stays", level=pgtrigger.Row, operation=pgtrigger.UpdateOf(f"{field}_id")
    )
    return (Refers(field=field, to=to), stays)


def never_vanishes(key: str = "id") -> tuple[pgtrigger.Trigger, ...]:
    """The guards of a parent: no row is deleted, no key changes. Whoever is erased leaves a tombstone."""
    return (
        pgtrigger.Protect(name="never_deleted", level=pgtrigger.Row, operation=pgtrigger.Delete),
        pgtrigger.Protect(name="key_stays", level=pgtrigger.Row, operation=pgtrigger.UpdateOf(key)),
    )


def never_deleted(*tables: str) -> migrations.RunPython:
    """Takes DELETE on these tables from the application role."""

    def revoke(_apps: Any, schema_editor: Any) -> None:
        app = connections["default"].settings_dict["USER"]
        names = ", ".join(schema_editor.quote_name(table) for table in tables)
        schema_editor.execute(f"REVOKE DELETE ON {names} FROM {schema_editor.quote_name(app)}")

    return migrations.RunPython(revoke, migrations.RunPython.noop)
