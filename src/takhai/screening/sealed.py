"""Which column of screening holds sealed values, and the name these are indexed under."""

from typing import Final

from takhai.platform.rotation import SealedTable

OFFICIAL: Final = "official_number"
SEALED: Final = (SealedTable(table="official", column=OFFICIAL),)
