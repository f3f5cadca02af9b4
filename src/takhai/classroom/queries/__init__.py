"""What other rooms may ask of the classroom."""

from takhai.classroom.queries.counts import counts
from takhai.classroom.queries.growth_classes import growth_classes
from takhai.classroom.queries.reported import attendance, growth

__all__ = ["attendance", "counts", "growth", "growth_classes"]
