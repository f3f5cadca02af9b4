from takhai.benefits.models.compliance import Compliance
from takhai.benefits.models.entitlement import Entitlement, EntitlementLine
from takhai.benefits.models.frozen_list import FrozenList

__all__ = ["Compliance", "Entitlement", "EntitlementLine", "FrozenList"]
