"""Every model field has a privacy class: how far its value may travel.

A model says it in ``PRIVACY``: field name -> class, for all of its fields; ``tests/house`` refuses a
model that leaves one out.
"""

from typing import Final, Literal

Privacy = Literal["public", "internal", "personal", "sensitive"]

CLASSES: Final[tuple[Privacy, ...]] = ("public", "internal", "personal", "sensitive")
