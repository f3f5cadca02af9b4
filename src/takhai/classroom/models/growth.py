"""Weight and height of a pupil, once a term."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from takhai.classroom.models.file import REFERENCE
from takhai.classroom.rules.measures import HEIGHT_MM, WEIGHT_G
from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only
from takhai.platform.references import Refers


class Growth(models.Model):
    """What a school measured of a pupil in a term; 0 is "not measured"."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "person": "personal",
        "school": "personal",
        "measured_on": "internal",
        "weight_g": "sensitive",
        "height_mm": "sensitive",
        "file": "internal",
        "row_no": "internal",
    }

    pk = models.CompositePrimaryKey("round", "person", "school")
    round = models.CharField(max_length=6)
    person = models.ForeignKey("registry.Person", **REFERENCE)
    school = models.ForeignKey("registry.School", **REFERENCE)
    measured_on = models.DateField()
    weight_g = models.PositiveIntegerField()
    height_mm = models.PositiveIntegerField()
    file = models.ForeignKey("classroom.ClassroomFile", **REFERENCE)
    row_no = models.PositiveIntegerField()

    class Meta:
        db_table = "growth_measure"
        constraints = [
            models.CheckConstraint(
                condition=Q(weight_g=0) | Q(weight_g__range=WEIGHT_G), name="growth_weight_plausible"
            ),
            models.CheckConstraint(
                condition=Q(height_mm=0) | Q(height_mm__range=HEIGHT_MM), name="growth_height_plausible"
            ),
        ]
        triggers = [
            insert_only(),
            Refers(field="person", to="registry.Person"),
            Refers(field="school", to="registry.School"),
            Refers(field="file", to="classroom.ClassroomFile"),
        ]
