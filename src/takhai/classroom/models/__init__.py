"""Tables of the classroom: private to the room."""

from takhai.classroom.models.days import Attendance, SchoolDays
from takhai.classroom.models.file import ClassroomFile, ClassroomRefusal
from takhai.classroom.models.growth import Growth

__all__ = ["Attendance", "ClassroomFile", "ClassroomRefusal", "Growth", "SchoolDays"]
