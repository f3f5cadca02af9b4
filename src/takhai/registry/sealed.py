"""Which columns of the registry hold sealed values, and the names these are indexed under."""

from typing import Final

from takhai.platform.rotation import SealedTable

NUMBER: Final = "number"
ACCOUNT: Final = "account_number"
SEALED: Final = (
    SealedTable(table="identifier", column=NUMBER),
    SealedTable(
        table="school",
        column=ACCOUNT,
        key="place_id",
        idx="account_idx",
        cipher="account_cipher",
        idx_next=None,
    ),
)
