"""How many rows of the world outside belong to nothing."""

from country.draw import portion
from country.kinds import Kind
from country.world import World


def strays(world: World, kind: Kind) -> int:
    """So many of a kind in one group's answers, by the number of register pupils."""
    return portion(sum(1 for _ in world.present()), kind.per_million, kind.least)
