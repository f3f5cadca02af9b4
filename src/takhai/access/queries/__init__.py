"""What other rooms may ask of access."""

from takhai.access.queries.places import places, visible
from takhai.access.queries.users import holders

__all__ = ["holders", "places", "visible"]
