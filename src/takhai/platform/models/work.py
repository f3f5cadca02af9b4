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
        "leased_by": "internal",
        "leased_until": "internal",
        "attempts": "internal",
        "begun_at": "internal",
        "finished_at": "internal",
        "result": "internal",
    }

    pk = models.CompositePrimaryKey("task", "key")
    task = models.CharField(max_length=100)
    key = models.CharField(max_length=100)
    state = models.CharField(max_length=5)
    lease = models.UUIDField()
    leased_by = models.CharField(max_length=200)
    leased_until = models.DateTimeField()
    attempts = models.PositiveIntegerField()
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)

    class Meta:
        db_table = "work_unit"
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=["begun", "done"]), name="work_unit_state"),
            models.CheckConstraint(
                condition=models.Q(state="done", finished_at__isnull=False)
                | models.Q(state="begun", finished_at__isnull=True),
                name="work_unit_finished_when_done",
            ),
        ]

    @staticmethod
    def one_more() -> CombinedExpression:
        """The number of attempts after this one."""
        return models.F("attempts") + 1
