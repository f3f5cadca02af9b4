"""Channel choices: the pupil's own word."""

from typing import ClassVar

from django.db import models

from takhai.payments.models.recorded import BELOW, RECORDED, Recorded
from takhai.payments.types import Channel
from takhai.platform.fields import Privacy
from takhai.platform.references import refers
from takhai.platform.tracking import keeps_history


@keeps_history()
class ChannelChoice(Recorded):
    """The channel a pupil chose, said for a round; it holds until he says otherwise in a later one."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "person": "personal",
        "channel": "personal",
        "source_file": "internal",
        **RECORDED,
    }

    pk = models.CompositePrimaryKey("round", "person")
    round = models.CharField(max_length=6)
    person = models.ForeignKey("registry.Person", **BELOW)
    channel = models.CharField(max_length=10)
    source_file = models.CharField(max_length=64)

    class Meta:
        db_table = "channel_choice"
        indexes = [models.Index(fields=["person", "round"], name="channel_choice_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(channel__in=[each.value for each in Channel]), name="channel_choice_known"
            )
        ]
        triggers = [*refers("person", to="registry.Person")]
