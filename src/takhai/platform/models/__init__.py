from takhai.platform.models.work import WorkUnit

__all__ = ["WorkUnit"]
