"""What schools say of everybody who is paid: days, weight, height; and who keeps the conditions."""

from country.classroom.files import counts, planted, write
from country.classroom.presence import complies

__all__ = ["complies", "counts", "planted", "write"]
