"""Tables of access, private to the room."""

from takhai.access.models.assignment import Assignment
from takhai.access.models.looking import Look
from takhai.access.models.place import Place
from takhai.access.models.user import User

__all__ = ["Assignment", "Look", "Place", "User"]
