"""Work units and their checkpoints."""

from django.db import models
from django.db.models.expressions import CombinedExpression


class WorkUnit(models.Model):
    """One unit of a task: begun, or done with its checkpoint in ``result``."""

    BEGUN = "begun"
    DONE = "done"

    PRIVACY = {
        "pk": "internal",
        "task": "internal",
        "key": "internal",
        "state": "internal",
        "lease": "internal",
        "leased_until": "internal",
        "attempts": "internal",
        "begun_at": "internal",
        "begun_by": "internal",
        "done_at": "internal",
        "done_by": "internal",
        "result": "internal",
    }

    pk = models.CompositePrimaryKey("task", "key")
    task = models.CharField(max_length=100)
    key = models.CharField(max_length=100)
    state = models.CharField(max_length=5)
    lease = models.UUIDField()
    leased_until = models.DateTimeField()
    attempts = models.PositiveIntegerField()
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, default="")
    result = models.JSONField(default=dict)

    class Meta:
        db_table = "work_unit"
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=["begun", "done"]), name="work_unit_state"),
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | models.Q(state="begun", done_at__isnull=True),
                name="work_unit_done_has_its_day",
            ),
        ]

    @staticmethod
    def one_more() -> CombinedExpression:
        """The number of attempts after this one."""
        return models.F("attempts") + 1
