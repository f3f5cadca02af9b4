"""Movements: one row is one movement, so it is balanced by its shape."""

from typing import Any, ClassVar, Final

import pgtrigger
from django.db import models
from django.db.models.functions import Now

from takhai.ledger.types import PATHS, Kind
from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only

_PATHS: Final = ", ".join(
    f"('{kind}', '{source}', '{target}')" for kind, paths in PATHS.items() for source, target in sorted(paths)
)

# References to accounts are checked here, once a statement, and not by row-level keys: those cost three times
# the insert itself, and no account is ever deleted or renamed.
_WALKS_A_PATH: Final = f"""
IF EXISTS (
    SELECT FROM fresh f
    LEFT JOIN account c ON c.id = f.credit_id
    LEFT JOIN account d ON d.id = f.debit_id
    WHERE f.kind <> 'reverse' AND (
        d.id IS NULL OR c.id IS NULL OR d.round <> f.round OR d.agency <> c.agency
        OR (f.kind = 'carry') <> ((c.round, c."group") <> (d.round, d."group"))
        OR (f.kind, c.name, d.name) NOT IN ({_PATHS})
    )
) THEN
    RAISE EXCEPTION 'ledger: a movement leaves its path' USING ERRCODE = 'check_violation';
END IF;
IF EXISTS (
    SELECT FROM fresh f
    LEFT JOIN movement m ON m.round = f.round AND m.id = f.reference AND m.kind <> 'reverse'
        AND m.debit_id = f.credit_id AND m.credit_id = f.debit_id AND m.satang = f.satang
    WHERE f.kind = 'reverse' AND m.id IS NULL
) THEN
    RAISE EXCEPTION 'ledger: a reversal does not mirror its movement' USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""  # noqa: S608
_ACCOUNT: Final[dict[str, Any]] = {
    "to": "ledger.LedgerAccount",
    "on_delete": models.DO_NOTHING,
    "db_constraint": False,
    "db_index": False,
    "related_name": "+",
}


class Movement(models.Model):
    """``satang`` from the account ``credit`` to the account ``debit``. ``reference`` means nothing here."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "round": "public",
        "id": "internal",
        "kind": "internal",
        "reference": "internal",
        "debit": "internal",
        "credit": "internal",
        "satang": "internal",
        "booked_on": "internal",
        "recorded_at": "internal",
        "recorded_by": "internal",
    }

    pk = models.CompositePrimaryKey("round", "id")
    round = models.CharField(max_length=6)
    id = models.UUIDField()
    kind = models.CharField(max_length=20)
    reference = models.UUIDField()
    debit = models.ForeignKey(**_ACCOUNT)
    credit = models.ForeignKey(**_ACCOUNT)
    satang = models.BigIntegerField()
    booked_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.CharField(max_length=100)

    class Meta:
        db_table = "movement"
        constraints = [
            models.UniqueConstraint(fields=["round", "kind", "reference"], name="movement_once"),
            models.CheckConstraint(condition=models.Q(satang__gt=0), name="movement_above_zero"),
            models.CheckConstraint(
                condition=~models.Q(debit=models.F("credit")), name="movement_two_accounts"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[each.value for each in Kind]), name="movement_known"
            ),
        ]
        triggers = [
            insert_only(),
            pgtrigger.Trigger(
                name="walks_a_path",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="fresh"),
                func=_WALKS_A_PATH,
            ),
        ]
