from takhai.platform.models.keys import KeyCheck
from takhai.platform.models.work import WorkUnit

__all__ = ["KeyCheck", "WorkUnit"]
