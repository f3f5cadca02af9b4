from takhai.benefits.models.entitlement import Entitlement, EntitlementLine
from takhai.benefits.models.frozen_list import FrozenList

__all__ = ["Entitlement", "EntitlementLine", "FrozenList"]
