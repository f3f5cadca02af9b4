"""Weight and height at the end of the semester."""

from datetime import date, timedelta
from typing import NamedTuple

from country.draw import rng
from country.people import age_on
from country.pupils import Pupil
from country.world import World


class Body(NamedTuple):
    """As it is written: the day, kg and cm; "0" is not measured."""

    day: date
    weight: str
    height: str

    @property
    def whole(self) -> bool:
        """Whether both were measured."""
        return "0" not in (self.weight, self.height)


def body(world: World, pupil: Pupil) -> Body | None:
    """What the school writes of a pupil; None where it sends no row."""
    chance = rng(world.seed, "growth", world.term, pupil.serial)
    kind = chance.randrange(100)
    if kind < 2:
        return None
    day = world.term.last_day - timedelta(days=2 + chance.randrange(18))
    age = min(age_on(pupil.child.true.birth, day), 17)
    # Children grow evenly until sixteen, and weigh what goes with their height.
    height = 76 + 6 * min(age, 15) + chance.gauss(0, 4)
    weight = 13.5 * (height / 100) ** 2 * (1 + age / 40) * (1 + abs(chance.gauss(0, 0.12)))
    return Body(day, "0" if kind < 5 else f"{weight:.1f}", "0" if kind in (4, 5) else f"{height:.1f}")
