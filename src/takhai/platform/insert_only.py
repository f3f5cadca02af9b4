"""Tables to which rows are only added: a trigger refuses the owner too, the application lacks the right.

``triggers = [insert_only()]`` in a model's Meta, and ``only_added("table")`` in a migration.
"""

from typing import Any

import pgtrigger
from django.db import connections, migrations


def insert_only() -> pgtrigger.Trigger:
    """The trigger that raises on UPDATE and DELETE, even of no row."""
    return pgtrigger.Trigger(
        name="insert_only",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func="RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME"
        " USING ERRCODE = 'restrict_violation';",
    )


def only_added(*tables: str) -> migrations.RunPython:
    """Takes UPDATE and DELETE on these tables from the application role."""

    def revoke(_apps: Any, schema_editor: Any) -> None:
        app = connections["default"].settings_dict["USER"]
        names = ", ".join(schema_editor.quote_name(table) for table in tables)
        schema_editor.execute(f"REVOKE UPDATE, DELETE ON {names} FROM {schema_editor.quote_name(app)}")

    return migrations.RunPython(revoke, migrations.RunPython.noop)
